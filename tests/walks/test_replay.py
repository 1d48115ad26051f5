"""The same input, gazetteer and decisions give the same bytes, whatever the order in which they came."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidentmap.gazetteer import resolution_record
from incidentmap.model import (
    BadValue,
    BrokenStore,
    DivergingDecisions,
    IncidentQuery,
    NameAsked,
    PlaceKind,
    Position,
)
from incidentmap.paths import shipped
from incidentmap.walks import duplicates, review
from incidentmap.walks import review_values as values
from incidentmap.walks.decide import offers, override, pick, reject, undo
from incidentmap.walks.export import geojson_text
from incidentmap.walks.ingest import ingest
from incidentmap.walks.replay import Log, check_log, decisions_csv, export_decisions, export_log, replay, replay_log
from incidentmap.walks.workspace import Workspace, open_workspace

REPORTS = sorted(shipped("data", "reports").glob("2023-11-25*.txt"))
GOUNDAM, BAMBA = NameAsked("Goundam"), NameAsked("Bamba")


def clock() -> datetime:
    return datetime(2026, 11, 22, 19, 5, tzinfo=UTC)


@pytest.fixture
def case(tmp_path: Path) -> Workspace:
    """A workspace with the first case and four decisions."""
    workspace = open_workspace(tmp_path / "case", "tombouctou")
    ingest(workspace, REPORTS)
    pick(workspace, BAMBA, offers(workspace, BAMBA)[-1].place.id, "anna", "=1+1", clock=clock)
    override(workspace, GOUNDAM, Position(-3.7, 16), 3, PlaceKind.CAMP, who='ben, "x"', name="Camp\nGoundam", clock=clock)
    reject(workspace, NameAsked("Kidal"), "anna", "'no", clock=clock)
    undo(workspace, 1, "anna", clock=clock)
    return workspace


def test_what_was_exported_is_replayed_and_exported_the_same(case: Workspace, tmp_path: Path) -> None:
    path, again = tmp_path / "decisions.csv", tmp_path / "again.csv"
    assert export_decisions(case, path) == 4
    fresh = open_workspace(tmp_path / "fresh", "tombouctou")
    done = replay(fresh, path)
    assert (done.new, done.known, done.reports) == (4, 0, ())
    export_decisions(fresh, again)
    assert again.read_bytes() == path.read_bytes() == decisions_csv(fresh).encode()
    done = replay(fresh, path)
    assert (done.new, done.known) == (0, 4)


@pytest.mark.parametrize("first", ["reports", "decisions"])
def test_the_same_input_and_decisions_give_the_same_bytes(case: Workspace, tmp_path: Path, first: str) -> None:
    path = tmp_path / "decisions.csv"
    export_decisions(case, path)
    fresh = open_workspace(tmp_path / "fresh", "tombouctou")
    steps: Sequence[Callable[[], object]] = (lambda: ingest(fresh, REPORTS), lambda: replay(fresh, path))
    for step in steps if first == "reports" else reversed(steps):
        step()
    assert geojson_text(fresh, IncidentQuery()).encode() == geojson_text(case, IncidentQuery()).encode()
    assert fresh.store.version() == case.store.version()
    names = ["Bamba", "Goundam", "Kidal", "Niafunkée", "Xyzzy"]
    assert answers(fresh, names) == answers(case, names)


def answers(workspace: Workspace, names: Sequence[str]) -> str:
    found = workspace.gazetteer.resolve_all([NameAsked(name) for name in names], region=workspace.region_id)
    return json.dumps([resolution_record(each) for each in found])


def test_a_beginning_of_the_log_goes_on(case: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    export_decisions(case, path)
    lines = path.read_text("utf-8").split("\n")
    other = open_workspace(tmp_path / "other", "tombouctou")
    ingest(other, REPORTS)
    (tmp_path / "first.csv").write_text("\n".join(lines[:2]) + "\n", "utf-8")
    assert replay(other, tmp_path / "first.csv").new == 1
    done = replay(other, path)
    assert (done.new, done.known, len(done.reports)) == (3, 1, 1)
    assert replay(other, tmp_path / "first.csv").new == 0, "this workspace has more: nothing is taken back"
    assert decisions_csv(other) == decisions_csv(case)


def test_histories_that_parted_are_told_with_the_row(case: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    export_decisions(case, path)
    other = open_workspace(tmp_path / "other", "tombouctou")
    reject(other, BAMBA, "chloe", "")
    before = other.store.version()
    with pytest.raises(DivergingDecisions, match=r"decisions\.csv: Both logs part at decision 1 \(row 2 .*by chloe .*by anna"):
        replay(other, path)
    assert other.store.version() == before


def test_an_edited_row_is_refused_and_nothing_is_appended(case: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(decisions_csv(case).replace("Kidal", "Gao"), "utf-8")
    fresh = open_workspace(tmp_path / "fresh", "tombouctou")
    with pytest.raises(BadValue, match=r"row 4: hash: .*reject 'Gao' by 'anna'"):
        replay(fresh, path)
    assert fresh.store.decisions.all() == ()


def test_a_log_of_another_hand_is_not_exported(case: Workspace, tmp_path: Path) -> None:
    with closing(sqlite3.connect(case.store.path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER decisions_stay_as_they_are")
        connection.execute("UPDATE decisions SET who = 'eve' WHERE number = 2")
    with pytest.raises(BrokenStore, match="decision 2: hash"):
        export_decisions(case, tmp_path / "decisions.csv")
    assert not (tmp_path / "decisions.csv").exists()


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
WORDS = TEXTS.filter(str.strip)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(decided=st.lists(st.tuples(WORDS, WORDS, TEXTS, st.floats(-180, 180), st.floats(-90, 90), st.booleans()), max_size=4))
def test_any_words_are_replayed_to_the_byte(
    tmp_path_factory: pytest.TempPathFactory, decided: list[tuple[str, str, str, float, float, bool]],
) -> None:
    folder = tmp_path_factory.mktemp("replay")
    one, two = open_workspace(folder / "one"), open_workspace(folder / "two")
    for name, who, why, lon, lat, own in decided:
        if own:
            override(one, NameAsked(name), Position(lon, lat), 1.5, PlaceKind.WELL, who=who, why=why)
        else:
            reject(one, NameAsked(name), who, why)
    export_decisions(one, folder / "one.csv")
    replay(two, folder / "one.csv")
    export_decisions(two, folder / "two.csv")
    assert (folder / "two.csv").read_bytes() == (folder / "one.csv").read_bytes()


TWICE = (
    "Dimanche 26 novembre 2023. Le camp de Niafunké a été attaqué le 24 novembre 2023 par le Jnim, selon une source locale. "
    "L'attaque a fait 37 morts parmi les soldats."
)


@pytest.fixture
def reviewed(tmp_path: Path) -> Workspace:
    """Two reports of one attack, reviewed and merged."""
    workspace = told(tmp_path, "reviewed")
    pair = duplicates.candidates(workspace)[0].ids
    wanted = [values.when("2023-11-23", "2023-11-24"), values.NO_PLACE]
    review.edit(workspace, pair[0], wanted, "anna", why="=night", clock=clock)
    review.split(workspace, pair[1], [], [values.when("2023-11-20")], "ben", clock=clock)
    review.undo(workspace, 1, "anna", clock=clock)
    duplicates.merge(workspace, pair, "anna", 'said "so"', clock=clock)
    review.accept(workspace, pair[0], "ben", clock=clock)
    duplicates.undo(workspace, 1, "ben", clock=clock)
    duplicates.keep_apart(workspace, pair, "anna", clock=clock)
    return workspace


def told(tmp_path: Path, name: str) -> Workspace:
    path = tmp_path / "twice.txt"
    path.write_text(TWICE, "utf-8")
    workspace = open_workspace(tmp_path / name, "tombouctou")
    ingest(workspace, [*REPORTS, path])
    return workspace


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_reviews_and_merges_are_replayed_and_exported_the_same(reviewed: Workspace, tmp_path: Path, suffix: str) -> None:
    fresh = told(tmp_path, "fresh")
    for log, count in ((Log.REVIEWS, 5), (Log.MERGES, 3)):
        path, again = (tmp_path / f"{name}{log}{suffix}" for name in ("", "again-"))
        assert export_log(reviewed, log, path) == count == check_log(reviewed, log)
        done = replay_log(fresh, log, path)
        assert (done.new, done.known) == (count, 0)
        export_log(fresh, log, again)
        assert again.read_bytes() == path.read_bytes()
        assert replay_log(fresh, log, path).new == 0
    assert geojson_text(fresh, IncidentQuery()) == geojson_text(reviewed, IncidentQuery())
    assert fresh.store.version() == reviewed.store.version()


def test_a_changed_line_of_an_exported_log_is_named(reviewed: Workspace, tmp_path: Path) -> None:
    for suffix, where in ((".csv", "row 3"), (".jsonl", "line 2")):
        path = tmp_path / f"reviews{suffix}"
        export_log(reviewed, Log.REVIEWS, path)
        path.write_text(path.read_text("utf-8").replace("ben", "eve", 1), "utf-8")
        with pytest.raises(BadValue, match=rf"reviews{suffix}: {where}: hash: .* \(split by 'eve'"):
            replay_log(told(tmp_path, f"fresh{suffix}"), Log.REVIEWS, path)


def test_logs_that_part_are_not_joined(reviewed: Workspace, tmp_path: Path) -> None:
    path, fresh = tmp_path / "merges.jsonl", told(tmp_path, "fresh")
    export_log(reviewed, Log.MERGES, path)
    duplicates.keep_apart(fresh, duplicates.candidates(fresh)[0].ids, "eve", clock=clock)
    with pytest.raises(DivergingDecisions, match=r"merges\.jsonl: Both logs part at merge 1"):
        replay_log(fresh, Log.MERGES, path)
