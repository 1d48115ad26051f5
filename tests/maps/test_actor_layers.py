from collections import Counter

import pytest

from incidentmap.maps.actor_layers import MOST_ACTORS, OTHERS, groups_of, layer_id, leaders_of, looks
from incidentmap.registry import actors


def test_incidents_and_rows_choose_the_layers_together() -> None:
    own = Counter({"jnim": 3, "fama": 2, "unregistered:x": 9})
    assert leaders_of(own, {}, actors()) == ("jnim", "fama")
    assert leaders_of(own, {"fama": 2, "Militia (Gao)": 4, "": 50}, actors()) == ("fama", "Militia (Gao)", "jnim")


def test_at_most_eight_have_a_layer() -> None:
    rows = {f"actor {k:02}": 20 - k for k in range(12)}
    assert leaders_of(Counter(), rows, actors()) == tuple(rows)[:MOST_ACTORS]


def test_no_two_layers_look_alike() -> None:
    leaders = ("jnim", "fama", *(f"actor {k}" for k in range(MOST_ACTORS - 2)))
    made = looks(leaders, actors(), "fr", "light")
    assert [look.id for look in made] == [*leaders, OTHERS]
    assert len({(look.colour, look.shape) for look in made}) == len(made)
    assert len({look.colour for look in made}) == len(made)
    assert [look.name for look in made[:3]] == [actors()["jnim"].name("fr"), actors()["fama"].name("fr"), "actor 0"]


def test_who_is_in_no_registry_keeps_its_look_when_filters_leave_others_out() -> None:
    names = [f"Milice {k}" for k in range(40)]
    alone = {name: looks((name,), actors(), "fr", "light")[0] for name in names}
    assert len({look.colour for look in alone.values()}) == MOST_ACTORS - 1
    assert "#D55E00" not in {look.colour for look in alone.values()}
    for name in names:
        assert looks((name, "unheard of"), actors(), "fr", "dark")[0].shape == alone[name].shape


@pytest.mark.parametrize(("leader", "layer"), [("jnim", "jnim"), ("fama", OTHERS), ("", OTHERS)])
def test_all_others_share_a_layer(leader: str, layer: str) -> None:
    assert layer_id(leader, ("jnim",)) == layer


@pytest.mark.parametrize(("leaders", "groups"), [
    (("jnim", "fama", "gatia", "local_sources", "x"), ("inter-2", "inter-1", "inter-3", "", "")),
    (("jnim", "aqmi", "is_sahel"), ("al_qaeda", "al_qaeda", "inter-2")),
    (("jnim", "aqmi", "katiba_macina"), ("jnim", "al_qaeda", "jnim")),
    (("katiba_macina", "katiba_serma"), ("jnim", "jnim")),
    (("fabf", "vdp"), ("fabf", "fabf")),
])
def test_actors_are_grouped_by_a_parent_they_share_else_by_class(leaders: tuple[str, ...], groups: tuple[str, ...]) -> None:
    assert tuple(groups_of(leaders, actors()).values()) == groups
