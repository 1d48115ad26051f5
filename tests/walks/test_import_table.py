"""Tables into a workspace: rows in = accepted + refused, all kept or nothing, and what changed from one file to the next."""

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from benchmarks.evaluation import EVAL

from incidentmap.model import BadValue, IncidentQuery, Stopped, UnreadableTable
from incidentmap.walks import decide
from incidentmap.walks.import_asked import ImportAsked, ImportDone
from incidentmap.walks.import_mapping import MappingAsked
from incidentmap.walks.import_places import FAR, UNKNOWN
from incidentmap.walks.import_table import import_table
from incidentmap.walks.import_tables import compare, event_reader, events_page, refused_of, snapshots, undo
from incidentmap.walks.questions import open_questions
from incidentmap.walks.workspace import open_workspace

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
EVENTS = (
    *(EVAL / "ucdp" / name for name in (
        "ged_bangladesh_with_hxl_row.csv", "ged_v23_1_central_african_republic.csv", "ged_v23_1_sample1000.csv",
        "ged_v23_1_central_african_republic_with_crs_member.geojson",
    )),
    EVAL / "gdelt" / "gdelt1_mali_1979_1997.csv",
)
ROW = {
    "id": "A1", "date": "2023-11-24", "pays": "Mali", "lieu": "Niafunké", "latitude": "15.932", "longitude": "-3.991",
    "acteur 1": "Groupe A", "acteur 2": "Groupe B", "tués": "3",
}
Sheet = Callable[..., Path]


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    """Writes rows, each told by how it differs from :data:`ROW`, to a CSV."""
    def write(*rows: Mapping[str, str], name: str = "faits.csv") -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, list(ROW))
            table.writeheader()
            table.writerows({**ROW, **row} for row in rows)
        return path
    return write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "case"


def taken(path: Path, folder: Path, **asked: object) -> ImportDone:
    """An import whose sums hold."""
    done = import_table(ImportAsked(path, folder, who="Awa", **asked), clock=lambda: NOW)  # type: ignore[arg-type]
    assert done.rows == done.accepted + done.refused
    assert done.warned <= done.accepted
    return done


def events(folder: Path) -> dict[str, dict[str, object]]:
    """All events of a workspace by the id in their source."""
    shown = events_page(folder, IncidentQuery(), size=10_000)
    return {row["source_id"]: row for row in shown.rows.to_pylist()} if shown else {}


