from pathlib import Path
from threading import Event

import pytest

from incidentmap.model import BadValue, ImportProgress, Stopped, UnreadableTable
from incidentmap.store.events import open_events
from incidentmap.walks.import_asked import ImportAsked
from incidentmap.walks.import_job import ImportJob
from incidentmap.walks.import_look import Example, look
from incidentmap.walks.import_mapping import MappingAsked
from incidentmap.walks.workspace import CASE_FILE

HEAD = "id,date,place,lat,lon,killed\n"


def table(path: Path, rows: int) -> Path:
    path.write_text(HEAD + "".join(f"{n},2024-01-{n % 28 + 1:02},Gao,16.27,-0.04,{n}\n" for n in range(rows)), "utf-8")
    return path


def test_an_import_beside_the_dashboard(tmp_path: Path) -> None:
    ended = Event()
    job = ImportJob(ImportAsked(table(tmp_path / "a.csv", 50), tmp_path / "case", who="a"), ended.set).start()
    done = job.result(60)
    assert ended.wait(10)
    assert not job.running
    assert (done.rows, done.accepted, done.refused) == (50, 50, 0)
    assert isinstance(job.progress, ImportProgress)
    assert [each.number for each in open_events(tmp_path / "case" / CASE_FILE).snapshots()] == [1]


def test_one_that_is_stopped_leaves_what_was_there(tmp_path: Path) -> None:
    ImportJob(ImportAsked(table(tmp_path / "a.csv", 50), tmp_path / "case", who="a")).start().result(60)
    before = open_events(tmp_path / "case" / CASE_FILE).current()
    job = ImportJob(ImportAsked(table(tmp_path / "b.csv", 40), tmp_path / "case", who="a"))
    job.cancel()
    with pytest.raises(Stopped):
        job.start().result(60)
    assert open_events(tmp_path / "case" / CASE_FILE).current() == before
    assert not list((tmp_path / "case" / "refused").iterdir())


def test_what_is_refused_is_raised_where_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n", "utf-8")
    job = ImportJob(ImportAsked(tmp_path / "a.csv", tmp_path / "case", who="a")).start()
    with pytest.raises(UnreadableTable, match="no column says when"):
        job.result(60)


def test_a_first_look_shows_what_each_column_is_taken_for(tmp_path: Path) -> None:
    looked = look(ImportAsked(table(tmp_path / "a.csv", 9), tmp_path / "case"))
    assert looked.rows in {9, None}
    assert looked.examples["place"] == (Example("Gao", "Gao"),)
    assert looked.examples["killed"] == tuple(Example(text, text) for text in "012")
    assert looked.guess.mapping.columns["place"] == ("place",)
    assert not looked.again
    assert not (tmp_path / "case").exists()


def test_a_first_look_refuses_what_an_import_would(tmp_path: Path) -> None:
    asked = ImportAsked(table(tmp_path / "a.csv", 2), tmp_path / "case", MappingAsked(kind="nothing"))
    with pytest.raises(BadValue, match="nothing"):
        look(asked)
