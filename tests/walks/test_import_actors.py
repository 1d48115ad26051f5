import pyarrow as pa
import pytest

from incidentmap.registry import shipped_registry
from incidentmap.tables.schema import event_rows
from incidentmap.walks.import_actors import ActorNames


@pytest.fixture(scope="module")
def names() -> ActorNames:
    return ActorNames(shipped_registry())


@pytest.mark.parametrize(("name", "expected"), [
    ("JNIM", "jnim"), ("jnim", "jnim"), ("JNIM: Group for Support of Islam and Muslims", "jnim"),
    ("  Malian   armed forces ", "fama"), ("Malian army (2021-)", "fama"), ("GSIM", "jnim"),
    ("Government of Mali", None), ("", None), ("men of the north", None), (":", None),
])
def test_a_name_is_that_of_one_actor_or_of_none(names: ActorNames, name: str, expected: str | None) -> None:
    assert names.id_of(name) == expected


def test_names_that_several_share_stay_names(names: ActorNames) -> None:
    shared: dict[str, set[str]] = {}
    for actor in shipped_registry().actors.values():
        for _, alias in actor.aliases:
            shared.setdefault(" ".join(alias.casefold().split()), set()).add(actor.id)
    several = [name for name, ids in shared.items() if len(ids) > 1]
    assert several
    assert {names.id_of(name) for name in several} == {None}


def test_ids_that_a_table_gives_stay(names: ActorNames) -> None:
    rows = event_rows({
        "actor1": pa.array(["JNIM", "JNIM", "x"]), "actor1_id": pa.array(["own", None, None]),
        "actor2": pa.array([None, "Fama", ""]),
    }, 3)
    named = names.named(rows)
    assert named["actor1_id"].to_pylist() == ["own", "jnim", None]
    assert named["actor2_id"].to_pylist() == [None, "fama", None]
    assert named.schema == rows.schema
