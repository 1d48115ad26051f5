"""What the map counts instead of drawing it, or beside what it draws: cells, rows of tables, what a limit hides."""

from collections.abc import Mapping
from dataclasses import dataclass

from incidentmap.maps.over_time import Beside
from incidentmap.model import Total


@dataclass(frozen=True, slots=True)
class Bin:
    """A cell of the map in which incidents are counted instead of drawn.

    Parameters
    ----------
    cell
        Its H3 index, in hexadecimal.
    lon, lat, corners
        Its middle and its outline (longitude, latitude; WGS 84), open: the first corner is not said again.
    count
        How many incidents of the window lie in it, of all layers switched on.
    by_layer
        The same by id of the layer, the most first.
    """

    cell: str
    lon: float
    lat: float
    corners: tuple[tuple[float, float], ...]
    count: int
    by_layer: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class AreaCount:
    """How many rows one area, or one square, has by id of the layer, and what victims they tell of, where these are asked for.

    Parameters
    ----------
    area
        Id of the unit; empty for the one that was drawn; column and row of a square, as `12:7`.
    """

    area: str
    by_layer: tuple[tuple[str, int], ...]
    total: Total | None = None


@dataclass(frozen=True, slots=True)
class CountedAreas:
    """Rows counted by area or square instead of being drawn.

    Parameters
    ----------
    coarser, elsewhere
        Rows with a place that are in none: known less finely, or where there is no unit.
    size
        Of squares, in degrees.
    """

    areas: tuple[AreaCount, ...]
    coarser: int
    elsewhere: int = 0
    size: float | None = None


@dataclass(frozen=True, slots=True)
class Many:
    """Too many incidents to draw one by one: how many are in view, and how many would still be drawn."""

    in_view: int
    limit: int


@dataclass(frozen=True, slots=True)
class PrecisionLimit:
    """How exactly places must be known.

    Parameters
    ----------
    worst
        1-3, as :attr:`incidentmap.model.IncidentQuery.worst_precision`; None lets everything through.
    hidden
        How many incidents, of every day and layer, pass all other filters and not this one.
    """

    worst: int | None = None
    hidden: int = 0


NO_LIMIT = PrecisionLimit()


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
class TableRows:
    """What imported rows add to a view. Those that are drawn one by one are among its incidents, as `imported`.

    Parameters
    ----------
    leaders
        The actors that have a layer, of incidents and rows together; see :func:`incidentmap.maps.actor_layers.leaders_of`.
    layers, in_window
        How many rows each layer has, by its id, of every day and of the window.
    counts
        Of the rows shown: in the window, of layers switched on. `total` is of all rows.
    totals
        Of the same rows.
    beside
        What they add to the histogram, None if none is dated.
    """

    leaders: tuple[str, ...]
    layers: Mapping[str, int]
    in_window: Mapping[str, int]
    counts: Counts
    totals: tuple[Total, ...]
    beside: Beside | None = None
    bins: tuple[Bin, ...] = ()
    many: Many | None = None
    counted: CountedAreas | None = None