def stored(folder: Path) -> Sequence[Path]:
    """Every file of a workspace but the case file's own and locks."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix in {".parquet", ".csv"})


@pytest.mark.parametrize("path", EVENTS, ids=lambda path: path.name)
def test_evaluation_events_are_taken(path: Path, folder: Path) -> None:
    if not path.is_file():
        pytest.skip(f"{path.name} is not there (INCIDENTMAP_EVAL)")
    done = taken(path, folder)
    assert done.accepted >= 0.98 * done.rows > 0
    assert done.snapshot
    assert len(events(folder)) == done.accepted - done.merged


def test_mentions_hold_no_incidents(folder: Path) -> None:
    path = EVAL / "gdelt" / "mentionssamp.csv"
    if not path.is_file():
        pytest.skip(f"{path.name} is not there (INCIDENTMAP_EVAL)")
    for kind in ("auto", "gdelt"):
        with pytest.raises(UnreadableTable, match="no incidents"):
            taken(path, folder, mapping=MappingAsked(kind))
    assert not folder.exists()


def test_the_same_file_again_changes_nothing(sheet: Sheet, folder: Path) -> None:
    path = sheet({}, {"id": "A2", "date": "2022-01-02"})
    first = taken(path, folder)
    parts = stored(folder)
    again = taken(path, folder)
    assert first.snapshot
    assert again.snapshot
    assert again.snapshot.run
    changes = again.snapshot.run.changes
    assert (changes.new, changes.changed, changes.gone, changes.unchanged) == (0, 0, 0, 2)
    assert stored(folder) == parts


def test_a_changed_file_is_told_and_undone(sheet: Sheet, folder: Path) -> None:
    taken(sheet({}, {"id": "A2"}, {"id": "A3"}), folder)
    before = events(folder)
    done = taken(sheet({}, {"id": "A2", "tués": "8"}, {"id": "A4"}), folder)
    assert done.snapshot
    assert done.snapshot.run
    changes = done.snapshot.run.changes
    assert (changes.new, changes.changed, changes.gone, changes.unchanged) == (1, 1, 1, 1)
    assert "killed_best" in dict(changes.fields)
    assert events(folder).keys() == {"A1", "A2", "A4"}
    found = compare(folder, 1, 2)
    assert (found.new, found.changed, found.gone) == (1, 1, 1)
    with event_reader(folder, 1) as reader:
        assert reader is not None
    earlier = events_page(folder, IncidentQuery(), snapshot=1)
    assert earlier
    assert earlier.total == 3
    undo(folder, 2, "Awa", "wrong file")
    assert events(folder) == before
    assert [each.shows for each in snapshots(folder)] == [1, 2, 1]


def test_refused_rows_are_mended_and_join_the_others(sheet: Sheet, folder: Path) -> None:
    done = taken(sheet({}, {"id": "A2", "date": "2023-02-31"}, {"id": "A3", "latitude": "195"}), folder)
    assert (done.rows, done.accepted, done.refused) == (3, 1, 2)
    assert done.by_rule["date_unreadable"] == done.by_rule["coordinate_range"] == 1
    assert [dict(row.cells)["id"] for row in done.shown] == ["A2", "A3"]
    assert done.refused_file
    assert refused_of(folder, 1) == done.refused_file
    with done.refused_file.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["row"], row["rule"]) for row in rows] == [("3", "date_unreadable"), ("4", "coordinate_range")]
    rows[0]["date"], rows[1]["latitude"] = "2023-02-28", "15.9"
    with done.refused_file.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    mended = taken(done.refused_file, folder)
    assert (mended.rows, mended.refused, mended.refused_file) == (2, 0, None)
    assert mended.guess.mapping.source == done.guess.mapping.source == "faits"
    assert {note.code for note in mended.notes} >= {"import_refused_again"}
    assert events(folder).keys() == {"A1", "A2", "A3"}


def test_a_partial_file_leaves_the_others(sheet: Sheet, folder: Path) -> None:
    taken(sheet({}, {"id": "A2"}), folder)
    taken(sheet({"id": "A3"}), folder, partial=True)
    assert events(folder).keys() == {"A1", "A2", "A3"}


def test_names_without_points_are_looked_up(sheet: Sheet, folder: Path) -> None:
    bare = {"latitude": "", "longitude": ""}
    done = taken(sheet(bare, {**bare, "id": "A2", "lieu": "Nulle-Part-du-Tout"}, {**bare, "id": "A3", "lieu": ""}), folder)
    found = events(folder)
    assert (done.refused, done.located, done.by_rule[UNKNOWN]) == (0, {"geocoded": 1}, 1)
    known = found["A1"]
    assert known["located"] == "geocoded"
    assert (round(float(str(known["lon"])), 1), round(float(str(known["lat"])), 1)) == (-4.0, 15.9)
    assert known["where_prec"] == 1
    assert known["radius_km"]
    assert (found["A2"]["lon"], found["A2"]["located"]) == (None, None)
    assert found["A2"]["warnings"] == ["coordinate_missing", UNKNOWN]
    assert found["A3"]["warnings"] == ["coordinate_missing"]
    assert [each.asked.name for each in open_questions(open_workspace(folder))] == ["Nulle-Part-du-Tout"]


def test_a_decision_holds_at_the_next_import(sheet: Sheet, folder: Path) -> None:
    path = sheet({"lieu": "Nulle-Part-du-Tout", "latitude": "", "longitude": ""})
    taken(path, folder)
    workspace = open_workspace(folder)
    (question,) = open_questions(workspace)
    offered = decide.offers(workspace, question.asked, "Niafunké")
    decide.pick(workspace, question.asked, offered[0].place.id, "Awa", searched="Niafunké")
    done = taken(path, folder)
    assert done.located == {"decided": 1}
    assert done.questions == 0
    assert events(folder)["A1"]["located"] == "decided"


def test_points_far_from_their_name_are_told(sheet: Sheet, folder: Path) -> None:
    done = taken(sheet({}, {"id": "A2", "latitude": "14.35", "longitude": "-3.61"}), folder)
    (far,) = done.far
    assert (far.name, far.country, far.rows) == ("Niafunké", "ML", 1)
    assert 150 < far.km < 200
    found = events(folder)
    assert (found["A1"]["warnings"], found["A2"]["warnings"]) == ([], [FAR])
    assert (done.warned, done.by_rule) == (1, {FAR: 1})


def test_places_are_left_alone_where_nobody_asks(sheet: Sheet, folder: Path) -> None:
    done = taken(sheet({"latitude": "", "longitude": ""}), folder, places=False)
    assert (done.located, done.questions, events(folder)["A1"]["lon"]) == ({}, None, None)


def test_a_dry_run_leaves_nothing(sheet: Sheet, folder: Path) -> None:
    done = taken(sheet({}, {"id": "A2", "date": "hier"}), folder, dry_run=True)
    assert (done.accepted, done.refused, done.snapshot, done.refused_file) == (1, 1, None, None)
    assert [finding.rule for row in done.shown for finding in row.findings] == ["date_unreadable"]
    assert not folder.exists()


def test_nothing_accepted_is_no_snapshot(sheet: Sheet, folder: Path) -> None:
    done = taken(sheet({"date": "hier"}), folder)
    assert (done.refused, done.snapshot, snapshots(folder), events(folder)) == (1, None, (), {})
    assert done.refused_file
    assert done.refused_file.is_file()


def test_a_cancelled_import_leaves_what_was(sheet: Sheet, folder: Path) -> None:
    taken(sheet({}), folder)
    before, files = events(folder), stored(folder)
    with pytest.raises(Stopped):
        import_table(ImportAsked(sheet({"id": "A9"}), folder, who="Awa"), cancelled=lambda: True)
    assert (events(folder), stored(folder), len(snapshots(folder))) == (before, files, 1)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (MappingAsked("acledd"), "--as: 'acledd' is not allowed"),
        (MappingAsked("acled"), "is no table of the kind 'acled'"),
        (MappingAsked(source="Mes faits"), "--source: 'Mes faits' is not allowed"),
        (MappingAsked(mapping=Path("none.yaml")), "preset none.yaml"),
    ],
)
def test_refusals_say_what_is_allowed(sheet: Sheet, folder: Path, asked: MappingAsked, said: str) -> None:
    with pytest.raises((BadValue, UnreadableTable)) as caught:
        taken(sheet({}), folder, mapping=asked)
    assert said in str(caught.value)
    assert not folder.exists()


def test_source_and_country_are_the_users(sheet: Sheet, folder: Path) -> None:
    path = sheet({"pays": ""}, name="novembre.csv")
    path.write_text(path.read_text("utf-8").replace("pays", "remarque"), "utf-8")
    taken(path, folder, mapping=MappingAsked(source="bureau-gao", country="Mali"))
    (event,) = events(folder).values()
    assert (event["event_id"], event["country"]) == ("bureau-gao:A1", "ML")


def test_acled_rows_carry_their_licence(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "acled.csv"
    path.write_text(
        "event_id_cnty,event_date,time_precision,event_type,actor1,country,location,latitude,longitude,geo_precision,fatalities\n"
        "MLI1,24 November 2023,1,Battles,Group A,Mali,Niafunke,15.932,-3.991,1,3\n", "utf-8",
    )
    done = taken(path, folder)
    assert done.warn_export
    assert done.snapshot
    assert done.snapshot.run
    assert (done.snapshot.run.record.licence, done.snapshot.run.record.warn_export) == ("ACLED terms of use", True)


def test_mirrored_acled_rows_are_one_event(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "mono.csv"
    row = "MLI1,24 November 2023,1,Battles,{},{},Mali,Niafunke,15.932,-3.991,1,3\n"
    path.write_text(
        "event_id_cnty,event_date,time_precision,event_type,actor1,actor2,country,location,latitude,longitude,geo_precision,"
        f"fatalities\n{row.format('Group A', 'Group B')}{row.format('Group B', 'Group A')}", "utf-8",
    )
    done = taken(path, folder)
    assert (done.rows, done.accepted, done.merged, done.refused, len(events(folder))) == (2, 2, 1, 0, 1)


def test_another_part_of_a_source_is_kept_beside(sheet: Sheet, folder: Path) -> None:
    source = MappingAsked(source="bureau")
    taken(sheet({}, name="janvier.csv"), folder, mapping=source)
    taken(sheet({"id": "A2"}, name="fevrier.csv"), folder, mapping=source, partial=True)
    taken(sheet({"id": "B1"}, name="autre.csv"), folder)
    assert sorted(str(row["event_id"]) for row in events(folder).values()) == ["autre:B1", "bureau:A1", "bureau:A2"]
