"""Made-up tables of events, written to a file and taken through the whole check."""

import csv
from collections.abc import Mapping as Pairs
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from incidentmap.paths import shipped
from incidentmap.tables.checks import Checker
from incidentmap.tables.formats import open_source
from incidentmap.tables.ground import open_ground
from incidentmap.tables.guess import Guess, guess
from incidentmap.tables.mapping import Mapping
from incidentmap.tables.presets import presets
from incidentmap.tables.refused import refused_file
from incidentmap.tables.schema import EVENT_SCHEMA, checked_rows
from incidentmap.tables.verdicts import RowFinding

TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Imported:
    """What became of a file."""

    guess: Guess
    rows: int
    merged: int
    accepted: pa.Table
    refused: int
    findings: tuple[RowFinding, ...]

    def found(self, row: int) -> set[str]:
        """Rules that a row goes against."""
        return {finding.rule for finding in self.findings if finding.file_row == row}

    def events(self) -> list[dict[str, object]]:
        """Accepted rows, without what is null."""
        return [{name: value for name, value in row.items() if value is not None} for row in self.accepted.to_pylist()]


def imported(path: Path, mapping: Mapping | None = None, refused: Path | None = None) -> Imported:
    """Open, guess and check a file; the schema is held against every batch that is accepted."""
    source = open_source(path)
    guessed = guess(source, presets())
    checker = Checker(
        mapping or guessed.mapping, open_ground(shipped("geo")), TODAY, above=source.above, headerless=source.headerless,
    )
    with refused_file(refused or path.with_name("refused.csv"), guessed.columns, "fr") as put:
        checked = [checker.check(batch) for batch in source.read()]
        for each in checked:
            put(each)
    accepted = pa.Table.from_batches([each.accepted for each in checked], EVENT_SCHEMA)
    checked_rows(accepted)
    done = Imported(
        guessed, sum(each.rows for each in checked), sum(each.merged for each in checked), accepted,
        sum(each.refused.num_rows for each in checked), tuple(finding for each in checked for finding in each.findings),
    )
    assert done.rows == accepted.num_rows + done.merged + done.refused
    return done


def written(path: Path, rows: Sequence[Pairs[str, str]], delimiter: str = ",") -> Path:
    """A CSV of rows that may each lack some of the columns."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, columns, restval="", delimiter=delimiter)
        sheet.writeheader()
        sheet.writerows(rows)
    return path
