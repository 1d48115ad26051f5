"""What a map screen shows, as one frozen value: layers by actor, the window, and counts that tell the truth."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date

import geopandas as gpd
from shapely.geometry.base import BaseGeometry

from incidentmap.gazetteer import Region
from incidentmap.maps.actor_layers import Look, layer_id, leaders_of, leading_actor, looks
from incidentmap.maps.counted import NO_LIMIT, Bin, CountedAreas, Counts, Many, PrecisionLimit, TableRows
from incidentmap.maps.over_time import NOTHING_DATED, Histogram, Spans, dated, histogram
from incidentmap.model import (
    ALL_SOURCES,
    EACH,
    Actor,
    Incident,
    LayerRole,
    PartialDate,
    Report,
    ReportClaim,
    Showing,
    Status,
    Total,
    TotalRule,
    all_totals,
    joined_totals,
)

Window = tuple[date | None, date | None]
"""First and last day shown, None where open."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An incident with what the ground adds to it: geometry (WGS 84, None without a place) and inside the region or not."""

    incident: Incident
    geometry: BaseGeometry | None
    inside: bool | None
    leader: str
    """Id of the actor whose layer it is drawn in, see :func:`incidentmap.maps.actor_layers.leading_actor`; may be empty."""


@dataclass(frozen=True, slots=True)
class ActorView:
    """The layer of one actor: name, symbol and incidents, and whether the user wants to see it.

    Parameters
    ----------
    marks
        Those drawn one by one, of every day.
    count, in_window
        How many incidents there are, of every day and of the window; more than `marks` where the map draws cells.
    group
        See :func:`incidentmap.maps.actor_layers.groups_of`.
    """

    id: str
    name: str
    colour: str
    shape: str
    marks: tuple[Mark, ...]
    shown: bool
    count: int
    in_window: int
    group: str = ""


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
    bins
        Cells with the incidents that are too many to be drawn, if any are.
    histogram
        Incidents of every day that passes the filters, over time and by layer.
    many
        Told where `bins` stand for incidents.
    limit
        What the filter by precision leaves out.
    role
        As what actors have their layers.
    showing
        What is drawn of the incidents.
    counted
        Rows that are counted by area or square, where the map shows those.
    """

    language: str
    theme: str
    region: Region | None
    layers: tuple[ActorView, ...]
    window: Window
    counts: Counts
    reports: Mapping[str, Report]
    shared: tuple[ReportClaim, ...]
    rule: TotalRule = ALL_SOURCES
    totals: tuple[Total, ...] = ()
    bins: tuple[Bin, ...] = ()
    histogram: Histogram = NOTHING_DATED
    many: Many | None = None
    limit: PrecisionLimit = NO_LIMIT
    role: LayerRole = LayerRole.ATTACKER
    showing: Showing = EACH
    counted: CountedAreas | None = None

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
    theme: str, region: Region | None, window: Window = (None, None),
    hidden: frozenset[str] = frozenset(), reports: Iterable[Report] = (), shared: Sequence[ReportClaim] = (),
    rule: TotalRule = ALL_SOURCES, rows: TableRows | None = None, limit: PrecisionLimit = NO_LIMIT,
    role: LayerRole = LayerRole.ATTACKER, showing: Showing = EACH,
) -> MapView:
    """Arrange incidents for the map.

    `incidents` and `frame` are the same incidents, as records and as the GeoDataFrame (EPSG:4326) of :mod:`incidentmap.frames`;
    `total` is how many the whole case has, for "4 of 7"; `hidden` are ids of layers that the user switched off; `rows` is what
    imported tables add; `limit` is what the question leaves out by precision; `role` is as what actors have their layers;
    `showing` is what is drawn of them.
    """
    marks, by_id = _marks(incidents, frame, role), {report.id: report for report in reports}
    told = [mark for mark in marks if rows is None or mark.incident.status is not Status.IMPORTED]
    leaders = rows.leaders if rows else _leaders(marks, actors)
    own: defaultdict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        own[layer_id(mark.leader, leaders)].append(mark)
    layers = tuple(
        layer for look in looks(leaders, actors, language, theme)
        if (layer := _actor_view(look, own[look.id], window, rows, shown=look.id not in hidden)).count
    )
    seen = [mark for mark in told if layer_id(mark.leader, leaders) not in hidden and touches(mark.incident.date, window)]
    totals, counts = all_totals([mark.incident for mark in seen], rule, shared, _days(by_id)), _counts(seen, total)
    return MapView(
        language=language, theme=theme, region=region, layers=layers, window=window,
        counts=_with(counts, rows.counts) if rows else counts, reports=by_id, shared=tuple(shared), rule=rule,
        totals=joined_totals(totals, rows.totals) if rows else totals, bins=rows.bins if rows else (),
        histogram=histogram(_spans(told, leaders, layers), rows.beside if rows else None), many=rows.many if rows else None,
        limit=limit, role=role, showing=showing, counted=rows.counted if rows else None,
    )


def _leaders(marks: Iterable[Mark], actors: Mapping[str, Actor]) -> tuple[str, ...]:
    """Who has a layer, of marks that are all there is."""
    own: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    for mark in marks:
        (rows if mark.incident.status is Status.IMPORTED else own)[mark.leader] += 1
    return leaders_of(own, rows, actors)


def touches(when: PartialDate | None, window: Window) -> bool:
    """Whether an incident's days touch a window; the undated are in no window and in every query without one."""
    start, end = window
    if start is None and end is None:
        return True
    return when is not None and (end is None or when.start <= end) and (start is None or when.end >= start)


def _days(reports: Mapping[str, Report]) -> dict[str, date]:
    return {key: report.published.start for key, report in reports.items() if report.published}


def _seen(layers: Iterable[ActorView], window: Window) -> list[Mark]:
    return [mark for layer in layers if layer.shown for mark in layer.marks if touches(mark.incident.date, window)]


def _marks(incidents: Sequence[Incident], frame: gpd.GeoDataFrame, role: LayerRole) -> list[Mark]:
    geometry = dict(zip(frame["id"], frame.geometry, strict=True))
    inside = dict(zip(frame["id"], frame["inside_region"], strict=True))
    return [Mark(each, geometry.get(each.id), inside.get(each.id), leading_actor(each, role)) for each in incidents]


def _actor_view(look: Look, own: Sequence[Mark], window: Window, rows: TableRows | None, *, shown: bool) -> ActorView:
    seen = [mark for mark in own if touches(mark.incident.date, window)]
    return ActorView(
        look.id, look.name, look.colour, look.shape, tuple(own), shown, _number(own, look.id, rows.layers if rows else None),
        _number(seen, look.id, rows.in_window if rows else None), look.group,
    )


def _number(own: Sequence[Mark], layer: str, rows: Mapping[str, int] | None) -> int:
    """Incidents of the case file among the marks, and rows, be they marks or not; all marks where nobody counted rows."""
    if rows is None:
        return len(own)
    return sum(mark.incident.status is not Status.IMPORTED for mark in own) + rows.get(layer, 0)


def _spans(told: Iterable[Mark], leaders: Sequence[str], layers: Sequence[ActorView]) -> Spans:
    days: defaultdict[str, list[PartialDate | None]] = defaultdict(list)
    for mark in told:
        days[layer_id(mark.leader, leaders)].append(mark.incident.date)
    return {layer.id: dated(days[layer.id]) for layer in layers}


def _with(counts: Counts, rows: Counts) -> Counts:
    return Counts(*(one + other for one, other in zip(astuple(counts), astuple(rows), strict=True)))


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
