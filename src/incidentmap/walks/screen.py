"""What the Map screen shows: the case file's incidents and the imported rows, asked with one question and shown as one sum.

Incidents of the case file are always drawn one by one. So are rows, while they are few: all that pass the filters, or else
those in the window and in view. Beyond that the store counts them by cell, and the screen says so. Whatever is drawn, the
counts, the histogram and the totals are of all of them.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import pyarrow as pa

from incidentmap.frames import incidents_frame
from incidentmap.gazetteer import boundary
from incidentmap.maps import (
    OTHERS,
    Beside,
    Bin,
    CountedAreas,
    Counts,
    Many,
    MapView,
    PrecisionLimit,
    TableRows,
    Window,
    layer_id,
    leaders_of,
    leading_actor,
    map_view,
    touches,
)
from incidentmap.model import (
    ALL_SOURCES,
    AREAS,
    EACH,
    BBox,
    IncidentQuery,
    LayerRole,
    Report,
    Showing,
    Shows,
    TotalRule,
    fitting_step,
    in_portion,
)
from incidentmap.registry import actors
from incidentmap.store.events import queries
from incidentmap.store.events.asked import Asks
from incidentmap.store.events.casualties import row_totals
from incidentmap.store.events.histogram import histogram_by_layer
from incidentmap.store.events.layers import EVERY, Layers, facts
from incidentmap.store.events.queries import POINT_LIMIT
from incidentmap.walks.bins import common_leaders, row_areas, row_bins, row_squares
from incidentmap.walks.listed import Listed, Wanted, listed
from incidentmap.walks.row_incidents import RowIncidents, row_incidents
from incidentmap.walks.select import Selection
from incidentmap.walks.viewport import Viewport, viewport_of
from incidentmap.walks.workspace import Workspace

_WORLD: BBox = (-180.0, -60.0, 180.0, 75.0)


@dataclass(frozen=True, slots=True)
class Screen:
    """What a visitor looks at.

    Parameters
    ----------
    query
        All filters but the window.
    window, hidden
        First and last day shown, None where open; ids of the layers that are switched off.
    seen
        The part of the map in view, None for all of it.
    role
        As what actors have their layers.
    showing
        What is drawn of the incidents.
    """

    query: IncidentQuery
    window: Window = (None, None)
    hidden: frozenset[str] = frozenset()
    rule: TotalRule = ALL_SOURCES
    seen: Viewport | None = None
    language: str = "en"
    theme: str = "light"
    role: LayerRole = LayerRole.ATTACKER
    showing: Showing = EACH

    @property
    def windowed(self) -> IncidentQuery:
        """The question with the window."""
        start, end = self.window
        return replace(self.query, start=start or self.query.start, end=end or self.query.end)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A screen's question to the rows, with what there is of each leader, and who has a layer."""

    rows: Asks
    screen: Screen
    region: str | None
    all_days: pa.Table
    leaders: tuple[str, ...]

    @property
    def layers(self) -> Layers:
        """As the store calls them: its others have no name."""
        hidden = frozenset("" if layer == OTHERS else layer for layer in self.screen.hidden)
        return Layers(self.leaders, hidden, role=self.screen.role)


def screen_view(
    workspace: Workspace, found: Selection, rows: Asks | None, screen: Screen, *, total: int, reports: Iterable[Report],
) -> MapView:
    """Arrange what a visitor looks at.

    Parameters
    ----------
    workspace, screen
        The case, and what is looked at.
    found
        What the query, without its window, selects of the case file.
    rows
        Of the imported tables, None if there are none.
    total
        How many incidents the case file has.
    reports
        All of the case file.
    """
    asked = _asked(rows, found, screen, workspace.region_id) if rows else None
    drawn, beyond = _drawn(asked) if asked else (RowIncidents(), _Beyond())
    frame = found.frame
    if drawn.incidents:
        added = incidents_frame(drawn.incidents, region=workspace.region_id, boundary=boundary, language=screen.language)
        frame = pd.concat([frame, added], ignore_index=True)
    return map_view(
        (*found.incidents, *drawn.incidents), frame, total=total, actors=actors(), language=screen.language,
        theme=screen.theme, region=found.region, window=screen.window, hidden=screen.hidden,
        reports=(*reports, *drawn.reports), shared=found.report_claims, rule=screen.rule,
        rows=_table_rows(asked, found, beyond) if asked else None, limit=_limit(workspace, found, asked),
        role=screen.role, showing=screen.showing,
    )


def _limit(workspace: Workspace, found: Selection, asked: _Asked | None) -> PrecisionLimit:
    """What is left out for the precision of its place alone."""
    worst, anywhere = found.query.worst_precision, replace(found.query, worst_precision=None)
    if worst is None:
        return PrecisionLimit()
    hidden = len(workspace.store.incidents(anywhere)) - len(found.incidents)
    if asked:
        hidden += queries.count(asked.rows, anywhere) - queries.count(asked.rows, found.query)
    return PrecisionLimit(worst, hidden)


def screen_list(found: Selection, rows: Asks | None, screen: Screen, region: str | None, wanted: Wanted) -> Listed:
    """A page of what the screen shows, as a list.

    Parameters
    ----------
    found
        What the query, without its window, selects of the case file.
    rows
        Of the imported tables, None if there are none.
    screen, region, wanted
        What is looked at, the region of interest, and which page.
    """
    asked = _asked(rows, found, screen, region) if rows else None
    leaders = asked.leaders if asked else _leaders(found, screen)
    shown = [
        each for each in found.incidents
        if layer_id(leading_actor(each, screen.role), leaders) not in screen.hidden and touches(each.date, screen.window)
    ]
    if wanted.portion:
        inside = dict(zip(found.frame["id"], found.frame["inside_region"], strict=True))
        shown = [each for each in shown if in_portion(each, wanted.portion, inside=inside.get(each.id))]
    layers = replace(asked.layers if asked else EVERY, portion=wanted.portion, region=region)
    return listed(shown, rows, screen.windowed, wanted, layers=layers, region=region)


