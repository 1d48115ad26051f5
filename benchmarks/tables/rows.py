"""Made-up event rows of any number, as a source of conflict data would have them: nothing in them happened.

5,000 places in 60 clusters, so skewed that a tenth of them has most of the events; 20 years, the later ones with more; 400
actors of which a few are in most of the events; one day in seven is known to the month only. The same seed and number give the
same rows. They are made year by year in slices, so that memory does not grow with their number.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import h3
import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
from numpy.typing import NDArray

from incidentmap.tables.schema import EVENT_SCHEMA

PLACES, ACTORS, YEARS, FIRST_YEAR = 5_000, 400, 20, 2006
TYPES = (
    "Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots", "Strategic developments",
)
_TYPE_SHARES = (0.27, 0.24, 0.21, 0.13, 0.06, 0.09)
_SLICE, _ROW_GROUP = 122_880, 61_440
_CLUSTERS = 60
_COUNTRIES = ("ML", "BF", "NE", "NG", "TD", "SD", "SO", "CD", "SY", "IQ", "YE", "AF", "UA", "CO", "MM")
_SYLLABLES = ("ba", "ko", "ma", "ti", "dou", "gou", "san", "ké", "ra", "fa", "ni", "dji", "wa", "lé", "bou", "tom")
_POINT = np.dtype([("order", "u1"), ("kind", "<u4"), ("lon", "<f8"), ("lat", "<f8")])
"""A point in WKB."""
_GEO = (
    b'{"version":"1.1.0","primary_column":"geometry","columns":{"geometry":{"encoding":"WKB","geometry_types":["Point"]}}}'
)
_CSV = (
    "source_id", "date_start", "event_type", "actor1", "actor2", "country", "admin1", "admin2", "place", "lat", "lon",
    "geo_precision", "killed_low", "killed_best", "killed_high", "sources", "notes",
)


@dataclass(frozen=True)
class Ground:
    """The made-up places, one item a place in each column, in the order of their cells."""

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    cell: NDArray[np.uint64]
    weight: NDArray[np.float64]
    name: NDArray[np.object_]
    country: NDArray[np.object_]
    admin1: NDArray[np.object_]
    admin2: NDArray[np.object_]

    def table(self) -> pa.Table:
        """As the store keeps its places."""
        return pa.table({
            "place_key": pa.array(np.arange(PLACES), pa.int64()), "lon": self.lon, "lat": self.lat,
            "h3": pa.array(self.cell, pa.uint64()), "place": self.name, "country": self.country, "admin1": self.admin1,
            "admin2": self.admin2,
        })


@dataclass(frozen=True)
class Sides:
    """The made-up actors, and in how many events each of them is."""

    names: NDArray[np.object_]
    shares: NDArray[np.float64]


def ground(seed: int = 5) -> Ground:
    """The places; equal for equal seeds."""
    random = np.random.default_rng(seed)
    cluster = random.integers(0, _CLUSTERS, PLACES)
    lon = np.round((random.uniform(-15, 60, _CLUSTERS))[cluster] + random.normal(0, 1.6, PLACES), 4)
    lat = np.round((random.uniform(-5, 38, _CLUSTERS))[cluster] + random.normal(0, 1.2, PLACES), 4)
    cell = np.array([h3.str_to_int(h3.latlng_to_cell(y, x, 7)) for x, y in zip(lon, lat, strict=True)], np.uint64)
    weight = 1 / (random.permutation(PLACES) + 8.0) ** 0.9
    by_cell = np.argsort(cell, kind="stable")
    cluster = cluster[by_cell]
    name = np.array([_name(random) for _ in range(PLACES)], object)
    cercle = [f"Cercle {each}-{which}" for each, which in zip(cluster, random.integers(0, 8, PLACES), strict=True)]
    return Ground(
        lon[by_cell], lat[by_cell], cell[by_cell], weight / weight.sum(), name,
        np.array(_COUNTRIES, object)[cluster % len(_COUNTRIES)],
        np.array([f"Region {number}" for number in cluster], object),
        np.array(cercle, object),
    )


def slices(rows: int, seed: int = 5) -> Iterator[tuple[int, pa.Table]]:
    """Tables of at most 122,880 rows with the columns of the schema, sorted by year and cell, each with its year."""
    random, where = np.random.default_rng(seed + 1), ground(seed)
    kinds = ("Front", "Militia", "Forces", "Group")
    actors = np.array([f"{_name(random)} {kind}" for kind in kinds for _ in range(ACTORS // len(kinds))], object)
    shares = 1 / (np.arange(ACTORS) + 3.0)
    sides = Sides(actors, shares / shares.sum())
    growth = np.linspace(1, 3, YEARS)
    ends = np.round(np.cumsum(growth) / growth.sum() * rows).astype(int)
    first = 0
    for year, end in zip(range(FIRST_YEAR, FIRST_YEAR + YEARS), ends, strict=True):
        places = np.sort(random.choice(PLACES, end - first, p=where.weight))
        for begin in range(0, len(places), _SLICE):
            part = places[begin : begin + _SLICE]
            yield year, _table(random, where, sides, (year, first + begin), part)
        first = int(end)


def write_parts(folder: Path, rows: int) -> tuple[tuple[Path, ...], Path]:
    """GeoParquet parts, one a year, and the table of places: their paths. What is there already is kept."""
    places, done = folder / "places.parquet", folder / "done"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        pq.write_table(ground().table(), places)
        _write_years(folder, rows)
        done.touch()
    return tuple(sorted(folder.glob("part-*.parquet"))), places


def write_csv(path: Path, rows: int) -> None:
    """The same rows as a user's sheet has them."""
    schema = pa.schema([EVENT_SCHEMA.field(name) for name in _CSV])
    with pa_csv.CSVWriter(path, schema) as writer:
        for _, table in slices(rows):
            writer.write_table(table.select(_CSV).cast(schema))


