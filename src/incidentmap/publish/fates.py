"""What becomes of each record under a profile: whether it leaves, and where it is told to be."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

import pyarrow as pa

from incidentmap.publish.ground import Ground, Point, Spot
from incidentmap.publish.level import Level, known_level
from incidentmap.publish.profile import Profile


class Why(StrEnum):
    """Why a record stays in the house."""

    EMBARGO = "embargo"
    UNDATED = "undated"
    """It may be of yesterday."""
    SOURCE = "source"
    FEW = "few_in_area"


@dataclass(frozen=True, slots=True)
class Fate:
    """Of one record: why it stays, None if it leaves; and its place as told, None if that is the one known."""

    why: Why | None
    spot: Spot | None


class Where(NamedTuple):
    """What decides where a record is told to be; many records share it."""

    event_type: str | None
    country: str | None
    lon: float | None
    lat: float | None
    where_prec: int | None
    geo_precision: int | None
    area_id: str | None
    anchor: str | None

    def point(self) -> Point | None:
        """The point, or that from which a line or area was derived."""
        if self.lon is not None and self.lat is not None:
            return self.lon, self.lat
        anchor = json.loads(self.anchor) if self.anchor else None
        return (float(anchor["lon"]), float(anchor["lat"])) if anchor else None


NEEDED = ("id", "record", "source", "date_end", *Where._fields)
"""Columns from which all of it is decided."""


class Judge:
    """Says what becomes of records, one like the other whatever else is asked for."""

    def __init__(self, profile: Profile, ground: Ground, day: date) -> None:
        self._profile, self._ground = profile, ground
        self._until = day - timedelta(days=profile.embargo_days)
        self._known: dict[Where, Spot | None] = {}

    def fates(self, batch: pa.RecordBatch, moved: Mapping[str, str | None]) -> Iterator[Fate]:
        """Of each record of a batch.

        Parameters
        ----------
        batch
            With the columns :data:`NEEDED`.
        moved
            Units with too few records, with the unit that they are told of instead; None if they stay.
        """
        sources, days = (batch[name].to_pylist() for name in ("source", "date_end"))
        wheres = [*map(Where, *(batch[name].to_pylist() for name in Where._fields))]
        fresh = {where for where in wheres if where not in self._known}
        self._ground.learn(point for where in fresh if (point := where.point()))
        self._known |= {where: self._told(where) for where in fresh}
        for source, last, where in zip(sources, days, wheres, strict=True):
            why = self._stays(source, last)
            yield Fate(why, None) if why else self._placed(self._known[where], moved)

    def _stays(self, source: str | None, last: date | None) -> Why | None:
        if source in self._profile.drop_sources:
            return Why.SOURCE
        if not self._profile.embargo_days:
            return None
        return Why.UNDATED if last is None else Why.EMBARGO if last > self._until else None

    def _told(self, where: Where) -> Spot | None:
        """The place as told, whatever others there are in its unit; None if it is told as it is known."""
        asked = self._profile.level(where.event_type, where.geo_precision)
        if asked is Level.EXACT:
            return None
        known = known_level(where.where_prec, where.geo_precision, where.area_id)
        return self._ground.spot(max(asked, known), where.point(), where.area_id, where.country)

    def _placed(self, spot: Spot | None, moved: Mapping[str, str | None]) -> Fate:
        if spot is None or spot.area_id is None or spot.area_id not in moved:
            return Fate(None, spot)
        other = moved[spot.area_id]
        return Fate(None, self._ground.unit(other)) if other else Fate(Why.FEW, None)


def moved_units(counts: Mapping[str, int], least: int) -> Mapping[str, str | None]:
    """Units with fewer than `least` records: what they are told of instead, None where even the country has too few.

    What is told of a unit is its own records and those of its parts that are too few. If these together are still too few they
    are told of the next greater one: one missing part is never the only one missing.
    """
    moved: dict[str, str | None] = {}
    standing = dict(counts)
    for depth in (2, 1, 0):
        for unit in sorted(each for each in standing if each.count("/") == depth):
            if standing[unit] < least:
                above = unit.rpartition("/")[0] or None
                moved[unit] = above
                if above:
                    standing[above] = standing.get(above, 0) + standing[unit]
    return {unit: _last(unit, moved) for unit in moved}


def _last(unit: str | None, moved: Mapping[str, str | None]) -> str | None:
    while unit is not None and unit in moved:
        unit = moved[unit]
    return unit
