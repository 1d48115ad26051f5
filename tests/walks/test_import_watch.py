"""What is watched becomes snapshots: of a folder, and of services of this machine; made-up rows only."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.tables.feeds.conftest import BEGUN, Reply, Service, Time, ok, passing, service, wire

from incidentmap.model import FeedRefused, IncidentQuery, Stopped, UnwritablePlace
from incidentmap.store.events.room import import_lock
from incidentmap.tables.feeds.address import Feed, read_feed
from incidentmap.tables.feeds.fetch import Fetcher, fetch_acled
from incidentmap.tables.feeds.shelf import Shelf
from incidentmap.tables.feeds.tokens import Nobody
from incidentmap.tables.feeds.wire import Wire
from incidentmap.walks.import_asked import ImportAsked
from incidentmap.walks.import_table import import_table
from incidentmap.walks.import_tables import events_page, snapshots, undo
from incidentmap.walks.import_watch import FEEDS, Looked, look_at_feed, watch_tables
from incidentmap.walks.licences import export_warnings

__all__ = ["passing", "service", "wire"]

READ, DELETED, GED = "/api/acled/read", "/api/deleted/read", "/api/gedevents/26.0.7"
LIST, NAME = "/gdeltv2/lastupdate.txt", "20261122120000.export.CSV.zip"
ROW = {
    "event_id_cnty": "MLI1", "event_date": "2026-11-20", "year": "2026", "time_precision": "1",
    "disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash",
    "actor1": "Group A (invented)", "actor2": "Group B (invented)", "country": "Mali", "admin1": "Tombouctou",
    "location": "Niafunke", "latitude": "15.93", "longitude": "-3.99", "geo_precision": "1", "fatalities": "3",
    "notes": "made up", "timestamp": "50",
}
CANDIDATE = {
    "id": 11, "date_start": "2026-11-02T00:00:00", "date_end": "2026-11-02T00:00:00", "date_prec": 1, "type_of_violence": 1,
    "where_prec": 1, "where_coordinates": "Niafunké", "country": "Mali", "latitude": 15.93, "longitude": -3.99,
    "side_a": "Side A (invented)", "side_b": "Side B (invented)", "best": 2, "low": 2, "high": 4,
}


def rows(*others: Mapping[str, object]) -> Reply:
    return ok({"status": 200, "data": [{**ROW, **each} for each in others]})


@pytest.fixture
def asked(tmp_path: Path) -> ImportAsked:
    return ImportAsked(Path(), tmp_path / "case", who="Awa", places=False)


@pytest.fixture
def fetcher(wire: Wire) -> Fetcher:
    return Fetcher(wire, Nobody(), lambda: BEGUN)


@pytest.fixture
def acled(service: Service) -> Feed:
    return read_feed(f"{service.address}{READ}?country=Mali")


def seen(folder: Path) -> dict[str, Any]:
    """Deaths of all events of a workspace, by the id in their source."""
    shown = events_page(folder, IncidentQuery(), size=1_000)
    return {row["source_id"]: row["killed_best"] for row in shown.rows.to_pylist()} if shown else {}


def looked(feed: Feed, fetcher: Fetcher, asked: ImportAsked) -> Looked:
    return look_at_feed(feed, fetcher, asked, lambda _: None, lambda: BEGUN)


def test_acled_rows_come_change_and_go(service: Service, acled: Feed, fetcher: Fetcher, asked: ImportAsked) -> None:
    service.replies = {READ: [rows({}, {"event_id_cnty": "MLI2"}), rows()], DELETED: [rows()]}
    first = looked(acled, fetcher, asked)
    assert first.done
    assert (first.done.accepted, first.done.licence, first.done.warn_export) == (2, "ACLED terms of use", True)
    later = replace(fetcher, clock=lambda: BEGUN.replace(day=23))
    service.replies = {
        READ: [rows({"event_id_cnty": "MLI2", "fatalities": "9", "timestamp": "70"}, {"event_id_cnty": "MLI3"}), rows()],
        DELETED: [ok({"data": [{"event_id_cnty": each, "deleted_timestamp": "80"} for each in ("MLI1", "KEN7")]}), rows()],
    }
    second = looked(acled, later, asked)
    assert second.removed
    assert second.removed.run
    assert second.removed.run.changes.gone == 1
    assert second.removed.run.record.licence == "ACLED terms of use"
    assert seen(asked.workspace) == {"MLI2": 9, "MLI3": 3}
    assert [each.run.record.partial for each in snapshots(asked.workspace) if each.run] == [True, True, False]
    service.replies = {READ: [rows()], DELETED: [rows()]}
    assert not looked(acled, later, asked).is_news
    assert len(snapshots(asked.workspace)) == 3


def test_acled_rows_warn_before_they_go_out(service: Service, acled: Feed, fetcher: Fetcher, asked: ImportAsked) -> None:
    assert export_warnings(asked.workspace) == ()
    service.replies = {READ: [rows({}), rows()]}
    looked(acled, fetcher, asked)
    warned = export_warnings(asked.workspace)
    assert [(each.code, dict(each.values)) for each in warned] == [
        ("export_licence", {"source": "acled", "licence": "ACLED terms of use"}),
    ]
    undo(asked.workspace, 1, "Awa")
    assert export_warnings(asked.workspace) == ()


def test_nothing_secret_and_no_rows_are_left_beside(
    service: Service, acled: Feed, fetcher: Fetcher, asked: ImportAsked,
) -> None:
    service.replies = {READ: [rows({}), rows()]}
    looked(acled, fetcher, asked)
    left = [path for path in (asked.workspace / FEEDS).rglob("*") if path.is_file()]
    assert {path.name for path in left} == {"mark.json", ".lock"}
    assert "Group A" not in "".join(path.read_text("latin-1") for path in left)


def test_killed_between_import_and_note_nothing_is_imported_twice(
    service: Service, acled: Feed, fetcher: Fetcher, asked: ImportAsked,
) -> None:
    service.replies = {READ: [rows({}), rows()]}
    shelf = Shelf(asked.workspace / FEEDS / acled.id)
    fetched = fetch_acled(acled, shelf, fetcher)  # as one would who was killed once its import was kept
    assert fetched.path
    import_table(replace(asked, path=fetched.path, partial=True))
    service.calls.clear()
    assert looked(acled, fetcher, asked).done is None
    assert not service.calls
    assert len(snapshots(asked.workspace)) == 1
    assert shelf.mark(acled.address).reached["timestamp"] == "50"


def test_stopped_while_it_waits_it_goes_on_at_the_next_look(service: Service, acled: Feed, asked: ImportAsked) -> None:
    service.replies = {READ: [rows({}), Reply(status=429, headers={"Retry-After": "60"}), rows()]}
    with pytest.raises(Stopped):
        looked(acled, Fetcher(Wire(Time(stop=1).pace()), Nobody(), lambda: BEGUN), asked)
    assert snapshots(asked.workspace) == ()
    assert looked(acled, Fetcher(Wire(Time().pace()), Nobody(), lambda: BEGUN), asked).done
    assert [call.query["page"] for call in service.calls] == ["1", "2", "2"]


@pytest.mark.parametrize(("reply", "said"), [
    (Reply(status=503), "each of 5 tries"), (Reply(b"{"), "no JSON"), (Reply(b"", kind="text/html"), "login page"),
])
def test_a_look_that_fails_is_told_and_the_next_one_succeeds(
    service: Service, acled: Feed, fetcher: Fetcher, *, asked: ImportAsked, reply: Reply, said: str,
) -> None:
    service.replies = {READ: [reply]}
    assert said in looked(acled, fetcher, asked).failure
    service.replies = {READ: [rows({}), rows()]}
    assert looked(acled, fetcher, asked).done
    assert seen(asked.workspace) == {"MLI1": 3}


def test_events_of_another_kind_are_told_and_fetched_anew(
    service: Service, acled: Feed, fetcher: Fetcher, asked: ImportAsked,
) -> None:
    service.replies = {READ: [ok({"data": [{"event_id_cnty": "MLI1", "colour": "blue"}]}), rows()]}
    assert "no table of the kind" in looked(acled, fetcher, asked).failure
    service.replies = {READ: [rows({}), rows()]}
    assert looked(acled, fetcher, asked).done


def test_a_login_that_is_refused_ends_the_watch(service: Service, acled: Feed, fetcher: Fetcher, asked: ImportAsked) -> None:
    service.replies = {READ: [Reply(status=401)]}
    with pytest.raises(FeedRefused):
        looked(acled, fetcher, asked)


def test_two_do_not_watch_the_same_at_once(acled: Feed, fetcher: Fetcher, asked: ImportAsked) -> None:
    with import_lock(asked.workspace / FEEDS / acled.id, 0), pytest.raises(UnwritablePlace):
        looked(acled, fetcher, asked)


def test_ucdp_candidates(service: Service, fetcher: Fetcher, asked: ImportAsked) -> None:
    service.replies = {GED: [ok({"TotalCount": 2, "NextPageUrl": "", "Result": [CANDIDATE, {**CANDIDATE, "id": 12}]})]}
    feed = read_feed(service.address + GED)
    done = looked(feed, fetcher, asked).done
    assert done
    assert (done.accepted, done.guess.mapping.preset, done.licence) == (2, "ucdp_ged", "CC BY 4.0, UCDP")
    assert seen(asked.workspace) == {"11": 2, "12": 2}
    assert not looked(feed, fetcher, asked).is_news


def gdelt_zip(*ids: int) -> bytes:
    cells = ["", "20261122", "202611", "2026", "2026.88", *[""] * 56]
    cells[26], cells[51], cells[52], cells[53] = "190", "4", "Niafunke, Tombouctou, Mali", "ML"
    cells[56], cells[57], cells[59], cells[60] = "15.93", "-3.99", "20261122120000", "https://news.example/1"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(NAME.removesuffix(".zip"), "".join("\t".join([str(each), *cells[1:]]) + "\n" for each in ids))
    return made.getvalue()


def test_gdelt_files_of_a_quarter_of_an_hour(service: Service, fetcher: Fetcher, asked: ImportAsked) -> None:
    body = gdelt_zip(1_300_000_001, 1_300_000_002)
    told = f"{len(body)} {hashlib.md5(body, usedforsecurity=False).hexdigest()} http://data.example/gdeltv2/{NAME}\n"
    service.replies = {
        LIST: [Reply(told.encode(), kind="text/plain")], f"/gdeltv2/{NAME}": [Reply(body, kind="application/zip")],
    }
    feed = read_feed(service.address + LIST)
    done = looked(feed, fetcher, asked).done
    assert done
    assert (done.accepted, done.guess.mapping.preset) == (2, "gdelt_events")
    assert not looked(feed, fetcher, asked).is_news
    assert len(service.asked(f"/gdeltv2/{NAME}")) == 1


def sheet(path: Path, *ids: str, deaths: int = 1) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([("id", "date", "lieu", "tués"), *((each, "2026-11-20", "Niafunké", deaths) for each in ids)])
    path.write_text(text.getvalue(), "utf-8")


def played(*steps: Callable[[], object]) -> Callable[[], bool]:
    """Between two looks one of the steps is done; after the last of them the watch ends."""
    left: Iterator[Callable[[], object]] = iter(steps)

    def wait() -> bool:
        step = next(left, None)
        if step:
            step()
        return step is not None
    return wait


def test_tables_of_a_folder_come_and_change(tmp_path: Path, asked: ImportAsked) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    one = folder / "faits.csv"
    sheet(one, "A1", "A2")
    (folder / "notes.docx").write_bytes(b"x")
    (folder / "half.csv.part").write_bytes(b"x")
    told = [*watch_tables(folder, asked, lambda _: None, played(
        lambda: (folder / "broken.xlsx").write_bytes(b"no sheet"),
        lambda: None,
        lambda: sheet(one, "A1", deaths=10),
        lambda: None,
    ))]
    assert [(Path(each.what).name, bool(each.failure)) for each in told] == [
        ("faits.csv", False), ("broken.xlsx", True), ("faits.csv", False),
    ]
    assert seen(asked.workspace) == {"A1": 10}
    again = watch_tables(folder, asked, lambda _: None, played(lambda: None))
    assert [Path(each.what).name for each in again] == ["broken.xlsx"]


def test_files_of_one_source_are_parts_of_it(tmp_path: Path, asked: ImportAsked) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, ids in (("2025", ("A", "B")), ("2026", ("C",))):
        lines = (json.dumps({**ROW, "event_id_cnty": each}) for each in ids)
        (folder / f"acled-{name}.jsonl").write_text("\n".join(lines), "utf-8")
    told = [*watch_tables(folder, asked, lambda _: None, played(lambda: None))]
    assert len(told) == 2
    assert seen(asked.workspace).keys() == {"A", "B", "C"}
