"""What a map screen shows, as one frozen value: layers by actor, the window, and counts that tell the truth."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
from shapely.geometry.base import BaseGeometry

from incidentmap.gazetteer import Region
from incidentmap.maps.theme import OTHER_COLOUR, actor_colour
from incidentmap.model import (
    ALL_SOURCES,
    Actor,
    Incident,
    PartialDate,
    Report,
    ReportClaim,
    Total,
    TotalRule,
    all_totals,
)
from incidentmap.words import say

OTHERS = "others"
"""Id of the layer of all whose leading actor is unknown or not among the most frequent ones."""
MOST_ACTORS = 8
"""No more colours than eyes tell apart in the Okabe-Ito palette; the rest is grey."""
_LEADING = ("attacker", "party", "target", "claimant", "denier")


@dataclass(frozen=True, slots=True)
class Mark:
    """An incident with what the ground adds to it: geometry (WGS 84, None without a place) and inside the region or not."""

    incident: Incident
    geometry: BaseGeometry | None
    inside: bool | None
    leader: str
    """Id of the actor whose layer it is drawn in: the attacker, else a party, else whoever has a part; may be empty."""


@dataclass(frozen=True, slots=True)
class ActorView:
    """The layer of one actor: name, symbol and incidents, and whether the user wants to see it."""

    id: str
    name: str
    colour: str
    shape: str
    marks: tuple[Mark, ...]
    shown: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """What is shown, of how many in the whole case."""

    shown: int
    total: int
    inside: int
    outside: int
    without_place: int
    about_dates: int
    undated: int


@dataclass(frozen=True, slots=True)
class MapView:
    """All that a map, its legend and its sentence are drawn from.

    Parameters
    ----------
    layers
        By actor, most incidents first, the grey rest last. They hold the incidents of every day; the map filters by window.
    window
        First and last day shown, None where open.
    reports
        By id, for the sources under the claims.
    shared
        Claims that cover several incidents together.
    rule
        How rival figures become ranges, and `totals` of the incidents shown under it.
    """

    language: str
    theme: str
    region: Region | None
    layers: tuple[ActorView, ...]
    window: tuple[date | None, date | None]
    counts: Counts
    reports: Mapping[str, Report]
    shared: tuple[ReportClaim, ...]
    rule: TotalRule = ALL_SOURCES
    totals: tuple[Total, ...] = ()

    @property
    def published(self) -> dict[str, date]:
        """The day on which each report was published, as far as known."""
        return _days(self.reports)

    def in_window(self, mark: Mark) -> bool:
        """Whether a mark is shown on the days of the window."""
        return touches(mark.incident.date, self.window)

    def seen(self) -> list[Mark]:
        """The marks that are shown: of layers switched on, in the window."""
        return _seen(self.layers, self.window)


def map_view(
    incidents: Sequence[Incident], frame: gpd.GeoDataFrame, *, total: int, actors: Mapping[str, Actor], language: str,
    theme: str, region: Region | None, window: tuple[date | None, date | None] = (None, None),
    hidden: frozenset[str] = frozenset(), reports: Iterable[Report] = (), shared: Sequence[ReportClaim] = (),
    rule: TotalRule = ALL_SOURCES,
) -> MapView:
    """Arrange incidents for the map.

    `incidents` and `frame` are the same incidents, as records and as the GeoDataFrame (EPSG:4326) of :mod:`incidentmap.frames`;
    `total` is how many the whole case has, for "4 of 7"; `hidden` are ids of layers that the user switched off.
    """
    layers = _layers(_marks(incidents, frame), actors, language, theme, hidden)
    seen, by_id = _seen(layers, window), {report.id: report for report in reports}
    return MapView(
        language=language, theme=theme, region=region, layers=layers, window=window, counts=_counts(seen, total),
        reports=by_id, shared=tuple(shared), rule=rule,
        totals=all_totals([mark.incident for mark in seen], rule, shared, _days(by_id)),
    )


def touches(when: PartialDate | None, window: tuple[date | None, date | None]) -> bool:
    """Whether an incident's days touch a window; the undated are in no window and in every query without one."""
    start, end = window
    if start is None and end is None:
        return True
    return when is not None and (end is None or when.start <= end) and (start is None or when.end >= start)


def leading_actor(incident: Incident) -> str:
    """Id of the actor under whom an incident is drawn, empty if nobody is named."""
    parts = sorted(incident.actors, key=lambda part: _LEADING.index(part.role.value))
    return parts[0].id if parts else ""


def _days(reports: Mapping[str, Report]) -> dict[str, date]:
    return {key: report.published.start for key, report in reports.items() if report.published}


def _seen(layers: Iterable[ActorView], window: tuple[date | None, date | None]) -> list[Mark]:
    return [mark for layer in layers if layer.shown for mark in layer.marks if touches(mark.incident.date, window)]


def _marks(incidents: Sequence[Incident], frame: gpd.GeoDataFrame) -> list[Mark]:
    geometry = dict(zip(frame["id"], frame.geometry, strict=True))
    inside = dict(zip(frame["id"], frame["inside_region"], strict=True))
    return [Mark(each, geometry.get(each.id), inside.get(each.id), leading_actor(each)) for each in incidents]


def _layers(
    marks: Sequence[Mark], actors: Mapping[str, Actor], language: str, theme: str, hidden: frozenset[str],
) -> tuple[ActorView, ...]:
    found = Counter(mark.leader for mark in marks if mark.leader in actors)
    order = {actor: place for place, actor in enumerate(actors)}
    first = sorted(found, key=lambda actor: (-found[actor], order[actor]))[:MOST_ACTORS]

    def layer(key: str, name: str, colour: str, shape: str, belongs: Callable[[Mark], bool]) -> ActorView:
        own = tuple(mark for mark in marks if belongs(mark))
        return ActorView(key, name, colour, shape, own, key not in hidden)

    layers = [
        layer(key, actors[key].name(language), actor_colour(actors[key].colour, theme), actors[key].shape,
              lambda mark, key=key: mark.leader == key)  # type: ignore[misc]
        for key in first
    ]
    rest = layer(OTHERS, say(language, "screen.others"), OTHER_COLOUR, "circle", lambda mark: mark.leader not in first)
    return (*layers, rest) if rest.marks else tuple(layers)


def _counts(seen: Sequence[Mark], total: int) -> Counts:
    placed = [mark for mark in seen if mark.incident.location is not None]
    return Counts(
        shown=len(seen),
        total=total,
        inside=sum(mark.inside is True for mark in placed),
        outside=sum(mark.inside is False for mark in placed),
        without_place=len(seen) - len(placed),
        about_dates=sum(mark.incident.date is not None and not mark.incident.date.exact for mark in seen),
        undated=sum(mark.incident.date is None for mark in seen),
    )
