"""Clusters by themselves: what is grouped, what never is, how it is drawn and listed. No map and no server around them."""

from collections.abc import Iterator
from math import hypot
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from incidentmap.maps import STATIC

HOSTILE = '<img src=x onerror="window.caught=1">'
REACH = 40
LEAST = 4
"""Of exact and near ones; an area has its sign from the first incident on, an axis from the second."""
FEWEST = {"exact": LEAST, "near": LEAST, "area": 1, "line": 2}
JNIM, FAMA = "#cc79a7", "#0072b2"
BUILD = """
const SHAPES = {area: {type: "Polygon"}, line: {type: "MultiLineString"}};
window.made = (rows) => rows.map((row, i) => ({
  id: "i" + i, i: 0, baseX: row.x, baseY: row.y, x: row.x, y: row.y, spot: row.x + ":" + row.y,
  shape: SHAPES[row.kind] || null, aboutPlace: row.kind === "near", contested: Boolean(row.contested), weight: 1,
  place: row.place || "", layer: {data: {id: row.actor, path: "M-5 -5L5 -5L5 5Z", colour: row.colour || "#000000",
                 start: [row.day === undefined ? null : row.day],
                 cards: [{title: row.title || "", date: ""}]}},
}));
window.told = (parts) => ({
  single: parts.single.map((mark) => mark.id),
  clusters: parts.clusters.map((each) => ({
    x: each.x, y: each.y, precision: each.precision, spots: each.spots, contested: each.contested, place: each.place,
    ids: each.marks.map((mark) => mark.id),
    actors: each.actors.map((actor) => [actor.id, actor.count]),
  })),
});
window.one = (rows) => {
  const marks = made(rows);
  return new incidentmap.Clusters(marks, true).part(marks, null).clusters[0];
};
window.list = (rows) => {
  const words = {heading: rows.length + " incidents", more: (number) => number + " more", zoom: "Zoom"};
  const zoom = rows.length > 100 ? () => { window.zoomed = true; } : null;
  const list = incidentmap.clusterList(one(rows), words, (mark) => { window.pressed = mark.id; }, zoom);
  document.getElementById("list").replaceChildren(list);
};
// How many pixels of each colour a cluster has, and how far it reaches to the right.
window.painted = (rows, colours) => {
  const ctx = document.querySelector("canvas").getContext("2d"), cluster = one(rows), found = {};
  ctx.clearRect(0, 0, 120, 120);
  const style = {ink: "#1d2125", halo: "#fffdf7", muted: "#5c656d", font: "sans-serif"};
  incidentmap.drawCluster(ctx, cluster, style, new Intl.NumberFormat("fr"));
  const pixels = ctx.getImageData(0, 0, 120, 120).data;
  for (let i = 0; i < pixels.length; i += 4) {
    const colour = "#" + [0, 1, 2].map((k) => pixels[i + k].toString(16).padStart(2, "0")).join("");
    if (pixels[i + 3] === 255) found[colour] = (found[colour] || 0) + 1;
  }
  const under = (x) => Boolean(incidentmap.clusterAt([cluster], {x: x, y: 60}));
  return {
    found: Object.fromEntries(colours.map((colour) => [colour, found[colour] || 0])),
    under: [under(60), under(60 + cluster.radius + 2), under(60 + cluster.radius + 5)],
  };
};
window.part = (rows, last, chosen, seen) => {
  const marks = made(rows), groups = new incidentmap.Clusters(marks, last);
  return told(groups.part(seen ? marks.filter((mark, i) => seen.includes(i)) : marks, chosen));
};
"""
PLACES = st.integers(0, 120)
ROWS = st.lists(
    st.fixed_dictionaries({
        "x": PLACES, "y": PLACES, "kind": st.sampled_from(["exact", "near", "area", "line"]), "actor": st.sampled_from("abc"),
    }), max_size=40,
)


