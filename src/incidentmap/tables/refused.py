"""refused.csv: the rows that were not accepted, as they were, with the reasons: mended in place, it can be imported again."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from incidentmap.fresh_file import fresh_file
from incidentmap.tables.guards import guarded
from incidentmap.tables.mapping import REFUSAL_COLUMNS, refusal_columns
from incidentmap.tables.verdicts import Checked, Level, RowFinding, row_findings
from incidentmap.words import say

_LONGEST_VALUE = 200
_APART = " | "


class PutRefused(Protocol):
    """Takes what became of a batch and writes its refused rows."""

    def __call__(self, checked: Checked) -> None:
        """Write them."""


@contextmanager
def refused_file(path: Path, columns: Sequence[str], language: str) -> Iterator[PutRefused]:
    """Write refused rows to a CSV in UTF-8 (with a byte-order mark, without which Excel misreads it).

    Parameters
    ----------
    path
        Replaced when the block has ended well, else it stays as it is.
    columns
        Names of the table's columns; those of the first five, if they are of a refused.csv, are written anew.
    language
        Of the messages.

    Yields
    ------
    PutRefused
        Writes the refused rows of a batch: number of the row as a spreadsheet shows it, columns, values, rules and messages of
        all that was found against it, then the row as it was. A cell that a spreadsheet would take for a formula gets an
        apostrophe in front; the check of a table with these columns takes it off again.
    """
    skipped = len(refusal_columns(columns))
    with fresh_file(path) as fresh, fresh.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([*REFUSAL_COLUMNS, *columns[skipped:]])

        def put(checked: Checked) -> None:
            reasons = _reasons(checked, language)
            raw = [guarded(column).to_pylist() for column in checked.refused.columns[skipped:]]
            told = [reasons[int(row)] for row in checked.refused_rows]
            rows.writerows([*why, *cells] for why, cells in zip(told, _by_row(raw, len(told)), strict=True))

        yield put


def message(finding: RowFinding, language: str) -> str:
    """What was found, what is allowed and what to do, in words."""
    return say(language, f"verdict.{finding.rule}", column=finding.column, value=finding.value, note=finding.note)


def _reasons(checked: Checked, language: str) -> dict[int, list[str]]:
    refusals = checked.found.filter(pc.equal(checked.found["level"], Level.REFUSED.value))
    by_row: dict[int, list[RowFinding]] = {}
    for finding in row_findings(refusals):
        by_row.setdefault(finding.file_row, []).append(finding)
    return {row: _told(findings, language) for row, findings in by_row.items()}


def _told(findings: Sequence[RowFinding], language: str) -> list[str]:
    columns, values = ([getattr(each, part)[:_LONGEST_VALUE] for each in findings] for part in ("column", "value"))
    rules, messages = [each.rule for each in findings], [message(each, language) for each in findings]
    texts = pa.array([_APART.join(part) for part in (columns, values, rules, messages)])
    return [str(findings[0].sheet_row), *guarded(texts).to_pylist()]


def _by_row(columns: Sequence[Sequence[str]], rows: int) -> Iterable[Sequence[str]]:
    return zip(*columns, strict=True) if columns else [()] * rows
