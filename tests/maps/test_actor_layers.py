from collections import Counter

import pytest

from incidentmap.maps.actor_layers import MOST_ACTORS, OTHERS, group_of, layer_id, leaders_of, looks
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


@pytest.mark.parametrize(("leader", "layer"), [("jnim", "jnim"), ("fama", OTHERS), ("", OTHERS)])
def test_all_others_share_a_layer(leader: str, layer: str) -> None:
    assert layer_id(leader, ("jnim",)) == layer


def test_actors_are_grouped_by_parent_or_class() -> None:
    groups = {key: group_of(actor) for key, actor in actors().items()}
    assert all(groups[key] == actor.parent for key, actor in actors().items() if actor.parent)
    assert groups["fama"].startswith("inter-") or actors()["fama"].parent
    assert all(group == "" for key, group in groups.items() if actors()[key].inter is None and not actors()[key].parent)