@pytest.fixture(scope="module")
def opened(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    made = context.new_page()
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    made.set_content('<!doctype html><canvas width="120" height="120"></canvas><div id="list"></div>')
    for name in ("symbols.js", "elements.js", "clusters.js", "cluster_signs.js"):
        made.add_script_tag(path=STATIC / name)
    made.add_script_tag(content=BUILD)
    yield made
    context.close()
    assert errors == []


def rows(*groups: tuple[int, dict[str, Any]]) -> list[dict[str, Any]]:
    """So many of each kind of row; what is not said is an exact point of one actor in the middle."""
    plain = {"x": 60, "y": 60, "kind": "exact", "actor": "a"}
    return [plain | changes for number, changes in groups for _ in range(number)]


def part(opened: Page, data: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    options = {"last": False, "chosen": None, "seen": None} | changes
    wanted = [data, options["last"], options["chosen"], options["seen"]]
    told: dict[str, Any] = opened.evaluate("([rows, last, chosen, seen]) => part(rows, last, chosen, seen)", wanted)
    return told


@given(data=ROWS, last=st.booleans())
def test_each_incident_is_told_once_and_precisions_never_mix(opened: Page, data: list[dict[str, Any]], last: bool) -> None:
    found = part(opened, data, last=last)
    told = [*found["single"], *(one for each in found["clusters"] for one in each["ids"])]
    assert sorted(told) == sorted(f"i{k}" for k in range(len(data)))
    for each in found["clusters"]:
        members = [data[int(one[1:])] for one in each["ids"]]
        assert {row["kind"] for row in members} == {each["precision"]}
        assert sum(count for _, count in each["actors"]) == len(members)
        assert len(members) >= FEWEST[each["precision"]]
        if last:
            assert each["spots"] == 1
        else:
            assert max(abs(row["x"] - each["x"]) for row in members) <= 4 * REACH + 1


@given(data=ROWS, seen=st.sets(st.integers(0, 39)))
def test_playing_changes_numbers_but_moves_no_cluster(opened: Page, data: list[dict[str, Any]], seen: set[int]) -> None:
    every, some = part(opened, data), part(opened, data, seen=sorted(seen))
    places = {one: (each["x"], each["y"]) for each in every["clusters"] for one in each["ids"]}
    for each in some["clusters"]:
        assert {places[one] for one in each["ids"]} == {(each["x"], each["y"])}


@pytest.mark.parametrize(("data", "options", "single", "sizes"), [
    (rows((LEAST - 1, {})), {}, LEAST - 1, []),
    (rows((LEAST, {})), {}, 0, [LEAST]),
    (rows((LEAST, {}), (LEAST, {"kind": "near"})), {}, 0, [LEAST, LEAST]),
    (rows((3, {"kind": "area"}), (1, {"kind": "line"})), {}, 1, [3]),
    (rows((1, {"kind": "area"}), (2, {"kind": "line"})), {}, 0, [1, 2]),
    (rows((2, {"kind": "area"}), (1, {"kind": "area", "x": 61})), {"chosen": "i0"}, 0, [3]),
    (rows((2, {"kind": "area"}), (1, {"kind": "area", "x": 61})), {"last": True}, 0, [1, 2]),
    (rows((LEAST, {}), (LEAST, {"x": 60 + REACH})), {}, 0, [LEAST, LEAST]),
    (rows((LEAST, {}), (LEAST, {"x": 59 + REACH})), {}, 0, [2 * LEAST]),
    (rows((LEAST, {}), (1, {"x": 86}), (1, {"x": 110})), {}, 2, [LEAST]),
    (rows((3, {}), (3, {"x": 61})), {"last": True}, 6, []),
    (rows((LEAST + 1, {})), {"chosen": "i2"}, 1, [LEAST]),
    (rows((LEAST, {})), {"chosen": "i2"}, LEAST, []),
    (rows((9, {})), {"seen": [0, 1, 2]}, 3, []),
    (rows((9, {"x": -300, "y": -4000})), {}, 0, [9]),
])
def test_what_becomes_a_cluster(
    opened: Page, data: list[dict[str, Any]], options: dict[str, Any], single: int, sizes: list[int],
) -> None:
    found = part(opened, data, **options)
    assert (len(found["single"]), sorted(len(each["ids"]) for each in found["clusters"])) == (single, sizes)


def test_signs_of_one_place_stand_side_by_side_the_exact_one_where_it_is(opened: Page) -> None:
    kinds = ("line", "area", "near", "exact")
    data = rows(*((LEAST, {"kind": kind, "place": "Ber", "contested": kind == "area"}) for kind in kinds))
    clusters = part(opened, data)["clusters"]
    places = {each["precision"]: (each["x"], each["y"]) for each in clusters}
    assert places["exact"] == (60, 60)
    assert places["near"] == (60 + REACH, 60)
    found = list(places.values())
    assert all(hypot(a[0] - b[0], a[1] - b[1]) >= REACH - 1e-6 for k, a in enumerate(found) for b in found[k + 1:])
    assert {each["precision"]: (each["contested"], each["place"]) for each in clusters} == {
        "exact": (0, "Ber"), "near": (0, "Ber"), "area": (LEAST, "Ber"), "line": (0, "Ber"),
    }


@given(places=st.lists(st.tuples(PLACES, PLACES), min_size=1, max_size=8))
def test_clusters_of_one_precision_never_lie_upon_each_other(opened: Page, places: list[tuple[int, int]]) -> None:
    clusters = part(opened, rows(*((LEAST, {"x": x, "y": y}) for x, y in places)))["clusters"]
    assert sum(len(each["ids"]) for each in clusters) == LEAST * len(places)
    for k, one in enumerate(clusters):
        assert all(hypot(one["x"] - each["x"], one["y"] - each["y"]) >= REACH for each in clusters[k + 1:])


@pytest.mark.parametrize("kind", ["exact", "area"])
def test_a_sign_shows_the_share_of_each_actor(opened: Page, kind: str) -> None:
    data = rows((30, {"actor": "jnim", "colour": JNIM, "kind": kind}), (10, {"actor": "fama", "colour": FAMA, "kind": kind}))
    seen = opened.evaluate(f"(rows) => painted(rows, {[JNIM, FAMA]})", data)
    assert seen["found"][JNIM] / seen["found"][FAMA] == pytest.approx(3, rel=0.25)
    assert seen["under"] == [True, True, False]


def test_an_area_of_one_incident_has_its_symbol_in_a_frame(opened: Page) -> None:
    found = opened.evaluate(f"(rows) => painted(rows, {[JNIM]})", rows((1, {"kind": "area", "colour": JNIM})))["found"]
    assert found[JNIM] > 30
    assert opened.evaluate("(rows) => painted(rows, ['#1d2125'])", rows((1, {"kind": "area"})))["found"]["#1d2125"] > 20


def test_a_fan_sets_nobody_upon_another_and_too_many_stay_a_list(opened: Page) -> None:
    apart, beyond = opened.evaluate(
        """([few, many]) => {
          const at = incidentmap.fan(one(few));
          const gaps = at.flatMap((a, k) => at.slice(k + 1).map((b) => Math.hypot(a.x - b.x, a.y - b.y)));
          return [Math.min(...gaps), incidentmap.fan(one(many)).length];
        }""", [rows((60, {})), rows((61, {}))],
    )
    assert apart >= 14
    assert beyond == 0


def test_the_list_is_newest_first_hostile_names_are_text_and_a_press_chooses(opened: Page) -> None:
    data = [row | {"day": day} for row, day in zip(rows((4, {}), (1, {"title": HOSTILE})), (3, 1, 9, 5, 7), strict=True)]
    data += rows((1, {}))  # undated
    opened.evaluate("(rows) => list(rows)", data)
    buttons = opened.get_by_role("button")
    assert buttons.evaluate_all("(all) => all.map((each) => each.dataset.incident)") == ["i2", "i4", "i3", "i0", "i1", "i5"]
    expect(opened.get_by_role("heading")).to_have_text("6 incidents")
    expect(buttons.nth(1)).to_have_text(HOSTILE)
    buttons.nth(1).press("Enter")
    assert opened.evaluate("[window.pressed, window.caught]") == ["i4", None]


def test_a_long_list_says_how_many_it_leaves_out(opened: Page) -> None:
    opened.evaluate("(rows) => list(rows)", rows((203, {})))
    expect(opened.locator("[data-incident]")).to_have_count(200)
    expect(opened.get_by_text("3 more")).to_be_visible()
    opened.get_by_role("button", name="Zoom").click()
    assert opened.evaluate("window.zoomed") is True
