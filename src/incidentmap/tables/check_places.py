"""Countries and points of a batch: read, and held against each other once for each distinct point."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from incidentmap.tables.cells_read import Cells, given
from incidentmap.tables.country_codes import CountryCodes, country_reader
from incidentmap.tables.distinct import distinct
from incidentmap.tables.figures_in import read_degrees, read_point
from incidentmap.tables.ground import Ground, Points
from incidentmap.tables.verdicts import Flags, Notebook

Words = NDArray[np.object_]
_MOST_LON, _MOST_LAT = 180, 90


def check_countries(cells: Cells, codes: CountryCodes, notebook: Notebook) -> pa.Array | None:
    """ISO codes of the country columns, the first that is known row by row; noted are those that none knows."""
    if "country" not in cells:
        return None
    read, found = country_reader(codes), pa.nulls(notebook.rows, pa.string())
    for place in cells.fields["country"]:
        column = cells.at(place)
        if codes is CountryCodes.ISO and _two_letters(cells.table.column(place)):
            column = pc.ascii_trim_whitespace(cells.table.column(place))  # there NA is Namibia
        found = pc.coalesce(found, distinct(column, read, None).text(lambda code: code))
        if not found.null_count:
            break
    notebook.add("country_unknown", given(cells.column("country")) & ~given(found), cells.name("country"), cells.raw("country"))
    return found


def _two_letters(column: pa.Array) -> bool:
    """Whether NA in this column is a country: all of its cells are two letters, and some another country."""
    values = [text.strip() for text in column.unique().to_pylist() if text and text.strip()]
    return len(values) > 1 and all(len(text) == 2 for text in values)


@dataclass(frozen=True, slots=True)
class _Degrees:
    """Longitudes and latitudes (NaN where none was read) and the columns that they are from."""

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    field: str
    raw: pa.Array


def check_points(cells: Cells, country: pa.Array | None, ground: Ground, notebook: Notebook) -> dict[str, pa.Array]:
    """Longitude, latitude and who located the row; noted are points that are missing or cannot be where the row says."""
    degrees = _degrees(cells, notebook)
    if degrees is None:
        notebook.add("coordinate_missing", ~notebook.refused)
        return {}
    lon, lat, name, raw = degrees.lon, degrees.lat, cells.name(degrees.field), degrees.raw
    no_lon, no_lat = np.isnan(lon), np.isnan(lat)
    notebook.add("coordinate_missing", no_lon & no_lat & ~notebook.refused)
    notebook.add("coordinate_half", (no_lon ^ no_lat) & ~notebook.refused, name, raw)
    whole = ~no_lon & ~no_lat
    zero = whole & (lon == 0) & (lat == 0)
    notebook.add("coordinate_zero", zero, name, raw)
    wide = whole & ((np.abs(lon) > _MOST_LON) | (np.abs(lat) > _MOST_LAT))
    turned = _turned(ground, degrees, country, wide)
    notebook.add("coordinate_swapped", turned, name, raw)
    notebook.add("coordinate_range", wide & ~turned, name, raw)
    sound = whole & ~zero & ~wide
    notebook.unheld = int((sound & ~_held(ground, country, notebook.rows)).sum())
    for rule, found, notes in _held_against(ground, degrees, country, sound):
        notebook.add(rule, found, name, raw, notes)
    given_by = pc.if_else(pa.array(sound), pa.scalar("given"), pa.scalar(None, pa.string()))
    return {"lon": pa.array(lon, mask=~sound), "lat": pa.array(lat, mask=~sound), "located": given_by}


def _degrees(cells: Cells, notebook: Notebook) -> _Degrees | None:
    if "lon" in cells and "lat" in cells:
        lon, lat = (_numbers(cells, field, notebook) for field in ("lon", "lat"))
        raw = pc.binary_join_element_wise(*(pc.fill_null(cells.raw(field), "") for field in ("lat", "lon")), " ; ")
        return _Degrees(lon, lat, "lat", raw)
    if "point" not in cells:
        return None
    column = cells.column("point")
    read = distinct(column, read_point, None)
    lon = read.spread(lambda point: np.nan if point is None else point[0], float)
    lat = read.spread(lambda point: np.nan if point is None else point[1], float)
    notebook.add("coordinate_unreadable", np.isnan(lon) & given(column), cells.name("point"), column)
    return _Degrees(lon, lat, "point", cells.raw("point"))


def _numbers(cells: Cells, field: str, notebook: Notebook) -> NDArray[np.float64]:
    column = cells.column(field)
    try:
        values: NDArray[np.float64] = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        read = distinct(column, read_degrees, None)
        values = read.spread(lambda value: np.nan if value is None else value, float)
    values = np.where(np.isfinite(values), values, np.nan)
    notebook.add("coordinate_unreadable", np.isnan(values) & given(column), cells.name(field), column)
    return values


def _turned(ground: Ground, degrees: _Degrees, country: pa.Array | None, wide: Flags) -> Flags:
    """Which points off the globe are on it with the two numbers swapped, and then not outside their country."""
    turned = wide & (np.abs(degrees.lat) <= _MOST_LON) & (np.abs(degrees.lon) <= _MOST_LAT)
    held = turned & _held(ground, country, len(wide))
    if held.any() and country is not None:
        codes = country.to_numpy(zero_copy_only=False)
        for code in sorted(set(codes[held])):
            own = np.flatnonzero(held & (codes == code))
            turned[own] = ground.inside(code, np.column_stack((degrees.lat[own], degrees.lon[own])))
    return turned


def _held(ground: Ground, country: pa.Array | None, rows: int) -> Flags:
    """Whether the row's country is one against which points can be held."""
    if country is None:
        return np.zeros(rows, bool)
    held: Flags = distinct(country, lambda code: code in ground.whole, nothing=False).spread(bool, bool)
    return held


