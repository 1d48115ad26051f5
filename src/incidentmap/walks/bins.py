"""Rows that are too many to be drawn one by one, counted by cell and layer."""

from collections import Counter, defaultdict
from collections.abc import Iterable

import pyarrow as pa

from incidentmap.maps import OTHERS, Bin, leaders_of, leading_actor
from incidentmap.model import Incident, IncidentQuery, LayerRole
from incidentmap.registry import actors
from incidentmap.store.events import queries
from incidentmap.store.events.asked import Asks
from incidentmap.store.events.layers import Layers
from incidentmap.store.events.outline import cell


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
