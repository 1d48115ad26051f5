"""Rows that are too many to be drawn one by one, counted by cell, square or area, and layer."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import floor

import pyarrow as pa

from incidentmap.maps import OTHERS, AreaCount, Bin, CountedAreas, leaders_of, leading_actor
from incidentmap.model import ClaimField, Incident, IncidentQuery, LayerRole, Measure, Showing, Total, TotalRule
from incidentmap.registry import actors
from incidentmap.store.events import queries
from incidentmap.store.events.asked import Asks
from incidentmap.store.events.layers import Layers
from incidentmap.store.events.outline import cell
from incidentmap.store.events.units import area_totals, by_area, by_square

_COARSEST_GRID, _FINEST_GRID = 2, 9
"""Zooms: closer than the finest, or further away than the coarsest, the squares stay as they are."""


def common_leaders(
    own: Iterable[Incident], all_days: pa.Table, role: LayerRole = LayerRole.ATTACKER,
) -> tuple[str, ...]:
    """The actors that have a layer, of incidents and of rows as :func:`incidentmap.store.events.layers.facts` counts them."""
    counted = zip(all_days["leader"].to_pylist(), all_days["events"].to_pylist(), strict=True)
    by_row = {leader: number for leader, number in counted if leader is not None}
    return leaders_of(Counter(leading_actor(each, role) for each in own), by_row, actors())


def row_bins(rows: Asks, query: IncidentQuery, zoom: float, layers: Layers) -> tuple[Bin, ...]:
    """The cells of a zoom that hold rows of a query."""
    told = queries.hexagons_by_layer(rows, query, queries.resolution_at(zoom), layers)
    counted: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    for index, layer, number in zip(*(told[name].to_pylist() for name in ("cell", "layer", "events")), strict=True):
        counted[index].append((layer or OTHERS, number))
    return tuple(_bin(index, by_layer) for index, by_layer in counted.items())


def _bin(index: int, by_layer: list[tuple[str, int]]) -> Bin:
    where, ranked = cell(index), tuple(sorted(by_layer, key=lambda each: -each[1]))
    return Bin(where.name, where.lon, where.lat, where.corners, sum(number for _, number in ranked), ranked)


def row_squares(rows: Asks, query: IncidentQuery, zoom: float, layers: Layers) -> CountedAreas:
    """The squares of a zoom that hold rows of a query; see :func:`grid_square`."""
    size = grid_square(zoom)
    told = by_square(rows, query, size, layers)
    areas = (AreaCount(f"{column}:{row}", _ranked(counts)) for (column, row), counts in told.areas.items())
    return CountedAreas(tuple(areas), told.coarser, size=size)


def grid_square(zoom: float) -> float:
    """Degrees of the squares of a density: 32 pixels wide at a whole zoom, and never less than some ten kilometres."""
    return queries.square_at(min(_FINEST_GRID, max(_COARSEST_GRID, floor(zoom))))


def row_areas(rows: Asks, query: IncidentQuery, showing: Showing, rule: TotalRule, layers: Layers) -> CountedAreas:
    """The areas that hold rows of a query, with their victims where these are what is shown."""
    told, totals = by_area(rows, query, showing.what, layers), {}
    if showing.measure is not Measure.INCIDENTS:
        field = ClaimField(showing.measure)
        found = area_totals(rows, query, rule, showing.what, layers)
        totals = {area: _of_field(each, field) for area, (_, each) in found.items()}
    areas = (AreaCount(area, _ranked(counts), totals.get(area)) for area, counts in told.areas.items())
    return CountedAreas(tuple(areas), told.coarser, told.elsewhere)


def _of_field(totals: Iterable[Total], field: ClaimField) -> Total:
    return next(each for each in totals if each.field is field)


def _ranked(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    named = ((layer or OTHERS, number) for layer, number in counts.items())
    return tuple(sorted(named, key=lambda each: -each[1]))