def _write_years(folder: Path, rows: int) -> None:
    for year, tables in groupby(slices(rows), key=itemgetter(0)):
        schema = EVENT_SCHEMA.append(pa.field("geometry", pa.binary()))
        schema = schema.with_metadata({**EVENT_SCHEMA.metadata, b"geo": _GEO})
        with pq.ParquetWriter(folder / f"part-{year}.parquet", schema, compression="zstd") as writer:
            for _, table in tables:
                writer.write_table(table.append_column("geometry", _points(table)).cast(schema), row_group_size=_ROW_GROUP)


def _table(
    random: np.random.Generator, where: Ground, who: Sides, begin: tuple[int, int], places: NDArray[np.int64],
) -> pa.Table:
    count, (year, first) = len(places), begin
    number = first + np.arange(count)
    day = np.datetime64(f"{year}-01-01") + random.integers(0, 365, count)
    vague = random.random(count) < 1 / 7
    month = day.astype("datetime64[M]")
    start = np.where(vague, month.astype("datetime64[D]"), day)
    end = np.where(vague, (month + 1).astype("datetime64[D]") - 1, day)
    best = np.minimum(random.geometric(0.35, count) - 1, 400).astype(np.int32)
    low, high = best - random.binomial(best, 0.2), best + random.poisson(0.6, count)
    unknown = random.random(count) < 0.3
    sides = who.names[random.choice(ACTORS, (2, count), p=who.shares)]
    alone = random.random(count) < 0.25
    columns = {
        "event_id": [f"made:{each}" for each in number], "source": pa.repeat("made", count),
        "source_id": [str(each) for each in number], "file_row": number + 1, "date_start": start, "date_end": end,
        "date_precision": np.where(vague, "month", "day"), "event_type": random.choice(TYPES, count, p=_TYPE_SHARES),
        "country": where.country[places], "admin1": where.admin1[places], "admin2": where.admin2[places],
        "place": where.name[places], "lon": where.lon[places], "lat": where.lat[places],
        "geo_precision": random.choice(3, count, p=(0.6, 0.3, 0.1)) + 1, "located": pa.repeat("given", count),
        "actor1": sides[0], "actor1_id": sides[0], "actor2": pa.array(sides[1], mask=alone),
        "actor2_id": pa.array(sides[1], mask=alone), "side_roles": pa.repeat("unordered", count),
        "killed_low": pa.array(low, mask=unknown), "killed_best": pa.array(best, mask=unknown),
        "killed_high": pa.array(high, mask=unknown),
        "notes": _notes(random, sides, where.name[places], number), "sources": [f"Radio {each % 97}" for each in number],
        "snapshot": pa.repeat(1, count), "place_key": places, "h3": where.cell[places],
        "warnings": pa.ListArray.from_arrays(pa.array(np.zeros(count + 1), pa.int32()), pa.array([], pa.string())),
    }
    arrays = [
        _array(columns[field.name]).cast(field.type) if field.name in columns else pa.nulls(count, field.type)
        for field in EVENT_SCHEMA
    ]
    return pa.Table.from_arrays(arrays, schema=EVENT_SCHEMA)


def _notes(
    random: np.random.Generator, sides: NDArray[np.object_], places: NDArray[np.object_], number: NDArray[np.int64],
) -> list[str]:
    hours = random.integers(0, 24, len(number))
    return [
        f"Made-up event {each}: men of {one} and of {two} are said to have met near {place} about {hour} h; it did not happen."
        for one, two, place, hour, each in zip(*sides, places, hours, number, strict=True)
    ]


def _points(table: pa.Table) -> pa.Array:
    points = np.empty(len(table), _POINT)
    points["order"], points["kind"] = 1, 1
    points["lon"], points["lat"] = table["lon"].to_numpy(), table["lat"].to_numpy()
    return pa.array(points.view("V21"), pa.binary(21)).cast(pa.binary())


def _array(values: object) -> pa.Array:
    return values if isinstance(values, pa.Array) else pa.array(values)


def _name(random: np.random.Generator) -> str:
    return "".join(random.choice(_SYLLABLES, random.integers(2, 5))).capitalize()