def _leaders(found: Selection, screen: Screen) -> tuple[str, ...]:
    """Who has a layer where there are no tables."""
    return leaders_of(Counter(leading_actor(each, screen.role) for each in found.incidents), {}, actors())


def _asked(rows: Asks, found: Selection, screen: Screen, region: str | None) -> _Asked:
    all_days = facts(rows, screen.query, region, screen.role)
    return _Asked(rows, screen, region, all_days, common_leaders(found.incidents, all_days, screen.role))


@dataclass(frozen=True, slots=True)
class _Beyond:
    """Rows that are counted instead of drawn."""

    bins: tuple[Bin, ...] = ()
    many: Many | None = None
    counted: CountedAreas | None = None


def _drawn(asked: _Asked) -> tuple[RowIncidents, _Beyond]:
    """The rows that are drawn one by one, or else the cells or areas that count them."""
    screen = asked.screen
    if sum(asked.all_days["events"].to_pylist()) <= POINT_LIMIT:
        return _one_by_one(asked, screen.query), _Beyond()
    if screen.showing.what in AREAS:  # of an area all rows count, in view or not
        counted = row_areas(asked.rows, screen.windowed, screen.showing, screen.rule, asked.layers)
        return RowIncidents(), _Beyond(counted=counted)
    seen = screen.seen or _whole(asked)
    within = replace(screen.windowed, bbox=_shared(screen.query.bbox, seen.bbox))
    in_view = queries.count(asked.rows, within)
    if in_view <= POINT_LIMIT:
        return _one_by_one(asked, within), _Beyond()
    if screen.showing.what is Shows.DENSITY:
        return RowIncidents(), _Beyond(counted=row_squares(asked.rows, within, seen.zoom, asked.layers))
    return RowIncidents(), _Beyond(row_bins(asked.rows, within, seen.zoom, asked.layers), Many(in_view, POINT_LIMIT))


def _one_by_one(asked: _Asked, query: IncidentQuery) -> RowIncidents:
    return row_incidents(queries.page(asked.rows, query, size=POINT_LIMIT).rows, asked.region)


def _table_rows(asked: _Asked, found: Selection, beyond: _Beyond) -> TableRows:
    screen = asked.screen
    shown = asked.all_days if screen.window == (None, None) else facts(asked.rows, screen.windowed, asked.region, screen.role)
    return TableRows(
        leaders=asked.leaders, layers=_by_layer(asked.all_days, asked.leaders, "events"),
        in_window=_by_layer(shown, asked.leaders, "events"), counts=_counts(asked, shown),
        totals=row_totals(asked.rows, screen.windowed, screen.rule, asked.layers), beside=_beside(asked, found),
        bins=beyond.bins, many=beyond.many, counted=beyond.counted,
    )


def _counts(asked: _Asked, facts_shown: pa.Table) -> Counts:
    """Of the layers switched on."""
    def told(name: str) -> int:
        numbers = _by_layer(facts_shown, asked.leaders, name)
        return sum(number for layer, number in numbers.items() if layer not in asked.screen.hidden)

    placed, inside = told("events") - told("unplaced"), told("inside")
    return Counts(
        shown=told("events"), total=queries.count(asked.rows, IncidentQuery()), inside=inside,
        outside=placed - inside if asked.region else 0, without_place=told("unplaced"), about_dates=told("about"),
        undated=told("undated"),
    )


def _by_layer(told: pa.Table, leaders: tuple[str, ...], name: str) -> Counter[str]:
    numbers: Counter[str] = Counter()
    for leader, number in zip(told["leader"].to_pylist(), told[name].to_pylist(), strict=True):
        numbers[leader if leader in leaders else OTHERS] += number
    return numbers


def _beside(asked: _Asked, found: Selection) -> Beside | None:
    """What rows add to the histogram, in steps that fit the days of rows and incidents together."""
    days = [each.date for each in found.incidents if each.date]
    firsts = [*_known(asked.all_days["first_day"]), *(each.start for each in days)]
    lasts = [*_known(asked.all_days["last_day"]), *(each.end for each in days)]
    if not firsts:
        return None
    step = fitting_step(min(firsts), max(lasts))
    told = histogram_by_layer(asked.rows, asked.screen.query, step, asked.layers)
    counts = zip(*(told[name].to_pylist() for name in ("layer", "start", "events")), strict=True)
    return Beside(step, min(firsts), max(lasts), tuple((layer or OTHERS, start, number) for layer, start, number in counts))


def _known(days: pa.ChunkedArray) -> list[date]:
    return [day for day in days.to_pylist() if day is not None]


def _whole(asked: _Asked) -> Viewport:
    """The view of a map that shows all rows."""
    return viewport_of(queries.row_bounds(asked.rows, IncidentQuery()) or _WORLD)


def _shared(one: BBox | None, other: BBox) -> BBox:
    """What lies in both boxes; the far corner of the first one where nothing does."""
    if one is None:
        return other
    west, south = max(one[0], other[0]), max(one[1], other[1])
    return west, south, max(west, min(one[2], other[2])), max(south, min(one[3], other[3]))
