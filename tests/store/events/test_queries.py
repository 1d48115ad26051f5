"""Every question has the same answer from the cache, from the parts, and from pandas."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import h3
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store.events import plain_answers as plain

from incidentmap.model import ALL_SOURCES, AREAS, BadValue, IncidentQuery, LayerRole, RuleKind, Shows, Status, Step, TotalRule
from incidentmap.store.events import queries
from incidentmap.store.events.asked import Asks, Question
from incidentmap.store.events.cache import EventFiles, EventReader, open_cached, open_parts
from incidentmap.store.events.casualties import row_totals
from incidentmap.store.events.histogram import histogram, histogram_by_layer
from incidentmap.store.events.layers import EVERY, Layers, facts
from incidentmap.store.events.searched import PLAIN, searched_sql
from incidentmap.store.events.units import area_totals, by_area, by_square
from incidentmap.store.fold import fold_text
from incidentmap.tables.schema import EVENT_SCHEMA, event_rows

_PLACES = (
    ("Niafunké", "Tombouctou", -3.9906, 15.9322), ("Ménaka", "Ménaka", 2.4022, 15.9182), ("Straße 9", None, 13.4, 52.5),
    ("Saint-Éloi", "Kidal", 0.0, 18.44), ("Pôle", "Kidal", 179.9, -89.9),
)
_UNITS: dict[str, list[str | None]] = {
    "admin1": ["ML/tombouctou", "ML/menaka", None, "ML/kidal", "ML/kidal"],
    "admin2": ["ML/tombouctou/niafunke", None, None, "ML/kidal/kidal", "ML/kidal/abeibara"],
}
_NAMES = st.sampled_from([None, "JNIM", "Forces armées", "Militia of Ménaka", "北軍"])
_IDS = st.sampled_from([None, None, "jnim", "fama"])
_CAST = ("killed", "civilians_killed", "wounded")
_FIGURE = st.none() | st.integers(0, 40)
_DAY = st.dates(date(2019, 11, 20), date(2021, 2, 10))


def _is_area(corners: tuple[tuple[float, float], ...]) -> bool:
    return len(set(corners)) == len(corners)


@st.composite
def _row(draw: st.DrawFn) -> dict[str, object]:
    start = draw(st.none() | _DAY)
    end = start + timedelta(draw(st.sampled_from([0, 0, 0, 1, 6, 30, 400]))) if start else None
    key = draw(st.none() | st.integers(0, len(_PLACES) - 1))
    place, admin1, lon, lat = _PLACES[key] if key is not None else (draw(st.sampled_from([None, "Nowhere"])), None, None, None)
    figures = {f"{each}_{bound}": draw(_FIGURE) for each in _CAST for bound in plain.BOUNDS}
    cell = h3.str_to_int(h3.latlng_to_cell(lat, lon, 7)) if lon is not None else None
    return {
        "date_start": start, "date_end": end, "date_precision": draw(st.sampled_from(["day", "month"])) if start else None,
        "place": place, "admin1": admin1, "lon": lon, "lat": lat, "place_key": key,
        "h3": cell, "event_type": draw(st.sampled_from([None, "Battles", "Protests"])),
        "country": draw(st.sampled_from([None, "ML", "NE"])), "geo_precision": draw(st.sampled_from([None, 1, 2, 3])),
        "where_prec": draw(st.sampled_from([None, 1, 2, 3, 4, 5, 7])),
        "radius_km": draw(st.sampled_from([None, None, 3.0, 60.0])), "source": draw(st.sampled_from(["made", "ucdp"])),
        "actor1": draw(_NAMES), "actor2": draw(_NAMES), "actor1_id": draw(_IDS), "actor2_id": draw(_IDS),
        "side_roles": draw(st.sampled_from([None, "unordered", "actor1 acts on actor2"])),
        "notes": draw(st.none() | st.sampled_from(["Une  attaque\tPRÈS du marché", "a ﬁght", "x"])), **figures,
    }


_ROWS = st.lists(_row(), max_size=25)
_CORNER = st.tuples(st.sampled_from(range(-180, 181, 10)).map(float), st.sampled_from(range(-90, 91, 10)).map(float))
_SAHEL = ((-12.0, 10.0), (5.0, 10.0), (5.0, 15.93), (-3.9906, 15.9322), (-12.0, 25.0))
_QUERY = st.builds(
    IncidentQuery,
    start=st.sampled_from([None, None, date(2019, 12, 15), date(2020, 1, 1)]),
    end=st.sampled_from([None, None, date(2020, 6, 30), date(2020, 7, 3)]),
    actors=st.sampled_from([(), (), ("jnim",), ("fama", "JNIM"), ("nobody",)]),
    not_actors=st.sampled_from([(), (), ("jnim",), ("fama", "北軍"), ("nobody",)]),
    event_types=st.sampled_from([(), (), ("Battles",), ("Battles", "Protests")]),
    region=st.sampled_from([None, None, "west", "east"]),
    bbox=st.sampled_from([None, None, (-10.0, 10.0, 5.0, 20.0), (0.0, 0.0, 180.0, 90.0)]),
    area=st.sampled_from([(), (), _SAHEL]) | st.lists(_CORNER, min_size=3, max_size=9).map(tuple).filter(_is_area),
    worst_precision=st.sampled_from([None, None, 1, 2]),
    sources=st.sampled_from([(), (), ("made",), ("ucdp", "reports"), ("reports",)]),
    text=st.sampled_from(["", "", "MENAKA", "menaka militia", "strasse", "fight", "une attaque", "北"]),
    statuses=st.sampled_from([IncidentQuery().statuses, (), tuple(Status), (Status.IMPORTED,), (Status.CONFIRMED,)]),
)
_RULES = (ALL_SOURCES, TotalRule(RuleKind.LOWEST), TotalRule(RuleKind.SOURCE, "ucdp"), TotalRule(RuleKind.SOURCE, "made:2"))
_THOROUGH = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _inside(region: str, lon: np.ndarray, _lat: np.ndarray) -> np.ndarray:
    west, east = plain.REGIONS[region]
    return (lon >= west) & (lon < east)


def _written(folder: Path, rows: list[dict[str, object]]) -> EventFiles:
    count = len(rows)
    always = {
        "event_id": [f"made:{number}" for number in range(count)],
        "source": [row.get("source", "made") for row in rows],
        "source_id": [str(number) for number in range(count)], "file_row": list(range(1, count + 1)), "snapshot": [1] * count,
    }
    columns = {**{name: [row[name] for row in rows] for name in (rows[0] if rows else {})}, **always}
    table = pa.Table.from_batches([event_rows({name: pa.array(values, EVENT_SCHEMA.field(name).type) for name, values in
                                               columns.items()}, count)])
    half = count // 2
    paths = (folder / "part-1.parquet", folder / "part-2.parquet")
    pq.write_table(table.slice(0, half), paths[0])
    pq.write_table(table.slice(half), paths[1])
    keys = list(range(len(_PLACES)))
    places = {"place_key": keys, "place": [each[0] for each in _PLACES], "lon": [each[2] for each in _PLACES],
              "lat": [each[3] for each in _PLACES], **{f"unit_{level}": ids for level, ids in _UNITS.items()}}
    pq.write_table(pa.table(places), folder / "places.parquet")
    return EventFiles(1, paths, folder / "places.parquet")


def _both(folder: Path, files: EventFiles) -> Iterator[EventReader]:
    for reader in (open_cached(files, folder / "cache", inside=_inside), open_parts(files, inside=_inside)):
        yield reader
        reader.close()


def _frame(files: EventFiles) -> pd.DataFrame:
    rows = pa.concat_tables([pq.read_table(path) for path in files.paths]).to_pylist()
    return pd.DataFrame(rows, columns=EVENT_SCHEMA.names, dtype=object).astype(object).where(lambda frame: frame.notna(), None)


def _pairs(table: pa.Table, *keys: str) -> dict[object, int]:
    columns = [table[key].to_pylist() for key in keys]
    told = columns[0] if len(keys) == 1 else list(zip(*columns, strict=True))
    assert len(set(told)) == len(told)
    return dict(zip(told, table["events"].to_pylist(), strict=True))


@_THOROUGH
@given(rows=_ROWS, query=_QUERY, step=st.sampled_from(Step), order=st.sampled_from(queries.Order), resolution=st.integers(0, 7))
def test_same_numbers_whatever_the_path(  # noqa: PLR0917 - hypothesis gives them
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, object]], query: IncidentQuery, step: Step,
    order: queries.Order, resolution: int,
) -> None:
    folder = tmp_path_factory.mktemp("events")
    files = _written(folder, rows)
    asked = plain.selected(_frame(files), query)
    pointed = asked[asked["lon"].notna()]
    for events in _both(folder, files):
        assert queries.count(events, query) == len(asked)
        _check_lists(events, query, order, asked, pointed)
        _check_groups(events, query, resolution, asked)
        for by_actor in (False, True):
            told = histogram(events, query, step, by_actor=by_actor)
            counted = _pairs(told, "actor", "start") if by_actor else {
                (None, day): number for day, number in _pairs(told, "start").items()
            }
            groups = plain.actors_of if by_actor else lambda _: {None}
            assert counted == plain.steps_touched(asked, query, step, groups)
            assert told.equals(told.sort_by([(name, "ascending") for name in told.column_names[:-1]]))
        for rule in _RULES:
            assert row_totals(events, query, rule) == plain.victims_summed(asked, rule)


@_THOROUGH
@given(
    rows=_ROWS, query=_QUERY, step=st.sampled_from(Step), resolution=st.integers(0, 7), order=st.sampled_from(queries.Order),
    layers=st.builds(
        Layers, st.sampled_from([(), ("jnim",), ("fama", "jnim", "北軍"), ("made", "fama")]),
        st.frozensets(st.sampled_from(["", "fama", "jnim", "made"])), role=st.sampled_from(LayerRole),
    ),
)
def test_layers_add_up_to_what_the_query_asks_for(  # noqa: PLR0917 - hypothesis gives them
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, object]], query: IncidentQuery, step: Step, resolution: int,
    order: queries.Order, layers: Layers,
) -> None:
    folder = tmp_path_factory.mktemp("events")
    files = _written(folder, rows)
    asked = plain.selected(_frame(files), query)
    layer = [plain.layer_of(row, layers) for row in asked.to_dict("records")]
    for events in _both(folder, files):
        told = histogram_by_layer(events, query, step, layers)
        assert _pairs(told, "layer", "start") == plain.steps_touched(
            asked, query, step, lambda row: [plain.layer_of(row, layers)])
        cells = asked.assign(layer=layer)[asked["h3"].notna()]
        assert _pairs(queries.hexagons_by_layer(events, query, resolution, layers), "cell", "layer") == Counter(
            (cell, row_layer) for row_layer, part in cells.groupby("layer") for cell, count in
            plain.parents(part, resolution).items() for _ in range(count))
        shown = asked[[each not in layers.hidden for each in layer]] if len(asked) else asked
        assert queries.count(events, query, layers) == len(shown)
        assert row_totals(events, query, ALL_SOURCES, layers) == plain.victims_summed(shown, ALL_SOURCES)
        page = queries.page(events, query, first=1, size=4, order=order, layers=layers)
        assert page.rows["event_id"].to_pylist() == plain.ranked(shown, order)[1:5]
        for place, row in enumerate(page.rows.to_pylist(), 1):
            assert queries.ranked_before(events, query, order, _key(row, order), layers) == place
        assert facts(events, query, "west", layers.role).to_pylist() == _facts(asked, layers.role)
        for what in AREAS:
            _check_areas(events, query, what, layers, asked)
        for size in (0.5, 2.5):
            _check_squares(events, query, size, layers, asked)


def _check_areas(events: Asks, query: IncidentQuery, what: Shows, layers: Layers, asked: pd.DataFrame) -> None:
    """Each row with a place is in an area, known less finely, or where there is no unit; totals are of what is switched on."""
    told, shown = by_area(events, query, what, layers), lambda row: plain.layer_of(row, layers) not in layers.hidden
    rows = [row for row in asked.to_dict("records") if row["lon"] is not None]
    fine = [row for row in rows if plain.level_of(row) >= AREAS[what]]
    held = {row["event_id"]: "" if what is Shows.DRAWN else _UNITS[what][row["place_key"]] for row in fine}
    inside = [row for row in fine if held[row["event_id"]] is not None]
    numbers = Counter((held[row["event_id"]], plain.layer_of(row, layers)) for row in inside)
    assert {(area, layer): number for area, counts in told.areas.items() for layer, number in counts.items()} == numbers
    assert told.coarser == sum(map(shown, rows)) - sum(map(shown, fine))
    assert told.elsewhere == sum(map(shown, fine)) - sum(map(shown, inside))
    by_id: dict[str, list[dict[Any, Any]]] = {}
    for row in filter(shown, inside):
        by_id.setdefault(held[row["event_id"]] or "", []).append(row)
    assert area_totals(events, query, ALL_SOURCES, what, layers) == {
        area: (len(own), plain.victims_summed(pd.DataFrame(own, dtype=object), ALL_SOURCES)) for area, own in by_id.items()
    }


def _check_squares(events: Asks, query: IncidentQuery, size: float, layers: Layers, asked: pd.DataFrame) -> None:
    told = by_square(events, query, size, layers)
    rows = [row for row in asked.to_dict("records") if row["lon"] is not None]
    fine = [row for row in rows if plain.known_within(row, size * 111.32)]
    numbers = Counter(
        ((int((row["lon"] + 180) // size), int((row["lat"] + 90) // size)), plain.layer_of(row, layers)) for row in fine
    )
    assert {(square, layer): number for square, counts in told.areas.items() for layer, number in counts.items()} == numbers
    shown = [plain.layer_of(row, layers) not in layers.hidden for row in rows if row not in fine]
    assert told.coarser == sum(shown)


def _key(row: dict[str, Any], order: queries.Order) -> queries.Key:
    killed = next((row[name] for name in ("killed_best", "killed_high", "killed_low") if row[name] is not None), None)
    day, own = row["date_start"], row["event_id"]
    first = {"deadliest": (killed,), "place": (row["place"],)}.get(order, ())
    return (*first, day, own)


def _facts(asked: pd.DataFrame, role: LayerRole) -> list[dict[str, object]]:
    groups: dict[str | None, list[dict[Any, Any]]] = {}
    for row in asked.to_dict("records"):
        groups.setdefault(plain.leader_of(row, role), []).append(row)
    west = plain.REGIONS["west"]
    return [
        {
            "leader": leader, "events": len(rows), "unplaced": sum(row["lon"] is None for row in rows),
            "undated": sum(row["date_start"] is None for row in rows),
            "about": sum(row["date_precision"] not in {None, "day"} for row in rows),
            "first_day": min((row["date_start"] for row in rows if row["date_start"]), default=None),
            "last_day": max((row["date_end"] for row in rows if row["date_end"]), default=None),
            "inside": sum(row["lon"] is not None and west[0] <= row["lon"] < west[1] for row in rows),
        }
        for leader, rows in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0] is None, pair[0] or ""))
    ]


def _check_lists(
    events: Asks, query: IncidentQuery, order: queries.Order, asked: pd.DataFrame, pointed: pd.DataFrame,
) -> None:
    page = queries.page(events, query, first=1, size=4, order=order)
    assert (page.rows["event_id"].to_pylist(), page.total) == (plain.ranked(asked, order)[1:5], len(asked))
    points = queries.points(events, query, limit=5, order=order)
    assert (points.rows["event_id"].to_pylist(), points.total) == (plain.ranked(pointed, order)[:5], len(pointed))
    known = {row["event_id"]: row for row in asked.to_dict("records")}
    for row in page.rows.to_pylist():
        assert {name: known[row["event_id"]][name] for name in row} == row


def _check_groups(
    events: Asks, query: IncidentQuery, resolution: int, asked: pd.DataFrame,
) -> None:
    assert _pairs(queries.hexagons(events, query, resolution), "cell") == plain.parents(asked, resolution)
    told = queries.by_actor(events, query)
    counted = plain.actors_counted(asked)
    assert list(_pairs(told, "actor").items()) == sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    units = Counter(zip(asked["country"], asked["admin1"], strict=True))
    assert _pairs(queries.by_admin(events, query, 1), "country", "admin1") == units
    places = Counter(int(key) for key in asked["place_key"] if key is not None)
    ordered = sorted(places.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
    assert list(_pairs(queries.by_place(events, query, limit=3), "place_key").items()) == ordered


@pytest.mark.parametrize(("ask", "expected"), [
    (lambda events: queries.page(events, IncidentQuery(), size=0), "a size of 1 or more"),
    (lambda events: queries.hexagons(events, IncidentQuery(), 8), "0 to 7"),
    (lambda events: by_square(events, IncidentQuery(), 0, EVERY), "more than 0"),
    (lambda events: queries.by_admin(events, IncidentQuery(), 4), "0 to 3"),
])
def test_what_cannot_be_asked_is_told(tmp_path: Path, ask: object, expected: str) -> None:
    events = open_parts(_written(tmp_path, []))
    with pytest.raises(BadValue, match=expected):
        ask(events)  # type: ignore[operator]
    events.close()


def test_before_the_first_import_nothing_can_be_asked(tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="import one first"):
        open_parts(EventFiles(0, (), tmp_path / "places.parquet"))


@pytest.mark.parametrize(
    ("zoom", "resolution", "degrees"), [(0, 0, 45.0), (6, 3, 0.703125), (8, 5, 0.17578125), (18, 7, 0.000171661376953125)],
)
def test_bins_grow_finer_with_the_zoom(zoom: float, resolution: int, degrees: float) -> None:
    assert (queries.resolution_at(zoom), queries.square_at(zoom)) == (resolution, degrees)


def _folded(events: EventReader, text: str) -> str:
    asked = Question(f"SELECT {searched_sql()} AS folded FROM (SELECT * REPLACE (? AS notes) FROM events)", (text,))  # noqa: S608
    folded: str = events.ask(asked)["folded"][0].as_py()
    return folded


def test_each_plain_letter_is_folded_by_the_one_rule(tmp_path: Path) -> None:
    events = open_parts(_written(tmp_path, [{"place": None}]))
    letters = "".join(map(chr, range(1, 0x3000)))
    matched = events.ask(Question(f"SELECT regexp_extract_all(?, '[{PLAIN}]') AS found", (letters,)))["found"][0].as_py()
    assert len(matched) > 190
    text = " ".join(f"a{letter}b{letter}" for letter in matched)
    assert _folded(events, text) == fold_text(text)
    events.close()


@_THOROUGH
@given(texts=st.lists(st.text(max_size=20) | st.text("aÉ ß\t\n ﬁ’œ", max_size=12), min_size=1, max_size=20))
def test_words_are_folded_by_the_one_rule(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    events = open_parts(_written(tmp_path_factory.mktemp("events"), [{"notes": text.replace("\x00", "")} for text in texts]))
    folded = events.ask(Question("SELECT searched FROM events ORDER BY file_row"))["searched"].to_pylist()
    assert folded == [fold_text(text.replace("\x00", "")) for text in texts]
    events.close()