def _held_against(
    ground: Ground, degrees: _Degrees, country: pa.Array | None, sound: Flags,
) -> Iterator[tuple[str, Flags, pa.Array]]:
    """Points held against the country that their rows name, then against land and sea: rule, rows, what to say beside it."""
    rows = np.flatnonzero(sound)
    if not len(rows) or not ground.countries:
        return
    codes = distinct(country, str, None) if country is not None else None
    numbers = codes.at[rows] if codes else np.zeros(len(rows), np.int64)
    known = codes.values if codes else (None,)
    keys, back = _distinct_points(degrees.lon[rows], degrees.lat[rows], numbers)
    rules, notes = _verdicts(ground, keys[:, :2], [known[int(number)] for number in keys[:, 2]])
    for rule in sorted({rule for rule in rules if rule}):
        found = np.zeros(len(sound), bool)
        found[rows[(rules == rule)[back]]] = True
        said = np.full(len(sound), "", object)
        said[rows] = notes[back]
        yield rule, found, pa.array(said, pa.string())


def _distinct_points(
    lon: NDArray[np.float64], lat: NDArray[np.float64], numbers: NDArray[np.int64],
) -> tuple[Points, NDArray[np.int64]]:
    """Distinct rows of (lon, lat, number), and for each row which of them it is."""
    order = np.lexsort((numbers, lat, lon))
    keys = np.column_stack((lon, lat, numbers))[order]
    fresh = np.concatenate(([True], (keys[1:] != keys[:-1]).any(axis=1)))
    back = np.empty(len(lon), np.int64)
    back[order] = np.cumsum(fresh) - 1
    return keys[fresh].astype(np.float64), back


def _verdicts(ground: Ground, points: Points, codes: list[str | None]) -> tuple[Words, Words]:
    """For each point the rule that it goes against ("" for none), and what to say beside it."""
    rules, notes = _nothing(len(points)), _nothing(len(points))
    named = np.array([code if code in ground.whole else "" for code in codes], object)
    for code in {each for each in named if each}:
        own = np.flatnonzero(named == code)
        astray = own[~ground.inside(code, points[own])]
        rules[astray], notes[astray] = _astray(ground, points[astray], code)
    open_rows = np.flatnonzero(rules == "")
    sea = open_rows[ground.at_sea(points[open_rows])]
    rules[sea] = "coordinate_at_sea"
    unheld = np.array([bool(code) and code not in ground.whole for code in codes], bool) & (rules == "")
    for at, found in zip(np.flatnonzero(unheld), ground.country(points[unheld]), strict=True):
        if found and found != codes[at]:
            rules[at], notes[at] = "coordinate_other_country", found
    return rules, notes


def _astray(ground: Ground, points: Points, code: str) -> tuple[Words, Words]:
    """Points outside their country: far off, but inside with the two numbers swapped or another sign; or simply outside."""
    lon, lat = points[:, 0], points[:, 1]
    rules, notes = _nothing(len(points)), _nothing(len(points))
    ways = (("coordinate_swapped", lat, lon), ("coordinate_sign", -lon, lat), ("coordinate_sign", lon, -lat),
            ("coordinate_sign", -lon, -lat))
    far = ~ground.beside(code, points)
    for rule, other_lon, other_lat in ways:
        hits = far & (rules == "") & (np.abs(other_lat) <= _MOST_LAT)
        hits &= ground.inside(code, np.column_stack((other_lon, other_lat)))
        rules[hits] = rule
        notes[hits] = [f"{y:g} ; {x:g}" for x, y in zip(other_lon[hits], other_lat[hits], strict=True)]
    rest = np.flatnonzero(rules == "")
    rules[rest] = np.where(ground.at_sea(points[rest]), "coordinate_at_sea", "coordinate_other_country")
    notes[rest] = [found or "?" for found in ground.country(points[rest])]
    return rules, notes


def _nothing(size: int) -> Words:
    return np.full(size, "", object)
