import re
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise
from typing import Any

import pytest
import yaml

from incidentmap.maps.symbols import symbol_svg
from incidentmap.maps.theme import actor_colour, palette
from incidentmap.model import Actor, BadValue
from incidentmap.paths import shipped
from incidentmap.registry import SHAPES, _check, actor_name, actors
from incidentmap.reports.tokens import plain

VERMILION = {"#D55E00", "#FF0000"}
ARMED_GROUPS = {2, 3}
"""ACLED interaction codes of rebel groups and political militias."""


def test_every_parent_is_an_actor() -> None:
    assert {actor.parent for actor in actors().values() if actor.parent} <= actors().keys()


def test_no_alias_means_two_actors_of_one_time() -> None:
    owners: dict[str, set[str]] = {}
    for actor in actors().values():
        for _, alias in actor.aliases:
            owners.setdefault(plain(alias), set()).add(actor.id)
    assert [pair for ids in owners.values() for pair in combinations(sorted(ids), 2) if _meet(*pair)] == []


def test_no_ucdp_id_means_two_actors_of_one_time() -> None:
    owners: dict[int, set[str]] = {}
    for actor in actors().values():
        if actor.ucdp:
            owners.setdefault(actor.ucdp[0], set()).add(actor.id)
    assert [pair for ids in owners.values() for pair in combinations(sorted(ids), 2) if _meet(*pair)] == []


def _meet(one: str, other: str) -> bool:
    """Whether two actors are there at one time, and no country tells them apart."""
    a, b = actors()[one], actors()[other]
    if a.country and b.country and a.country != b.country:
        return False
    return (a.valid_from or date.min) <= (b.valid_to or date.max) and (b.valid_from or date.min) <= (a.valid_to or date.max)


def test_at_least_120_take_part_and_each_has_an_id_of_its_own() -> None:
    entries = yaml.safe_load(shipped("data", "lexicons", "actors.yaml").read_text("utf-8"))
    assert len({entry["id"] for entry in entries}) == len(entries)
    assert sum(actor.inter is not None for actor in actors().values()) >= 120
    assert {actor.inter for actor in actors().values()} <= {None, *range(1, 9)}


@pytest.mark.parametrize("chain", [
    ("cma", "csp", "fla"), ("wagner", "africa_corps"), ("serval", "barkhane"), ("misma", "minusma"), ("gspc", "aqmi"),
    ("mujao", "al_mourabitoune", "jnim"),
])
def test_successors(chain: tuple[str, ...]) -> None:
    assert all(after in actors()[before].followed_by for before, after in pairwise(chain))


def _one(name: str, **changes: Any) -> Actor:
    return replace(Actor(name, (), (), 2, "", None, None, "#999999", "circle"), **changes)


@pytest.mark.parametrize("broken", [
    (_one("a", parent="nobody"),), (_one("a", followed_by=("nobody",)),), (_one("a", parent="a"),),
    (_one("a", followed_by=("b",)), _one("b", followed_by=("a",))),
    (_one("a", valid_from=date(2020, 1, 2), valid_to=date(2020, 1, 1)),),
])
def test_a_broken_link_or_span_is_refused(broken: tuple[Actor, ...]) -> None:
    with pytest.raises(BadValue, match="actor a"):
        _check(broken[0], {actor.id: actor for actor in broken})


def test_drawn_as_the_legend_promises() -> None:
    for actor in actors().values():
        assert actor.shape in SHAPES
        assert re.fullmatch(r"#[0-9A-Fa-f]{6}", actor.colour), actor.id
        if actor.inter in ARMED_GROUPS:
            assert actor.colour.upper() not in VERMILION, f"{actor.id}: no armed group is red by default"


def test_every_symbol_stands_out_from_the_land() -> None:
    """A pale colour needs the outline, so the outline is there for all."""
    for theme in ("light", "dark"):
        ink, land = palette(theme).ink, palette(theme).land
        assert ink != land
        for actor in actors().values():
            colour = actor_colour(actor.colour, theme)
            assert colour.lower() != land
            assert f'stroke="{ink}"' in symbol_svg(actor.shape, colour, ink)


def test_names_by_language_and_unknown_ids() -> None:
    assert actor_name("fama", "fr")
    assert actor_name("someone_else", "fr") == "someone_else"
    assert actor_name("unregistered:brigade-x", "fr", "Brigade X") == "Brigade X"
    assert actor_name("unregistered:brigade-x", "fr") == "brigade x"
