"""The places of event rows: names without a point are looked up, points with a name are held against the gazetteer."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from incidentmap.gazetteer import Gazetteer
from incidentmap.gazetteer.decided import Decided
from incidentmap.gazetteer.distance import distance_km
from incidentmap.model import Candidate, NameAsked, PlaceKind, Position, ResolutionStatus
from incidentmap.walks.answer import LONGEST_ASKED, decision_behind, doubts_of

UNKNOWN, AMBIGUOUS, FAR = "place_unknown", "place_ambiguous", "place_far"
"""Rules that a row can go against here; their words stand under ``import.rule.<rule>``."""
FAR_KM = 50.0
"""A point farther than this from every place of its name, beyond that place's own radius, is told: about what sources differ by
for large communes and vague areas, and less than what a wrong homonym or a slipped digit makes."""
_RULES = (UNKNOWN, AMBIGUOUS, FAR)
_LIKENESS = frozenset({"match_phonetic", "match_fuzzy", "match_part"})
_KEPT = 50_000
"""Answers held at a time."""
_MOST_DOUBTS = 20_000
_MOST_HELD = 50_000
"""Different named points of a file that are held against the gazetteer: some ten seconds, however long the file."""
_ASKED = ("place", "country", "admin3", "admin2", "admin1")
_SMALLEST_FIRST = ("admin3", "admin2", "admin1")
Rows = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Found:
    """Where a name without a point is; `rule` says why it has no place, and then nothing else is known."""

    rule: str = ""
    located: str | None = None
    place_id: str | None = None
    lon: float | None = None
    lat: float | None = None
    radius_km: float | None = None
    where_prec: int | None = None
    geo_precision: int | None = None
    doubts: tuple[tuple[NameAsked, ResolutionStatus], ...] = ()


@dataclass(frozen=True, slots=True)
class FarPoint:
    """A point that is far from every place of its name: how far from the nearest, and in how many rows."""

    name: str
    country: str
    km: float
    nearest: str
    rows: int


@dataclass(slots=True)
class PlaceTally:
    """What came of the places of a file, grown batch by batch.

    Parameters
    ----------
    by_rule
        Rows that go against each rule.
    located
        Rows that got a point here, by who said it (`geocoded`, `decided`).
    names
        Different names without a point that were looked up.
    held
        Different points with a name that were held against the gazetteer.
    partial
        Whether there were so many doubtful names that rare ones are not in the queue.
    unheld
        Whether there were so many different points that the later ones were not held against their names.
    """

    by_rule: Counter[str] = field(default_factory=Counter)
    located: Counter[str] = field(default_factory=Counter)
    names: int = 0
    held: int = 0
    partial: bool = False
    unheld: bool = False
    far: Counter[tuple[str, str, float, str]] = field(default_factory=Counter)
    _doubts: Counter[tuple[NameAsked, ResolutionStatus]] = field(default_factory=Counter)

    def far_points(self, most: int) -> tuple[FarPoint, ...]:
        """The points far from their names, those of most rows first."""
        ordered = sorted(self.far.items(), key=lambda each: (-each[1], each[0]))
        return tuple(FarPoint(*key, rows) for key, rows in ordered[:most])

    def doubts(self) -> Iterator[tuple[NameAsked, str, ResolutionStatus]]:
        """Each name that a person should decide, as often as it stands in the file, as the queue takes them."""
        for (asked, status), rows in self._doubts.items():
            yield from repeat((asked, asked.name, status), rows)

    def count(self, found: Found, rows: int) -> None:
        """Count the rows that one answer stands for."""
        if found.located:
            self.located[found.located] += rows
        for doubt in found.doubts:
            if doubt in self._doubts or len(self._doubts) < _MOST_DOUBTS:
                self._doubts[doubt] += rows
            else:
                self.partial = True


class PlaceNames:
    """Looks up the places of event rows, each distinct one once.

    Parameters
    ----------
    gazetteer
        With the decisions of the workspace laid over it.
    decisions
        The same decisions, to say which rows follow one.
    region_id
        The region of interest, None for none.
    """

    def __init__(self, gazetteer: Gazetteer, decisions: Decided, region_id: str | None) -> None:
        self.tally = PlaceTally()
        self._gazetteer, self._decisions, self._region = gazetteer, decisions, region_id
        self._find = lru_cache(maxsize=_KEPT)(self._look_up)
        self._away = lru_cache(maxsize=_KEPT)(self._distance)

    def placed(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The rows with a point where their name has one beyond doubt; what is doubtful stands in their warnings."""
        named = pc.is_valid(batch["place"]).to_numpy(zero_copy_only=False)
        pointed = pc.is_valid(batch["lon"]).to_numpy(zero_copy_only=False)
        given = batch["place_id"].is_valid().to_numpy(zero_copy_only=False)
        rules = np.full(batch.num_rows, -1, np.int64)
        filled = self._filled(batch, np.flatnonzero(named & ~pointed), rules)
        self._held_against(batch, np.flatnonzero(named & pointed & ~given), rules)
        for number, rule in enumerate(_RULES):
            self.tally.by_rule[rule] += int(np.count_nonzero(rules == number))
        return _with_rules(filled, rules)

    def _filled(self, batch: pa.RecordBatch, rows: Rows, rules: Rows) -> pa.RecordBatch:
        """The batch with what was found of names without points; `rules` is told which were not."""
        if not len(rows):
            return batch
        asked, which = _distinct(batch, _ASKED, rows)
        answers = [self._find(_name(each)) for each in asked]
        for found, times in zip(answers, np.bincount(which, minlength=len(answers)), strict=True):
            self.tally.count(found, int(times))
        rules[rows] = np.array([_RULES.index(found.rule) if found.rule else -1 for found in answers])[which]
        return _with_points(batch, rows, [answers[number] for number in which])

    def _held_against(self, batch: pa.RecordBatch, rows: Rows, rules: Rows) -> None:
        """Tell `rules` which points are far from every place of their name."""
        if not len(rows):
            return
        asked, which = _distinct(batch, (*_ASKED, "lon", "lat"), rows)
        told = [self._away(_name(each), each[-2], each[-1]) for each in asked]
        far = np.array([each is not None for each in told])
        for each, name, times in zip(told, asked, np.bincount(which, minlength=len(told)), strict=True):
            if each is not None:
                self.tally.far[(name[0], name[1] or "", *each)] += int(times)
        rules[rows[far[which]]] = _RULES.index(FAR)

    def _look_up(self, asked: NameAsked) -> Found:
        self.tally.names += 1
        if len(asked.name) > LONGEST_ASKED:
            return Found(UNKNOWN)
        located = self._gazetteer.locate(asked, region=self._region)
        decision = decision_behind(located, self._decisions)
        doubts = () if decision else tuple(doubts_of(located))
        where = located.situation
        if where is None or located.status is not ResolutionStatus.FOUND:
            return Found(UNKNOWN if located.status is ResolutionStatus.MISS else AMBIGUOUS, doubts=doubts)
        chosen = [each.chosen.place.id for each in located.resolutions if each.chosen]
        return Found(
            located="decided" if decision else "geocoded", place_id=" ".join(chosen), lon=where.position.lon,
            lat=where.position.lat, radius_km=where.radius_km, where_prec=where.where_prec, geo_precision=where.geo_precision,
        )

    def _distance(self, asked: NameAsked, lon: float, lat: float) -> tuple[float, str] | None:
        """Kilometres to the nearest place of a name and what that is, if that is far; None also where no place has the name."""
        if self.tally.held >= _MOST_HELD:
            self.tally.unheld = True
            return None
        self.tally.held += 1
        decision = self._decisions.on(asked)
        point = Position(lon, lat)
        known = [decision.place] if decision and decision.place else [
            each.place for each in self._candidates(asked) if _same_name(each) and each.place.kind is not PlaceKind.COUNTRY
        ]
        ways = [(max(0.0, distance_km(point, place.position) - place.radius_km), place.id, place.name) for place in known]
        nearest = min(ways, default=None)
        return (round(nearest[0], 1), nearest[2]) if nearest and nearest[0] > FAR_KM else None

    def _candidates(self, asked: NameAsked) -> list[Candidate]:
        """Places of the name in the country that the row tells; without one, in all."""
        if len(asked.name) > LONGEST_ASKED:
            return []
        ranked = self._gazetteer.candidates(asked.name, region=self._region, country=asked.country)
        return [each for each in ranked if not asked.country or each.place.country == asked.country]


