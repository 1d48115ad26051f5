"""The settlements around a point, by how well they tell a reader where it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from pyproj import Geod

from incidentmap.model import BadValue, PlaceKind, Position
from incidentmap.paths import shipped

_WGS84 = Geod(ellps="WGS84")
_EARTH_KM = 6371.0
_KM_A_DEGREE = 110.5
"""Of latitude, at the least."""
_CELL_DEG = 0.25
_ROUND = int(360 / _CELL_DEG)
_REACHES_DEG = (0.25, 1.0, 4.0)
"""Windows that are searched, widened until what lies outside cannot come before what was met."""
_SPARE = 6
"""So many more are measured on the ellipsoid than are wanted: on the sphere, lengths are up to 0.6 % off."""
_BY_PERSON = frozenset({"curated", "decided", "table"})


@dataclass(frozen=True, slots=True)
class Telling:
    """How settlements tell where a point is; `data/lexicons/landmarks.yaml` says what each is for."""

    kind: Mapping[PlaceKind, float]
    unknown: float
    populated_from: int
    others: int
    far_km: float
    border_km: float

    def factor(self, kind: PlaceKind, population: int | None, source: str) -> float:
        """What a settlement's distance is multiplied with; 1 or more."""
        known = source in _BY_PERSON or (population or 0) >= self.populated_from
        return self.kind[kind] * (1.0 if known else self.unknown)


@dataclass(frozen=True, slots=True)
class Landmark:
    """A settlement near a point.

    Parameters
    ----------
    number
        Of the place in the compiled gazetteer.
    bearing_deg
        From the settlement to the point, clockwise from true north.
    weighed_km
        The distance times the settlement's factor: their order.
    """

    number: int
    distance_km: float
    bearing_deg: float
    weighed_km: float


@cache
def telling() -> Telling:
    """The settings as shipped.

    Raises
    ------
    BadValue
        If one is missing, unknown or no number of its kind; the message names it.
    """
    return read_telling(yaml.safe_load(shipped("data", "lexicons", "landmarks.yaml").read_text("utf-8")))


def read_telling(entries: Mapping[str, Any]) -> Telling:
    """Check a loaded file and make it a :class:`Telling`."""
    names = {field.name for field in fields(Telling)}
    if names != entries.keys():
        raise BadValue("landmarks.yaml: keys", ", ".join(sorted(names ^ entries.keys())), "exactly " + ", ".join(sorted(names)))
    plain = {name: _number(name, value, 0) for name, value in entries.items() if name not in {"kind", "unknown"}}
    kind = {PlaceKind(key): _number(f"kind.{key}", value, 1) for key, value in entries["kind"].items()}
    return Telling(
        kind=kind, unknown=_number("unknown", entries["unknown"], 1), populated_from=int(plain["populated_from"]),
        others=int(plain["others"]), far_km=plain["far_km"], border_km=plain["border_km"],
    )


class Landmarks:
    """All settlements of a gazetteer in cells of a quarter degree. 40 bytes a settlement; safe to share between threads."""

    def __init__(self, points: Iterable[tuple[int, float, float, str, int | None, str]], weights: Telling) -> None:
        """Take (number, lon, lat, kind, population, source) of every settlement; kinds without a factor are left out."""
        kept = (
            (number, lon, lat, weights.factor(PlaceKind(kind), population, source))
            for number, lon, lat, kind, population, source in points if kind in weights.kind
        )
        table: NDArray[np.float64] = np.fromiter(kept, dtype=np.dtype((np.float64, 4)))
        cells = _cell_rows(table[:, 2]) * _ROUND + _cell_columns(table[:, 1])
        order = np.argsort(cells, kind="stable")
        self._cells: NDArray[np.int64] = cells[order]
        self._numbers, self._lons, self._lats, self._factors = (np.ascontiguousarray(table[order, i]) for i in range(4))
        self._far_km = weights.far_km

    def near(self, here: Position, most: int) -> tuple[Landmark, ...]:
        """The settlements that tell best where a point is, best first; none beyond `far_km`, the number to break ties."""
        chosen = np.empty(0, np.int64)
        for reach in _REACHES_DEG:
            window = self._window(here, reach)
            weighed = self._sphere_km(here, window) * self._factors[window]
            chosen = window[np.argsort(weighed, kind="stable")[: most + _SPARE]]
            if len(chosen) >= most and np.sort(weighed)[most - 1] < reach * _KM_A_DEGREE * 0.99:
                break
        return tuple(sorted(self._measured(here, chosen), key=lambda each: (each.weighed_km, each.number))[:most])

    def _measured(self, here: Position, chosen: NDArray[np.int64]) -> Iterable[Landmark]:
        if not len(chosen):
            return
        there = np.full(len(chosen), here.lon), np.full(len(chosen), here.lat)
        bearings, _, metres = _WGS84.inv(self._lons[chosen], self._lats[chosen], *there)
        for index, bearing, metre in zip(chosen.tolist(), bearings.tolist(), metres.tolist(), strict=True):
            if metre / 1000 <= self._far_km:
                km = metre / 1000
                yield Landmark(int(self._numbers[index]), km, bearing % 360, km * float(self._factors[index]))

    def _window(self, here: Position, reach: float) -> NDArray[np.int64]:
        """Indices of all settlements within `reach` degrees of latitude, and as many kilometres from west to east."""
        polemost = min(abs(here.lat) + reach, 90.0)
        width = reach / max(float(np.cos(np.radians(polemost))), 1e-9)
        low, high = (min(max(here.lat + side * reach, -90.0), 90.0) for side in (-1, 1))
        rows = np.arange((low + 90) // _CELL_DEG, (high + 90) // _CELL_DEG + 1, dtype=np.int64)
        parts = [
            np.arange(start, end)
            for first, last in _columns(here.lon, width)
            for start, end in zip(
                np.searchsorted(self._cells, rows * _ROUND + first).tolist(),
                np.searchsorted(self._cells, rows * _ROUND + last, side="right").tolist(), strict=True,
            ) if end > start
        ]
        return np.concatenate(parts) if parts else np.empty(0, np.int64)

    def _sphere_km(self, here: Position, window: NDArray[np.int64]) -> NDArray[np.float64]:
        lat, lats = np.radians(here.lat), np.radians(self._lats[window])
        east = np.radians(self._lons[window] - here.lon)
        chord = np.sin((lats - lat) / 2) ** 2 + np.cos(lat) * np.cos(lats) * np.sin(east / 2) ** 2
        sphere: NDArray[np.float64] = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.minimum(chord, 1.0)))
        return sphere


def _columns(lon: float, width: float) -> Sequence[tuple[int, int]]:
    """First and last column of cells within some degrees of a longitude; two pieces across the 180th meridian."""
    if width >= 180:
        return ((0, _ROUND - 1),)
    west, east = (int(np.floor((lon + 180 + side * width) / _CELL_DEG)) for side in (-1, 1))
    if west >= 0 and east < _ROUND:
        return ((west, east),)
    west, east = west % _ROUND, east % _ROUND
    return ((west, _ROUND - 1), (0, east)) if west > east else ((0, _ROUND - 1),)


def _cell_rows(lats: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.floor((lats + 90) / _CELL_DEG).astype(np.int64)


def _cell_columns(lons: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.floor((lons + 180) / _CELL_DEG).astype(np.int64) % _ROUND


def _number(name: str, value: object, least: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < least:
        raise BadValue(f"landmarks.yaml: {name}", value, f"a number, {least:g} or more")
    return value
