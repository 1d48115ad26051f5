"""What a person is shown of the rows of a file: the first of each verdict with their cells, and the first against each rule."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from incidentmap.tables.refused import message
from incidentmap.tables.source import RawBatch
from incidentmap.tables.verdicts import Checked, Level, RowFinding, row_findings
from incidentmap.walks.import_places import AMBIGUOUS, FAR, UNKNOWN
from incidentmap.words import say

_MOST = {"refused": 200, "warned": 100, "clean": 100}
_EXAMPLES = 3


class RowVerdict(StrEnum):
    """What became of a row; warned ones are accepted."""

    REFUSED = "refused"
    WARNED = "warned"
    CLEAN = "clean"


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as it stands in the file, and what was found against it.

    Parameters
    ----------
    file_row, sheet_row
        Its number among the data, from 1; and as a spreadsheet shows it.
    cells
        By column, as written.
    findings
        Of a refused row only those that refuse it.
    """

    file_row: int
    sheet_row: int
    verdict: RowVerdict
    cells: tuple[tuple[str, str], ...]
    findings: tuple[RowFinding, ...]


@dataclass(slots=True)
class RowSample:
    """The first rows of each verdict and the first findings of each rule, grown batch by batch in bounded memory.

    Parameters
    ----------
    columns
        Names of the table's columns.
    above
        Rows of the file above its first row of data.
    """

    columns: tuple[str, ...]
    above: int
    rows: dict[RowVerdict, list[ShownRow]] = field(default_factory=lambda: {verdict: [] for verdict in RowVerdict})
    examples: dict[str, list[RowFinding]] = field(default_factory=dict)

    def take(self, batch: RawBatch, checked: Checked, accepted: pa.RecordBatch) -> None:
        """Keep what is still wanted of a batch; `accepted` has the warnings about places too."""
        self._take_refused(checked)
        warnings = accepted["warnings"]
        many = pc.fill_null(pc.list_value_length(warnings), 0).to_numpy(zero_copy_only=False)
        for verdict, flags in ((RowVerdict.WARNED, many > 0), (RowVerdict.CLEAN, many == 0)):
            at = np.flatnonzero(flags)[: self._wanted(verdict)]
            if len(at):
                self._take_accepted(verdict, batch, checked, accepted.take(pa.array(at)))
        self._take_examples(checked.found)

    def shown(self, *verdicts: RowVerdict) -> tuple[ShownRow, ...]:
        """The rows kept of some verdicts, in the order of the file."""
        return tuple(sorted((row for each in verdicts for row in self.rows[each]), key=lambda row: row.file_row))

    def _wanted(self, verdict: RowVerdict) -> int:
        return _MOST[verdict] - len(self.rows[verdict])

    def _take_refused(self, checked: Checked) -> None:
        most = self._wanted(RowVerdict.REFUSED)
        rows = [int(row) for row in checked.refused_rows[:most]]
        if rows:
            raw = checked.refused.slice(0, most)
            refusals = checked.found.filter(pc.equal(checked.found["level"], Level.REFUSED.value))
            self._keep(RowVerdict.REFUSED, rows, raw, _against(refusals, rows))

    def _take_accepted(self, verdict: RowVerdict, batch: RawBatch, checked: Checked, accepted: pa.RecordBatch) -> None:
        rows: list[int] = accepted["file_row"].to_pylist()
        raw = batch.table.take(pa.array([row - batch.first_row for row in rows]))
        against = _against(checked.found, rows)
        for row, rules in zip(rows, accepted["warnings"].to_pylist(), strict=True):
            told = {found.rule for found in against[row]}
            for rule in dict.fromkeys(rules or ()):
                if rule not in told:  # about its place, which is looked up after the checks
                    found = RowFinding(row, row + self.above, "", "", rule, Level.WARNING)
                    against[row].append(found)
                    self._put_example(found)
        self._keep(verdict, rows, raw, against)

    def _keep(
        self, verdict: RowVerdict, rows: Sequence[int], raw: pa.RecordBatch, against: Mapping[int, Sequence[RowFinding]],
    ) -> None:
        cells = zip(*(column.to_pylist() for column in raw.columns), strict=True)
        self.rows[verdict] += [
            ShownRow(
                row, row + self.above, verdict,
                tuple((name, cell or "") for name, cell in zip(self.columns, texts, strict=True)), tuple(against[row]),
            )
            for row, texts in zip(rows, cells, strict=True)
        ]

    def _take_examples(self, found: pa.Table) -> None:
        for rule in pc.unique(found["rule"]).to_pylist():
            if len(self.examples.get(rule, ())) < _EXAMPLES:
                for each in row_findings(found.filter(pc.equal(found["rule"], rule)).slice(0, _EXAMPLES)):
                    self._put_example(each)

    def _put_example(self, found: RowFinding) -> None:
        kept = self.examples.setdefault(found.rule, [])
        if len(kept) < _EXAMPLES:
            kept.append(found)


def finding_words(language: str, found: RowFinding) -> str:
    """What was found, what is allowed and what to do, in words."""
    if found.rule in {UNKNOWN, AMBIGUOUS, FAR}:
        return say(language, f"import.rule.{found.rule}")
    return message(found, language)


def _against(found: pa.Table, rows: Sequence[int]) -> dict[int, list[RowFinding]]:
    """By row, the findings of these rows."""
    against: dict[int, list[RowFinding]] = {row: [] for row in rows}
    for each in _of_rows(found, rows):
        against[each.file_row].append(each)
    return against


def _of_rows(found: pa.Table, rows: Sequence[int]) -> Iterator[RowFinding]:
    return row_findings(found.filter(pc.is_in(found["file_row"], pa.array(rows, pa.int64()))))