def _same_name(candidate: Candidate) -> bool:
    return not any(why.code in _LIKENESS for why in candidate.reasons)


def _name(cells: tuple[str | None, ...]) -> NameAsked:
    told = dict(zip(_ASKED, cells, strict=False))
    admin = "; ".join(filter(None, (told[unit] for unit in _SMALLEST_FIRST)))
    return NameAsked(told["place"] or "", admin, told["country"] or "")


def _distinct(batch: pa.RecordBatch, columns: tuple[str, ...], rows: Rows) -> tuple[list[tuple], Rows]:  # type: ignore[type-arg]
    """Distinct cells of some columns in some rows, and for each of these which of them it has."""
    taken = [batch[name].take(pa.array(rows)) for name in columns]
    key = np.zeros(len(rows), np.int64)
    for column in taken:
        encoded = column.dictionary_encode()
        codes = encoded.indices.fill_null(len(encoded.dictionary)).to_numpy(zero_copy_only=False).astype(np.int64)
        key = np.unique(key * (len(encoded.dictionary) + 1) + codes, return_inverse=True)[1]
    _, first, which = np.unique(key, return_index=True, return_inverse=True)
    return list(zip(*(column.take(pa.array(first)).to_pylist() for column in taken), strict=True)), which


def _with_points(batch: pa.RecordBatch, rows: Rows, found: list[Found]) -> pa.RecordBatch:
    """The batch with the answers of some rows; a precision that a row told of itself is never made finer."""
    at = np.full(batch.num_rows, -1, np.int64)
    at[rows] = np.arange(len(rows))
    index = pa.array(at, mask=at < 0)
    arrays = dict(zip(batch.schema.names, batch.columns, strict=True))
    for name in ("located", "place_id", "lon", "lat", "radius_km", "where_prec", "geo_precision"):
        own, kind = arrays[name], batch.schema.field(name).type
        new = pa.array([getattr(each, name) for each in found], kind).take(index)
        arrays[name] = pc.max_element_wise(own, new) if name in {"where_prec", "geo_precision"} else pc.coalesce(own, new)
    cast = [arrays[field.name].cast(field.type) for field in batch.schema]
    return pa.RecordBatch.from_arrays(cast, schema=batch.schema)


def _with_rules(batch: pa.RecordBatch, rules: Rows) -> pa.RecordBatch:
    """The batch with one more warning in the rows that have a rule."""
    rows = np.flatnonzero(rules >= 0)
    if not len(rows):
        return batch
    at = batch.schema.get_field_index("warnings")
    old = batch.column(at)
    lengths = old.value_lengths().fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    ends = np.cumsum(lengths)
    values = old.flatten()
    picked = np.insert(np.arange(len(values)), ends[rows], len(values) + rules[rows])
    lengths[rows] += 1
    offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
    told = pa.concat_arrays([values, pa.array(_RULES, pa.string())]).take(pa.array(picked))
    warnings = pa.ListArray.from_arrays(pa.array(offsets), told)
    return batch.set_column(at, batch.schema.field(at), warnings)
