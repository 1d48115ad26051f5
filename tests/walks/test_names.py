"""Unknown names of actors from the report to the map: proposed, decided, followed, undone."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from incidentmap.model import BadValue, DivergingDecisions, IncidentQuery, NameAsked, NamingVerdict, Role
from incidentmap.registry import actors, shipped_registry
from incidentmap.walks import decide, names, review
from incidentmap.walks.ingest import ingest
from incidentmap.walks.question import question
from incidentmap.walks.select import select
from incidentmap.walks.workspace import Workspace, open_workspace

FIRST = (
    "Gao, 12 juin 2024 - Le FPDA a attaqué mardi 11 juin 2024 un poste de l'armée à Ansongo. Cinq soldats ont été tués.\n\n"
    "Des combattants du FPDA ont ensuite incendié trois véhicules."
)
SECOND = "Gao, 20 juillet 2024 - Des éléments du FPDA ont enlevé trois commerçants à Gao vendredi 19 juillet 2024."
BY = "own:front-patriotique"


def clock() -> datetime:
    return datetime(2026, 11, 22, 19, 5, tzinfo=UTC)


@pytest.fixture
def told(tmp_path: Path) -> Workspace:
    """Two reports that name a group which nobody knows."""
    workspace = open_workspace(tmp_path / "told", "mali")
    for name, text in (("a.txt", FIRST), ("b.txt", SECOND)):
        (tmp_path / name).write_text(text, "utf-8")
        assert not ingest(workspace, [tmp_path / name])[0].refusal
    return workspace


def parts(workspace: Workspace) -> set[tuple[str, str]]:
    return {(actor.id, actor.role.value) for each in workspace.store.incidents(IncidentQuery()) for actor in each.actors}


def test_a_name_waits_with_its_words_and_where_it_stands(told: Workspace) -> None:
    (found,) = names.open_names(told)
    assert (found.name, found.count, len(found.reports), names.count_open(told)) == ("FPDA", 3, 2, 1)
    assert found.words[found.start:found.end] == "FPDA"
    assert names.open_name(told, found.id) == names.open_name(told, " fpda ") == found
    assert {why.code for why in found.why} == {"unknown_actor.acts", "unknown_actor.led"}


def test_the_candidates_are_known_actors_of_like_names(told: Workspace) -> None:
    found = names.alike(told, "Katiba du Macina")
    assert found[0].actor.id == "katiba_macina"
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert len(found) <= 9
    assert all(each.actor.inter is not None for each in found)


def test_a_new_actor_is_read_in_all_reports_and_has_its_name_everywhere(told: Workspace) -> None:
    life = (date(2024, 1, 1), None)
    names.new_actor(told, "FPDA", 2, "Awa", called="Front patriotique", parent="jnim", valid=life, clock=clock)
    assert {(BY, Role.ATTACKER.value)} <= parts(told)
    assert names.open_names(told) == ()
    query = question(told, {"actors": BY})
    shown = select(told, query)
    assert shown.counts.shown == 2
    assert "Front patriotique" in shown.frame.to_json()
    own = told.registry.actors[BY]
    assert (own.name("fr"), own.inter, own.parent, own.valid_from) == ("Front patriotique", 2, "jnim", date(2024, 1, 1))
    assert BY not in actors()  # the shipped registry, in force outside a walk, is what it was
    assert shipped_registry().actors == actors()


def test_a_name_that_is_another_one_of_a_known_actor(told: Workspace) -> None:
    names.same_as(told, "FPDA", "jnim", "Awa", clock=clock)
    assert ("jnim", "attacker") in parts(told)
    assert names.open_names(told) == ()


def test_undoing_brings_the_name_and_the_reading_back(told: Workspace) -> None:
    before = parts(told)
    made = names.same_as(told, "FPDA", "jnim", "Awa", clock=clock)
    assert parts(told) != before
    names.undo(told, made.number, "Awa", clock=clock)
    assert parts(told) == before
    assert [each.name for each in names.open_names(told)] == ["FPDA"]
    assert [each.verdict for each in names.log(told)] == [NamingVerdict.UNDO, NamingVerdict.SAME_AS]


def test_a_name_of_nobody_is_proposed_no_more(told: Workspace, tmp_path: Path) -> None:
    names.not_an_actor(told, "fpda", "Awa", clock=clock)
    (tmp_path / "c.txt").write_text("Gao, 1er août 2024 - Des combattants du FPDA ont attaqué Gao.", "utf-8")
    ingest(told, [tmp_path / "c.txt"])
    assert names.open_names(told) == ()


def test_an_unregistered_group_that_is_no_actor_leaves_the_incidents(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "case", "mali")
    (tmp_path / "a.txt").write_text("Mardi 11 juin 2024, la Brigade du Vent rouge a attaqué Ansongo.", "utf-8")
    ingest(workspace, [tmp_path / "a.txt"])
    assert ("unregistered:brigade-du-vent-rouge", "attacker") in parts(workspace)
    names.not_an_actor(workspace, "Brigade du Vent rouge", "Awa", clock=clock)
    assert not any(actor.startswith("unregistered:") for actor, _ in parts(workspace))


def test_what_people_said_of_incidents_stays(told: Workspace) -> None:
    chosen = told.store.incidents(IncidentQuery())[0]
    review.accept(told, chosen.id, "Bintou")
    names.same_as(told, "FPDA", "jnim", "Awa", clock=clock)
    again = told.store.incident(chosen.id)
    assert again is not None
    assert again.status.value == "confirmed"


@pytest.mark.parametrize(("act", "said"), [
    (lambda case: names.same_as(case, "FPDA", "nobody", "Awa"), "id of an actor"),
    (lambda case: names.same_as(case, "FPDA", "jnim", " "), "who"),
    (lambda case: names.new_actor(case, "FPDA", 9, "Awa"), "1 to 8"),
    (lambda case: names.new_actor(case, "FPDA", 2, "Awa", parent="nobody"), "parent"),
    (lambda case: names.new_actor(case, "Jnim", 2, "Awa"), "jnim has it"),
    (lambda case: names.new_actor(case, "...", 2, "Awa"), "an id such as own:"),
    (lambda case: names.undo(case, 7, "Awa"), "one of the log"),
])
def test_what_says_nothing_is_refused_and_nothing_changes(told: Workspace, act: object, said: str) -> None:
    before = told.store.version()
    with pytest.raises(BadValue, match=said):
        act(told)  # type: ignore[operator]
    assert told.store.version() == before


def test_a_second_actor_of_the_same_name_is_refused(told: Workspace) -> None:
    names.new_actor(told, "FPDA", 2, "Awa", called="Front", clock=clock)
    with pytest.raises(BadValue, match="own:front does not have"):
        names.new_actor(told, "MRSA", 2, "Awa", called="Front", clock=clock)


def test_an_exported_log_gives_another_workspace_the_same_actors(told: Workspace, tmp_path: Path) -> None:
    names.new_actor(told, "FPDA", 2, "Awa", called="Front patriotique", clock=clock)
    assert names.export_namings(told, tmp_path / "namings.csv") == 1
    other = open_workspace(tmp_path / "other", "mali")
    ingest(other, [tmp_path / "a.txt"])
    done = names.replay_namings(other, tmp_path / "namings.csv")
    assert (done.new, done.known, len(done.reports)) == (1, 0, 1)
    assert (BY, "attacker") in parts(other)
    names.not_an_actor(other, "ONU", "Bintou", clock=clock)
    names.not_an_actor(told, "PAM", "Awa", clock=clock)
    names.export_namings(other, tmp_path / "namings.csv")
    with pytest.raises(DivergingDecisions, match="part at naming 2"):
        names.replay_namings(told, tmp_path / "namings.csv")


def test_decisions_about_places_still_follow(told: Workspace) -> None:
    names.same_as(told, "FPDA", "jnim", "Awa", clock=clock)
    (ansongo,) = [each for each in told.store.incidents(IncidentQuery(text="Ansongo")) if each.location][:1]
    assert ansongo.location is not None
    decide.reject(told, NameAsked("Ansongo"), "Awa")
    assert not any(each.location and each.location.name == "Ansongo" for each in told.store.incidents(IncidentQuery()))
    assert ("jnim", "attacker") in parts(told)
