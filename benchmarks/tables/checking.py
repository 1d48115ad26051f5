"""How fast rows are read and judged, before anything is stored: on one core, without the geocoder."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from incidentmap.paths import shipped
from incidentmap.tables.checks import Checker
from incidentmap.tables.formats import open_source
from incidentmap.tables.ground import open_ground
from incidentmap.tables.guess import guess
from incidentmap.tables.presets import presets


@dataclass(frozen=True)
class Checking:
    """Seconds of processor time: until the mapping was known, and for reading and judging all rows."""

    rows: int
    accepted: int
    refused: int
    guess_s: float
    check_s: float

    @property
    def rows_per_s(self) -> float:
        """Rows a second, read and judged."""
        return self.rows / self.check_s


def checking(path: Path) -> Checking:
    """Take a file through opening, guessing and the check of every row."""
    began = time.process_time()
    source = open_source(path)
    mapping = guess(source, presets()).mapping
    known = time.process_time()
    today = datetime.now(UTC).date()
    checker = Checker(mapping, open_ground(shipped("geo")), today, above=source.above, headerless=source.headerless)
    rows = accepted = refused = 0
    for batch in source.read():
        checked = checker.check(batch)
        rows, accepted, refused = rows + checked.rows, accepted + checked.accepted.num_rows, refused + checked.refused.num_rows
    return Checking(rows, accepted, refused, known - began, time.process_time() - known)
