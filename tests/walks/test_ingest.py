import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from incidentmap.model import Incident, IncidentQuery, PartialDate, reason
from incidentmap.paths import shipped
from incidentmap.reports import read_report_file
from incidentmap.walks.first_case import first_reports, open_first_case
from incidentmap.walks.follow import read_all_again
from incidentmap.walks.ingest import ingest, ingest_bytes
from incidentmap.walks.workspace import Workspace, open_workspace

REPORT = shipped("data", "reports", "2023-11-25-tombouctou-niafunke-goundam.txt")


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    return open_workspace(tmp_path / "case", "tombouctou")


def spans_hold(workspace: Workspace) -> Iterator[bool]:
    for report in workspace.store.reports():
        reading = workspace.store.reading(report.id)
        assert reading
        spans = [mention.span for mention in reading.mentions]
        spans += [claim.span for incident in reading.incidents for claim in incident.claims]
        spans += [incident.trigger for incident in reading.incidents]
        yield from (report.text[span.start:span.end] == span.quote for span in spans)


def by_place(workspace: Workspace) -> dict[str, Incident]:
    return {incident.location.name: incident for incident in workspace.store.incidents(IncidentQuery()) if incident.location}


def test_the_first_case_walks_from_file_to_case(empty: Workspace) -> None:
    (done,) = ingest(empty, [REPORT])
    assert (done.refusal, done.new_incidents, done.known) == ("", 4, False)
    assert done.report
    assert done.report.published == PartialDate.day(date(2023, 11, 25)), "from the text: its header has the month only"
    found = by_place(empty)
    assert set(found) == {"Niafunké", "Goundam", "Bamako", "Kidal"}
    assert {name for name, incident in found.items() if incident.location and "tombouctou" in incident.location.regions} == {
        "Niafunké", "Goundam",
    }
    assert {claim.claimant for claim in found["Niafunké"].claims} >= {"jnim", "fama", "local_sources"}
    checked = [*spans_hold(empty)]
    assert len(checked) > 20
    assert all(checked)


def test_a_second_ingest_adds_nothing(empty: Workspace) -> None:
    first = ingest(empty, [REPORT])
    before = empty.store.version()
    again = ingest(empty, [REPORT])
    assert (again[0].new_incidents, again[0].known, again[0].report) == (0, True, first[0].report)
    assert again[0].warnings == first[0].warnings
    assert empty.store.version() == before


@pytest.mark.parametrize(
    "written",
    [
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("’", "'").encode("latin-1"),
        lambda text: unicodedata.normalize("NFD", text).encode(),
        lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
    ],
    ids=["utf-16", "latin-1", "nfd", "windows"],
)
def test_the_same_text_in_any_writing_gives_the_same_incidents(tmp_path: Path, empty: Workspace, written: object) -> None:
    assert callable(written)
    path = tmp_path / "report.txt"
    path.write_bytes(written(REPORT.read_text("utf-8")))
    (done,) = ingest(empty, [path])
    assert (done.refusal, done.new_incidents) == ("", 4)
    assert set(by_place(empty)) == {"Niafunké", "Goundam", "Bamako", "Kidal"}
    assert all(spans_hold(empty))


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path, empty: Workspace) -> None:
    (tmp_path / "empty.txt").touch()
    done = ingest(empty, [tmp_path / "empty.txt", tmp_path / "missing.txt", REPORT])
    assert [bool(each.refusal) for each in done] == [True, True, False]
    assert [each.report is None for each in done] == [True, True, False]
    assert "empty.txt" in done[0].refusal
    assert done[2].new_incidents == 4


