"""The rows of a file on their way into the store: checked, placed and counted batch by batch."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from incidentmap.model import BadValue, RowCounts, Stopped, UnreadableTable
from incidentmap.paths import shipped
from incidentmap.tables.ahead import ahead
from incidentmap.tables.checks import Checker
from incidentmap.tables.ground import open_ground
from incidentmap.tables.guess import Guess
from incidentmap.tables.refused import PutRefused, refused_file
from incidentmap.tables.source import Source
from incidentmap.tables.verdicts import Checked, by_rule
from incidentmap.walks.import_places import PlaceNames
from incidentmap.walks.import_sample import RowSample


@dataclass(slots=True)
class RowTally:
    """What became of the rows of a file, grown batch by batch.

    Parameters
    ----------
    accepted, merged
        Merged rows only tell an accepted event once more (ACLED's mirrored rows); they are among the accepted.
    by_rule
        Findings by rule, those about places left out (:class:`incidentmap.walks.import_places.PlaceTally` has them).
    """

    rows: int = 0
    accepted: int = 0
    merged: int = 0
    warned: int = 0
    refused: int = 0
    by_rule: Counter[str] = field(default_factory=Counter)

    def counts(self, file: Path | None) -> RowCounts:
        """As they are recorded.

        Raises
        ------
        BadValue
            If a row was lost on the way.
        """
        if self.rows != self.accepted + self.refused:
            raise BadValue("rows of the import", self.rows, f"{self.accepted} accepted + {self.refused} refused")
        return RowCounts(self.rows, self.accepted, self.warned, self.refused, str(file) if file else None)


@dataclass
class EventRows:
    """The rows of an open file as event rows, each looked at once.

    Parameters
    ----------
    places
        None: names are not looked up and points not held against them.
    refused
        Where refused rows go; None: nowhere. The file is whole before the last batch is given on.
    language
        Of the messages in it.
    cancelled
        Asked at each batch.
    """

    source: Source
    guess: Guess
    places: PlaceNames | None
    refused: Path | None
    today: date
    language: str
    cancelled: Callable[[], bool]
    tally: RowTally = field(default_factory=RowTally)
    sample: RowSample = field(init=False)

    def __post_init__(self) -> None:
        """Begin without a row."""
        self.sample = RowSample(self.guess.columns, self.source.above)

    def read(self) -> Iterator[pa.RecordBatch]:
        """Accepted rows, batch by batch.

        Raises
        ------
        Stopped
            If the person cancelled meanwhile.
        UnreadableTable
            If the file cannot be read on, or has other rows than when it was opened.
        """
        if self.refused is None:
            yield from self._read(lambda _: None)
            return
        for left in self.refused.parent.glob(".*.csv.*"):  # by an import that was killed: this one has the lock
            left.unlink(missing_ok=True)
        with refused_file(self.refused, self.guess.columns, self.language) as put:
            yield from self._read(put)
        if not self.tally.refused:
            self.refused.unlink()

    def _read(self, put: PutRefused) -> Iterator[pa.RecordBatch]:
        source = self.source
        ground = open_ground(shipped("geo"))
        checker = Checker(self.guess.mapping, ground, self.today, above=source.above, headerless=source.headerless)
        for batch in ahead(source.read()):
            if self.cancelled():
                raise Stopped("the import was cancelled; nothing was changed.")
            checked = checker.check(batch)
            put(checked)
            accepted = self.places.placed(checked.accepted) if self.places else checked.accepted
            self._count(checked, accepted)
            self.sample.take(batch, checked, accepted)
            yield accepted
        if source.rows is not None and source.rows != self.tally.rows:
            raise UnreadableTable(f"{source.path}: it changed while it was read. Import it again.")

    def _count(self, checked: Checked, accepted: pa.RecordBatch) -> None:
        tally = self.tally
        tally.rows += checked.rows
        tally.accepted += accepted.num_rows + checked.merged
        tally.merged += checked.merged
        tally.refused += checked.refused.num_rows
        tally.warned += int(np.count_nonzero(pc.list_value_length(accepted["warnings"]).to_numpy(zero_copy_only=False)))
        tally.by_rule.update(by_rule(checked.found))
