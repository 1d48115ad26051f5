"""How two versions of the same data differ, record by record: incidents and rows of tables alike, by their stable ids."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from incidentmap.model.snapshot import FieldChange


class Aspect(StrEnum):
    """In what a record differs."""

    NEW = "new"
    GONE = "gone"
    MERGED = "merged"
    """Gone, for it is now a part of another one that several reports tell of."""
    PARTED = "parted"
    """New, for it was a part of another one before."""
    MOVED = "moved"
    """Another position, or known as another area, or with a place where it had none, or the other way round."""
    DATED = "dated"
    ATTRIBUTED = "attributed"
    """Other actors, or the same in other roles."""
    CASUALTIES = "casualties"
    TYPED = "typed"
    STATUS = "status"
    TOLD = "told"
    """In anything else: its place's name or precision, claims, notes, sources."""


@dataclass(frozen=True, slots=True)
class RecordState:
    """What a record says, as far as its changes are told in words; empty or None where unknown.

    Parameters
    ----------
    lon, lat
        Its position (WGS 84); that of the named place where it is known as an area alone.
    killed
        As a range in figures: "3", "2-5", "12+".
    """

    start: str
    end: str
    place: str
    lon: float | None
    lat: float | None
    event_type: str
    actors: str
    killed: str


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that differs.

    Parameters
    ----------
    before, after
        None for one that is new, or gone.
    km
        How far it moved, on the ellipsoid; None where it did not, or had no position.
    other
        The id of the record that it was merged into, or was a part of.
    fields
        Of the export's columns, with what they were and are, as text.
    """

    id: str
    aspects: tuple[Aspect, ...]
    before: RecordState | None
    after: RecordState | None
    km: float | None = None
    other: str = ""
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordChanges:
    """How two versions differ.

    Parameters
    ----------
    before, after
        What was compared, as it was asked for.
    sizes
        How many records each has.
    unchanged
        How many are in both and say the same.
    changes
        By id.
    refused
        How many rows of each could not be read, and are in no number.
    """

    before: str
    after: str
    sizes: tuple[int, int]
    unchanged: int
    changes: tuple[RecordChange, ...]
    refused: tuple[int, int] = (0, 0)

    @property
    def counts(self) -> Mapping[Aspect, int]:
        """In how many records each aspect differs, in the order of :class:`Aspect`; those that none has are left out."""
        told = Counter(aspect for each in self.changes for aspect in each.aspects)
        return {aspect: told[aspect] for aspect in Aspect if told[aspect]}

    @property
    def strangers(self) -> bool:
        """Whether both have records and share no id: hardly two versions of the same data."""
        return all(self.sizes) and not self.unchanged and not any(each.before and each.after for each in self.changes)
