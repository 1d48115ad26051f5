"""Editions of a briefing: each tells what is new to its readers, once, and none is lost when a run is stopped."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.walks.test_publishing import put_rows, secrets

from incidentmap.model import (
    BadValue,
    IncidentQuery,
    Reading,
    Report,
    ScheduleBusy,
    UnwritablePlace,
)
from incidentmap.store.editions import open_editions
from incidentmap.walks.briefing import BriefingAsked
from incidentmap.walks.review import accept, reject
from incidentmap.walks.schedule import FOLDER, Issued, issue
from incidentmap.walks.workspace import Workspace, open_workspace

EVERYTHING = IncidentQuery()
FIRST, SECOND, THIRD = date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23)
ROW: dict[str, Any] = {
    "source_id": "1", "date_start": date(2024, 5, 1), "date_end": date(2024, 5, 1), "date_precision": "day", "country": "ML",
    "event_type": "Battles", "lon": -3.98, "lat": 15.93, "where_prec": 1, "actor1": "JNIM", "killed_best": 3,
}


@pytest.fixture
def workspace(tmp_path: Path, first_report: Report, first_reading: Reading) -> Workspace:
    opened = open_workspace(tmp_path / "case", "tombouctou")
    opened.store.add(first_report, first_reading)
    return opened


def edition(workspace: Workspace, folder: Path, day: date, query: IncidentQuery = EVERYTHING, **asked: Any) -> Issued:
    return issue(workspace, BriefingAsked(query, "en", day, **asked), folder, ("html",))


def numbers(done: Issued) -> tuple[int, int, int]:
    return len(done.news.fresh), len(done.news.changed), len(done.news.gone)


def test_an_edition_tells_what_is_new_changed_and_gone(workspace: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = edition(workspace, out, FIRST)
    assert [path.name for path in first.paths] == ["briefing-internal-en-2026-11-09.html"]
    assert numbers(first) == (4, 0, 0)
    assert "What changed since" not in first.paths[0].read_text("utf-8")
    assert "First briefing of this schedule" in first.paths[0].read_text("utf-8")
    assert not edition(workspace, out, SECOND).paths
    put_rows(workspace, (ROW,))
    one, other, *_ = workspace.store.incidents(IncidentQuery())
    accept(workspace, one.id, "anna")
    reject(workspace, other.id, "anna")
    second = edition(workspace, out, THIRD)
    assert numbers(second) == (1, 1, 1)
    text = second.paths[0].read_text("utf-8")
    assert "Since the briefing of 9 November 2026: 1 new incident, 1 told otherwise, 1 told then is found no more" in text
    assert "2 incidents" in text
    assert "What changed since the briefing of 9 November 2026" in text
    assert "draft → confirmed" in text
    assert text.count('<b class="news">new</b>') == text.count('<b class="news">changed</b>') == 1
    assert not edition(workspace, out, THIRD).paths
    assert len([*out.iterdir()]) == 2


def test_what_leaves_an_embargo_is_new_and_nothing_else_leaves(workspace: Workspace, tmp_path: Path) -> None:
    profiles = workspace.folder / "profiles"
    profiles.mkdir()
    told = {"title": {"en": "Late"}, "embargo_days": 10, "pseudonyms": True, "places": [{"level": "admin2"}], "quotes": "drop"}
    (profiles / "late.yaml").write_text(yaml.safe_dump(told), "utf-8")
    rows = tuple({**ROW, "source_id": str(n), "date_start": date(2026, 11, n), "date_end": date(2026, 11, n)} for n in (1, 10))
    put_rows(workspace, rows)
    first, second = (edition(workspace, tmp_path / "out", day, profile="late") for day in (SECOND, THIRD))
    assert (numbers(first), numbers(second)) == ((5, 0, 0), (1, 0, 0))
    for done in (first, second):
        seen = done.paths[0].read_bytes()
        assert [each for each in secrets() if each in seen] == []
        assert b"15.93" not in seen


def test_what_a_profile_tells_no_more_is_named_by_its_pseudonym_alone(workspace: Workspace, tmp_path: Path) -> None:
    profiles = workspace.folder / "profiles"
    profiles.mkdir()
    told = {"title": {"en": "Coarse"}, "pseudonyms": True, "places": [{"level": "admin2"}], "quotes": "drop"}
    (profiles / "coarse.yaml").write_text(yaml.safe_dump(told), "utf-8")
    put_rows(workspace, (ROW, {**ROW, "source_id": "2", "killed_best": 41}))
    edition(workspace, tmp_path / "out", FIRST, profile="coarse")
    put_rows(workspace, ({**ROW, "killed_best": 5},))
    done = edition(workspace, tmp_path / "out", SECOND, profile="coarse")
    assert numbers(done) == (0, 1, 1)
    section = done.paths[0].read_text("utf-8").partition("<h2>What changed")[2].partition("</table>")[0]
    assert "Killed: at least 3 → at least 5</td>" in section
    assert f"<td>{done.news.gone[0]}</td><td></td>" in section
    assert "41" not in section.replace(done.news.gone[0], "")
    assert [each for each in secrets() if each in section.encode()] == []


def test_each_folder_profile_and_question_is_a_schedule_of_its_own(workspace: Workspace, tmp_path: Path) -> None:
    late = IncidentQuery(start=date(2023, 11, 24))
    done = [
        edition(workspace, tmp_path / "a", FIRST), edition(workspace, tmp_path / "b", FIRST),
        edition(workspace, tmp_path / "a", FIRST, IncidentQuery(actors=("jnim",))),
        edition(workspace, tmp_path / "a", SECOND, late),
    ]
    assert [len(each.news.fresh) > 0 for each in done] == [True, True, True, False]
    assert not done[-1].news.gone  # other days are no news
    assert len({path for each in done for path in each.paths}) == 3


def test_a_run_that_was_stopped_is_done_again_and_no_file_is_replaced(workspace: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(BadValue, match="logo"):
        edition(workspace, out, FIRST, logo=tmp_path / "none.png")
    (first,) = edition(workspace, out, FIRST).paths
    before = first.read_bytes()
    (record,) = (workspace.folder / FOLDER).iterdir()
    record.unlink()  # as if it had been stopped before the record
    again = edition(workspace, out, FIRST)
    assert [path.name for path in again.paths] == ["briefing-internal-en-2026-11-09-2.html"]
    assert first.read_bytes() == again.paths[0].read_bytes() == before


def test_one_run_at_a_time(workspace: Workspace, tmp_path: Path) -> None:
    edition(workspace, tmp_path / "out", FIRST)
    (record,) = (workspace.folder / FOLDER).iterdir()
    with open_editions(record), pytest.raises(ScheduleBusy):
        edition(workspace, tmp_path / "out", SECOND)
    assert len([*(tmp_path / "out").iterdir()]) == 1


@pytest.mark.parametrize(("folder", "kinds", "error"), [
    ("no/such/out", ("pdf",), UnwritablePlace), ("out", ("doc",), BadValue), ("out", (), BadValue),
])
def test_what_cannot_be_written_is_refused(
    workspace: Workspace, tmp_path: Path, folder: str, kinds: tuple[str, ...], error: type[Exception],
) -> None:
    with pytest.raises(error):
        issue(workspace, BriefingAsked(IncidentQuery(), "en", FIRST), tmp_path / folder, kinds)
    assert not (tmp_path / folder).exists()
