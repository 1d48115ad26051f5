"""Rounds of fetching: all pages, once each, from where the last one ended; made-up rows only."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.tables.feeds.conftest import BEGUN, Reply, Service, Time, ok

from incidentmap.model import FeedRefused, FeedUnreadable, Stopped
from incidentmap.tables.feeds.address import Feed, read_feed
from incidentmap.tables.feeds.fetch import Fetched, Fetcher, fetch_acled, fetch_ucdp, finish
from incidentmap.tables.feeds.gdelt import fetch_gdelt
from incidentmap.tables.feeds.logins import Login
from incidentmap.tables.feeds.shelf import Mark, Round, Shelf
from incidentmap.tables.feeds.tokens import AcledTokens, Nobody
from incidentmap.tables.feeds.wire import Wire

READ, DELETED, GED = "/api/acled/read", "/api/deleted/read", "/api/gedevents/25.1"
LIST, NAME = "/gdeltv2/lastupdate.txt", "20261122120000.export.CSV.zip"


def event(number: int, time: int, **others: object) -> dict[str, Any]:
    return {"event_id_cnty": f"MLI{number}", "timestamp": str(time), **others}


def events(*rows: dict[str, Any]) -> Reply:
    return ok({"status": 200, "success": True, "count": len(rows), "data": list(rows)})


def ged(feed: Feed, total: int, *ids: int, following: str = "") -> Reply:
    return ok({"TotalCount": total, "NextPageUrl": following, "Result": [{"id": each} for each in ids]})


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "feed")


@pytest.fixture
def fetcher(wire: Wire) -> Fetcher:
    return Fetcher(wire, Nobody(), lambda: BEGUN)


@pytest.fixture
def acled(service: Service) -> Feed:
    return read_feed(f"{service.address}{READ}?country=Mali")


@pytest.fixture
def ucdp(service: Service) -> Feed:
    return read_feed(f"{service.address}{GED}")


@pytest.fixture
def gdelt(service: Service) -> Feed:
    return read_feed(f"{service.address}{LIST}")


def ids(fetched: Fetched, key: str = "event_id_cnty") -> list[object]:
    assert fetched.path
    return [json.loads(line)[key] for line in fetched.path.read_text("utf-8").splitlines()]


def test_pages_are_asked_until_one_is_empty_and_each_row_comes_once(
    service: Service, acled: Feed, shelf: Shelf, fetcher: Fetcher,
) -> None:
    moved = event(2, 60, notes="later")
    service.replies[READ] = [events(event(1, 50), event(2, 40)), events(moved, event(3, 45)), events()]
    fetched = fetch_acled(acled, shelf, fetcher)
    assert ids(fetched) == ["MLI1", "MLI2", "MLI3"]
    assert fetched.path
    assert "later" in fetched.path.read_text("utf-8")
    assert [call.query for call in service.calls] == [
        {"country": "Mali", "_format": "json", "limit": "5000", "page": str(page)} for page in (1, 2, 3)
    ]
    assert fetched.mark.reached["timestamp"] == "60"


def test_the_next_round_asks_for_what_is_new_and_what_was_deleted(
    service: Service, acled: Feed, shelf: Shelf, fetcher: Fetcher,
) -> None:
    service.replies[READ] = [events(event(1, 50)), events()]
    finish(shelf, fetch_acled(acled, shelf, fetcher))
    assert [path.name for path in shelf.folder.rglob("*") if path.is_file()] == ["mark.json", "mark.json"]
    service.calls.clear()
    service.replies = {
        READ: [events(event(1, 50), event(4, 70)), events()],
        DELETED: [ok({"data": [{"event_id_cnty": "MLI9", "deleted_timestamp": 1_795_300_000}]}), events()],
    }
    fetched = fetch_acled(acled, shelf, fetcher)
    assert (ids(fetched), fetched.gone) == (["MLI1", "MLI4"], ("MLI9",))
    first = service.asked(READ)[0].query
    assert (first["timestamp"], first["timestamp_where"]) == ("50", ">=")
    deleted = service.asked(DELETED)[0].query
    day_before = str(int(BEGUN.timestamp()) - 86_400)
    assert (deleted["deleted_timestamp"], deleted["deleted_timestamp_where"]) == (day_before, ">=")
    assert "country" not in deleted
    assert fetched.mark.reached == {"timestamp": "70", "deleted_timestamp": "1795300000"}


def test_an_account_that_may_not_see_deletions_is_told(service: Service, acled: Feed, shelf: Shelf, fetcher: Fetcher) -> None:
    shelf.keep(Mark(acled.address, {"timestamp": "50", "deleted_timestamp": "7"}))
    service.replies = {READ: [events()], DELETED: [Reply(status=403)]}
    fetched = fetch_acled(acled, shelf, fetcher)
    assert (fetched.path, fetched.gone, [note.code for note in fetched.notes]) == (None, (), ["feed_no_deletions"])
    assert fetched.mark.reached == {"timestamp": "50", "deleted_timestamp": "7"}


def test_a_round_that_was_stopped_goes_on_where_it_was(service: Service, acled: Feed, shelf: Shelf) -> None:
    service.replies[READ] = [events(event(1, 50)), events(event(2, 40)), Reply(status=503)]
    with pytest.raises(Stopped):
        fetch_acled(acled, shelf, Fetcher(Wire(Time(stop=1).pace()), Nobody(), lambda: BEGUN))
    begun = shelf.mark(acled.address).round
    assert begun == Round("20261122T120000Z", 2, begun.next if begun else "")
    service.calls.clear()
    service.replies[READ] = [events(event(3, 45)), events()]
    later = Fetcher(Wire(Time().pace()), Nobody(), lambda: BEGUN.replace(day=23))
    fetched = fetch_acled(acled, shelf, later)
    assert [call.query["page"] for call in service.calls] == ["3", "4"]
    assert ids(fetched) == ["MLI1", "MLI2", "MLI3"]
    assert fetched.path
    assert fetched.path.name == "acled-20261122T120000Z.jsonl"


@pytest.mark.parametrize("damage", [
    lambda shelf: (shelf.folder / "mark.json").write_text("{", "utf-8"),
    lambda shelf: (shelf.folder / "page-00001.jsonl").unlink(),
    lambda shelf: (shelf.folder / "mark.json").write_text('{"address": 1, "reached": [], "round": []}', "utf-8"),
])
def test_a_shelf_that_is_not_whole_is_filled_anew(
    service: Service, acled: Feed, shelf: Shelf, fetcher: Fetcher, damage: Callable[[Shelf], object],
) -> None:
    shelf.put(1, [event(1, 50)])
    shelf.keep(Mark(acled.address, {}, Round("x", 1, "page=2&limit=5000")))
    damage(shelf)
    service.replies[READ] = [events(event(2, 60)), events()]
    assert ids(fetch_acled(acled, shelf, fetcher)) == ["MLI2"]


def test_a_token_that_has_run_out_on_the_way_is_renewed_once(service: Service, acled: Feed, shelf: Shelf, wire: Wire) -> None:
    service.replies = {
        READ: [events(event(1, 50)), Reply(status=401), events()],
        "/oauth/token": [ok({"access_token": "t2", "refresh_token": "r2", "expires_in": 60_000})],
    }
    kept: list[Login] = []
    who = AcledTokens(Login(service.address, "t1", "r1"), kept.append, now=lambda: 0)
    assert ids(fetch_acled(acled, shelf, Fetcher(wire, who, lambda: BEGUN))) == ["MLI1"]
    assert [call.headers["Authorization"] for call in service.asked(READ)] == ["Bearer t1", "Bearer t1", "Bearer t2"]
    assert len(kept) == 1
    service.replies[READ] = [Reply(status=401)]
    with pytest.raises(FeedRefused, match="incidentmap login"):
        fetch_acled(replace(acled, query=()), Shelf(shelf.folder / "other"), Fetcher(wire, who, lambda: BEGUN))


@pytest.mark.parametrize(("reply", "error", "said"), [
    (ok({"success": False, "error": "no <b>access</b>"}), FeedRefused, "no <b>access"),
    (ok({"status": 403, "messages": ["terms"]}), FeedRefused, "terms"),
    (ok([1]), FeedUnreadable, "no JSON object"),
    (Reply(b"{"), FeedUnreadable, "no JSON"),
    (Reply(b"\xff{}"), FeedUnreadable, "no JSON"),
    (Reply(b"[" * 100_000), FeedUnreadable, "no JSON"),
    (ok({"data": {}}), FeedUnreadable, "no list of events"),
    (ok({"data": [[]]}), FeedUnreadable, "no field 'event_id_cnty'"),
    (ok({"data": [{"event_id_cnty": ["a"]}]}), FeedUnreadable, "no field 'event_id_cnty'"),
    (ok({"data": [{"event_id_cnty": ""}]}), FeedUnreadable, "no field 'event_id_cnty'"),
    (ok({"data": [{"event_id_cnty": "a", **{str(n): n for n in range(600)}}]}), FeedUnreadable, "no field"),
])
def test_a_page_that_is_none_is_told(
    service: Service, acled: Feed, shelf: Shelf, fetcher: Fetcher, *, reply: Reply, error: type[Exception], said: str,
) -> None:
    service.replies[READ] = [reply]
    with pytest.raises(error, match=said):
        fetch_acled(acled, shelf, fetcher)


def test_ucdp_names_its_next_page(service: Service, ucdp: Feed, shelf: Shelf, fetcher: Fetcher) -> None:
    following = f"https://{service.address[7:]}{GED}?pagesize=1000&page=1"
    service.replies[GED] = [ged(ucdp, 3, 11, 12, following=following), ged(ucdp, 3, 13)]
    fetched = fetch_ucdp(ucdp, shelf, fetcher)
    assert ids(fetched, "id") == [11, 12, 13]
    assert [call.query for call in service.calls] == [{"pagesize": "1000"}, {"pagesize": "1000", "page": "1"}]
    finish(shelf, fetched)
    service.calls.clear()
    service.replies[GED] = [ged(ucdp, 3, 11)]
    assert fetch_ucdp(ucdp, shelf, fetcher).path is None
    assert [call.query for call in service.calls] == [{"pagesize": "1"}]
    service.replies[GED] = [ged(ucdp, 4, 11), ged(ucdp, 4, 11, 12, 13, 14)]
    assert ids(fetch_ucdp(ucdp, shelf, fetcher), "id") == [11, 12, 13, 14]


def test_ucdp_events_that_do_not_add_up_are_fetched_anew(service: Service, ucdp: Feed, shelf: Shelf, fetcher: Fetcher) -> None:
    service.replies[GED] = [ged(ucdp, 3, 11, 12)]
    with pytest.raises(FeedUnreadable, match="2 of 3 events"):
        fetch_ucdp(ucdp, shelf, fetcher)
    service.replies[GED] = [ged(ucdp, 2, 11, 12)]
    assert ids(fetch_ucdp(ucdp, shelf, fetcher), "id") == [11, 12]


@pytest.mark.parametrize(("reply", "said"), [
    ({"TotalCount": 2, "NextPageUrl": "https://elsewhere.example/api/gedevents/25.1?page=1", "Result": [{"id": 1}]}, "another"),
    ({"TotalCount": 2, "NextPageUrl": "HERE/api/other?page=1", "Result": [{"id": 1}]}, "another address"),
    ({"TotalCount": 2, "NextPageUrl": f"HERE{GED}?pagesize=1000", "Result": [{"id": 1}]}, "the same page"),
    ({"TotalCount": "2", "Result": []}, "none of UCDP's"), ({"TotalCount": -1, "Result": []}, "none of UCDP's"),
    ({"TotalCount": 2}, "no list"),
])
def test_ucdp_answers_that_lead_astray(
    service: Service, ucdp: Feed, shelf: Shelf, fetcher: Fetcher, *, reply: dict[str, Any], said: str,
) -> None:
    service.replies[GED] = [Reply(json.dumps(reply).replace("HERE", service.address).encode())]
    with pytest.raises(FeedUnreadable, match=said):
        fetch_ucdp(ucdp, shelf, fetcher)


def zipped(name: str = "20261122120000.export.CSV", text: bytes = b"1\t20261122\n") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, text)
    return made.getvalue()


def listing(body: bytes, name: str = NAME, **others: object) -> Reply:
    given = {"size": len(body), "md5": hashlib.md5(body, usedforsecurity=False).hexdigest(), **others}
    beside = f"9 {'0' * 32} http://data.example/gdeltv2/20261122120000.mentions.CSV.zip\n"
    text = f"{given['size']} {given['md5']} http://data.example/gdeltv2/{name}\n{beside}"
    return Reply(text.encode(), kind="text/plain")


def test_gdelt_names_its_file_which_comes_from_beside_the_list(
    service: Service, gdelt: Feed, shelf: Shelf, fetcher: Fetcher,
) -> None:
    body = zipped()
    service.replies = {LIST: [listing(body)], f"/gdeltv2/{NAME}": [Reply(body, kind="application/zip")]}
    fetched = fetch_gdelt(gdelt, shelf, fetcher)
    assert fetched.path
    assert (fetched.path.name, fetched.path.read_bytes(), fetched.notes) == (NAME, body, ())
    finish(shelf, fetched)
    service.calls.clear()
    assert fetch_gdelt(gdelt, shelf, fetcher).path is None
    assert [call.path for call in service.calls] == [LIST]
    later = NAME.replace("1200", "1300", 1)
    service.replies = {LIST: [listing(body, later)], f"/gdeltv2/{later}": [Reply(body, kind="application/zip")]}
    notes = fetch_gdelt(gdelt, shelf, fetcher).notes
    assert [dict(note.values)["files"] for note in notes] == ["3"]


@pytest.mark.parametrize(("listed", "body", "said"), [
    (listing(zipped(), md5="0" * 32), Reply(zipped(), kind="application/zip"), "size or checksum differ"),
    (listing(zipped(), size=3), Reply(zipped(), kind="application/zip"), "size or checksum differ"),
    (listing(zipped()), Reply(zipped()[:-9], kind="application/zip"), "size or checksum differ"),
    (listing(zipped()), Reply(b"<html>", kind="text/html"), "text/html"),
    (Reply(b"", kind="text/plain"), Reply(), "does not name one file"),
    (Reply(b"<a>", kind="text/html"), Reply(), "text/html"),
    (listing(zipped(), "../../etc/passwd"), Reply(), "does not name one file"),
    (listing(zipped(), "20261122120000.export.CSV.zip/../x"), Reply(), "does not name one file"),
])
def test_gdelt_files_that_are_not_what_the_list_says(
    service: Service, gdelt: Feed, shelf: Shelf, fetcher: Fetcher, *, listed: Reply, body: Reply, said: str,
) -> None:
    service.replies = {LIST: [listed], f"/gdeltv2/{NAME}": [body]}
    with pytest.raises(FeedUnreadable, match=said):
        fetch_gdelt(gdelt, shelf, fetcher)
    assert not list(shelf.folder.rglob("*.zip"))
