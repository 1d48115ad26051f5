import re

from incidentmap.registry import SHAPES, actor_name, actors

VERMILION = {"#D55E00", "#FF0000"}
ARMED_GROUPS = {2, 3}
"""ACLED interaction codes of rebel groups and political militias."""


def test_every_parent_is_an_actor() -> None:
    assert {actor.parent for actor in actors().values() if actor.parent} <= actors().keys()


def test_no_alias_means_two_actors_of_one_time() -> None:
    owners: dict[tuple[str, str], list[str]] = {}
    for actor in actors().values():
        for language, alias in actor.aliases:
            owners.setdefault((language, alias), []).append(actor.id)
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


def test_drawn_as_the_legend_promises() -> None:
    for actor in actors().values():
        assert actor.shape in SHAPES
        assert re.fullmatch(r"#[0-9A-Fa-f]{6}", actor.colour), actor.id
        if actor.inter in ARMED_GROUPS:
            assert actor.colour.upper() not in VERMILION, f"{actor.id}: no armed group is red by default"


def test_names_by_language_and_unknown_ids() -> None:
    assert actor_name("fama", "fr")
    assert actor_name("someone_else", "fr") == "someone_else"
    assert actor_name("unregistered:brigade-x", "fr", "Brigade X") == "Brigade X"
    assert actor_name("unregistered:brigade-x", "fr") == "brigade x"
