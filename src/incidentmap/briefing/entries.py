"""What a picture draws: one entry an incident, in plain values, and the actors they are drawn for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
from shapely.geometry.base import BaseGeometry

from incidentmap.maps import actor_colour, date_words, term
from incidentmap.model import Role, Status
from incidentmap.registry import actors
from incidentmap.words import say

MOST_ACTORS = 8
"""No more colours than eyes tell apart; the rest is grey."""
OTHERS = ""
"""Id under which all those without a colour of their own are drawn."""
_OTHER_COLOUR, _OTHER_SHAPE = "#999999", "circle"
_LEADING = (Role.ATTACKER, Role.PARTY)
_SURE_DATES = frozenset({"day", "range"})


@dataclass(frozen=True, slots=True)
class Entry:
    """An incident as it is drawn.

    Parameters
    ----------
    geometry
        Point, line or polygon (WGS 84), None without a place.
    inside
        Whether it lies in the region of interest, None where that cannot be said.
    about
        Whether its place or date is known only about.
    radius_km
        How far from the point the incident may lie, 0 where the place itself is meant.
    when
        Its date in words.
    """

    id: str
    geometry: BaseGeometry | None
    place: str
    inside: bool | None
    about: bool
    about_date: bool
    radius_km: float
    when: str
    what: str
    """Date and kind of event in words, for a list."""
    start: str
    end: str
    leader: str
    draft: bool


@dataclass(frozen=True, slots=True)
class Party:
    """An actor in the legend, with the number of incidents drawn in its colour and shape."""

    id: str
    name: str
    colour: str
    shape: str
    count: int


def read_entries(frame: gpd.GeoDataFrame, language: str) -> tuple[Entry, ...]:
    """The rows of :mod:`incidentmap.frames` as entries, in their order."""
    records: list[dict[str, Any]] = frame.drop(columns=frame.geometry.name).to_dict("records")  # type: ignore[assignment]
    return tuple(_entry(row, geometry, language) for row, geometry in zip(records, frame.geometry, strict=True))


def _entry(row: Mapping[str, Any], geometry: BaseGeometry | None, language: str) -> Entry:
    precision, start, end = _text(row["date_precision"]), _text(row["date_start"]), _text(row["date_end"])
    vague_place = _number(row["geo_precision"] or row["where_prec"]) > 1
    about_date = bool(start) and precision not in _SURE_DATES
    when = date_words(start or None, end or None, precision or None, language)
    kind = term(language, "event", _text(row["sub_event_type"]) or _text(row["event_type"]))
    return Entry(
        id=row["id"],
        geometry=geometry if geometry is not None and not geometry.is_empty else None,
        place=_text(row["place"]),
        inside=bool(row["inside_region"]) if row["inside_region"] in {True, False} else None,
        about=vague_place or about_date,
        about_date=about_date,
        radius_km=_number(row["radius_km"]) if vague_place else 0.0,
        when=when,
        what=f"{when} · {kind}",
        start=start,
        end=end or start,
        leader=_leader(row["actors"]),
        draft=row["status"] == Status.DRAFT,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> float:
    """A number, 0 for what a table holds where there is none (None, NaN)."""
    return float(value) if isinstance(value, int | float) and value == value else 0.0  # noqa: PLR0124 (NaN is not itself)


def _leader(parts: Sequence[Mapping[str, Any]]) -> str:
    """Who did it, else a party to it, as on the map; nobody is drawn under who was attacked."""
    known = [part for part in parts if part["id"] in actors() and Role(part["role"]) in _LEADING]
    ranked = sorted(known, key=lambda part: _LEADING.index(Role(part["role"])))
    return str(ranked[0]["id"]) if ranked else OTHERS


def parties(entries: Sequence[Entry], language: str, theme: str) -> tuple[Party, ...]:
    """The actors that entries are drawn for, most incidents first; the grey rest, if any, last."""
    counts = Counter(entry.leader for entry in entries)
    order = {actor: place for place, actor in enumerate(actors())}
    first = sorted((key for key in counts if key), key=lambda key: (-counts[key], order[key]))[:MOST_ACTORS]
    named = tuple(
        Party(key, actors()[key].name(language), actor_colour(actors()[key].colour, theme), actors()[key].shape, counts[key])
        for key in first
    )
    rest = len(entries) - sum(party.count for party in named)
    return (*named, Party(OTHERS, say(language, "screen.others"), _OTHER_COLOUR, _OTHER_SHAPE, rest)) if rest else named


def party_of(entry: Entry, among: Sequence[Party]) -> Party:
    """The party an entry is drawn for."""
    return next((party for party in among if party.id == entry.leader), among[-1])
