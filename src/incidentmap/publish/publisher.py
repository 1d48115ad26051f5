"""Records as a profile lets them out, batch by batch, and the account of those that stay.

Nothing is random and nothing depends on what else is asked for: a record is told the same in every export of the same data
under the same profile and day, so that many exports say no more than one. Which units have too few records is counted over
all records of the workspace, not over those of a filter.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from incidentmap.frames.flat import INCIDENT
from incidentmap.publish.fates import Fate, Judge, Why, moved_units
from incidentmap.publish.ground import Ground
from incidentmap.publish.level import Level
from incidentmap.publish.profile import Profile
from incidentmap.publish.pseudonyms import Pseudonyms
from incidentmap.publish.rewrite import Record, Rewriter


@dataclass(frozen=True, slots=True)
class Withheld:
    """The account of an export.

    Parameters
    ----------
    stay
        How many records stay, by reason.
    events
        How many rows of tables leave, by source.
    incidents
        Ids of the reviewed incidents that leave, with whether their place is told coarser than it is known.
    coarsened
        How many records leave so.
    """

    stay: tuple[tuple[Why, int], ...]
    events: tuple[tuple[str, int], ...]
    incidents: tuple[tuple[str, bool], ...]
    coarsened: int


class Publisher:
    """A profile at work on one workspace."""

    def __init__(self, profile: Profile, ground: Ground, pseudonyms: Pseudonyms, day: date) -> None:
        self.profile, self.pseudonyms = profile, pseudonyms
        self._ground = ground
        self._judge = Judge(profile, ground, day)
        self._rewriter = Rewriter(profile, pseudonyms)
        self._moved: dict[str, str | None] = {}

    @property
    def coarsens(self) -> bool:
        """Whether any place is told coarser than it is known."""
        return any(rule.level is not Level.EXACT for rule in self.profile.places)

    def count_units(self, batches: Iterable[pa.RecordBatch]) -> None:
        """Count the records of each unit, over all that the workspace has; first of all if the profile has a least number."""
        fates = (fate for batch in batches for fate in self._judge.fates(batch, {}))
        counts = Counter(fate.spot.area_id for fate in fates if fate.why is None and fate.spot and fate.spot.area_id)
        self._moved = dict(moved_units(counts, self.profile.min_count))

    def fates(self, batch: pa.RecordBatch) -> Iterator[Fate]:
        """What becomes of each record."""
        return self._judge.fates(batch, self._moved)

    def account(self, batches: Iterable[pa.RecordBatch]) -> Withheld:
        """What leaves and what stays of some records."""
        stay: Counter[Why] = Counter()
        events: Counter[str] = Counter()
        incidents: list[tuple[str, bool]] = []
        coarsened = 0
        for batch in batches:
            names = (batch[name].to_pylist() for name in ("id", "record", "source"))
            for own, record, source, fate in zip(*names, self.fates(batch), strict=True):
                if fate.why:
                    stay[fate.why] += 1
                    continue
                coarsened += fate.spot is not None
                if record == INCIDENT:
                    incidents.append((own, fate.spot is not None))
                else:
                    events[source] += 1
        return Withheld(tuple(sorted(stay.items())), tuple(sorted(events.items())), tuple(incidents), coarsened)

    def published(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The records that leave, as they leave, in their order."""
        for batch in batches:
            fates = [*self.fates(batch)]
            filled = [name for name in batch.schema.names if batch[name].null_count < batch.num_rows]
            rows = batch.select(filled).filter(pa.array([fate.why is None for fate in fates])).to_pylist()
            left: list[Fate] = [fate for fate in fates if fate.why is None]
            told = [self._rewriter.record(row, fate.spot) for row, fate in zip(rows, left, strict=True)]
            if told:
                yield pa.RecordBatch.from_pylist(told, schema=batch.schema)

    def report_claims(self, claims: Iterable[Record], leaving: Withheld) -> list[Record]:
        """Claims over several incidents, all of which leave with their places as known: else one would lead to another."""
        plain = {own for own, coarse in leaving.incidents if not coarse}
        return [
            self._rewriter.claim(claim) | {"incidents": [self._rewriter.incident_id(own) for own in claim["incidents"]]}
            for claim in claims if plain.issuperset(claim["incidents"])
        ]