def test_what_is_not_said_stays_unknown(tmp_path: Path, empty: Workspace) -> None:
    texts = {
        "no_date.txt": "Des hommes armés ont attaqué le camp militaire de Niafunké. Trois soldats ont été tués.",
        "no_place.txt": "Vendredi 24 novembre 2023, des hommes armés ont attaqué un camp militaire.",
        "no_incident.txt": "Le prix du mil baisse sur les marchés.",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    done = ingest(empty, [tmp_path / name for name in texts])
    assert [each.refusal for each in done] == ["", "", ""]
    assert done[2].new_incidents == 0
    undated, placeless = (empty.store.reading(each.report.id) for each in done[:2] if each.report)
    assert undated
    assert placeless
    (without_date,), (without_place,) = undated.incidents, placeless.incidents
    assert (without_date.date, bool(without_date.location), bool(without_date.review)) == (None, True, True)
    assert (bool(without_place.date), without_place.location, bool(without_place.review)) == (True, None, True)


def test_a_new_workspace_opens_with_the_first_case_once(tmp_path: Path) -> None:
    workspace, loaded = open_first_case(tmp_path / "case")
    assert [(each.refusal, each.new_incidents) for each in loaded] == [("", 4)]
    assert workspace.region_id == "tombouctou"
    again, nothing = open_first_case(tmp_path / "case")
    assert nothing == ()
    assert again.store.count() == 4


def test_the_first_case_is_no_invention() -> None:
    assert first_reports() == (REPORT,)


def test_the_first_case_respects_a_chosen_region(tmp_path: Path) -> None:
    open_workspace(tmp_path, "kidal")
    assert open_first_case(tmp_path)[0].region_id == "kidal"


FEED = """<rss><channel><title>Radio du Fleuve</title>
<item><title>Un \u202ecamp attaqué\u202e</title>
<description>Des hommes armés ont attaqué vendredi le camp militaire de Niafunké.</description>
<pubDate>Sat, 25 Nov 2023 08:00:00 +0000</pubDate></item><item/>
<item><title>Le prix du mil baisse sur les marchés</title></item></channel></rss>"""


def test_each_entry_of_a_feed_is_a_report(tmp_path: Path, empty: Workspace) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(FEED, "utf-8")
    done = ingest(empty, [path])
    assert [(each.new_incidents, bool(each.refusal)) for each in done] == [(1, False), (0, True), (0, False)]
    assert [each.name.removeprefix(f"{path}") for each in done] == [
        ": Un  camp attaqué ", "", ": Le prix du mil baisse sur les marchés",
    ]
    (incident,) = empty.store.incidents(IncidentQuery())
    assert incident.date == PartialDate.day(date(2023, 11, 24)), "counted from the day of the entry"
    assert all(spans_hold(empty))
    assert [each.known for each in ingest(empty, [path])] == [True, False, True]


def test_bytes_are_read_as_files_are(tmp_path: Path, empty: Workspace) -> None:
    (done,) = ingest_bytes(empty, "../../etc/<b>report</b>.TXT", REPORT.read_bytes())
    assert (done.new_incidents, done.refusal) == (4, "")
    assert done.report
    assert done.report.id == read_report_file(REPORT).id
    bad = {"a.exe": b"x", "a.txt": b"", "a.pdf": b"x", "": b"x", "b.txt": b" " * 20_000_001, "a\x00.txt": b"\xff\xd8\xff"}
    assert all(ingest_bytes(empty, name, data)[0].refusal for name, data in bad.items())
    assert not list(tmp_path.glob("**/*.TXT"))


def test_what_else_is_known_of_a_report_is_filled_in_before_it_is_read(empty: Workspace) -> None:
    text = "Vendredi dernier, des hommes armés ont attaqué le camp militaire de Niafunké."
    day = PartialDate.day(date(2023, 11, 27))
    (done,) = ingest_bytes(empty, "a.txt", text.encode(), lambda report: replace(report, published=day, source="Awa"))
    assert done.report
    assert (done.report.source, done.report.published) == ("Awa", day)
    assert [each.date for each in empty.store.incidents(IncidentQuery())] == [PartialDate.day(date(2023, 11, 24))]


def test_a_note_on_a_file_stays_when_its_report_is_read_again(tmp_path: Path, empty: Workspace) -> None:
    page = tmp_path / "links.html"
    told = "<p><a href='/x'>Des hommes armés ont attaqué le camp militaire de Niafunké vendredi 24 novembre 2023.</a></p>"
    page.write_text(told * 5, "utf-8")
    (done,) = ingest(empty, [page])
    assert done.report
    assert reason("page_kept_whole") in done.warnings
    read_all_again(empty)
    again = empty.store.reading(done.report.id)
    assert again
    assert reason("page_kept_whole") in again.warnings
