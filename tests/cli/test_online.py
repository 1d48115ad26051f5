import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.gazetteer.online.conftest import DIRE, Reply, Server, ok, server

from incidentmap.gazetteer.online import door

__all__ = ["server"]
Run = Callable[..., tuple[int, str, str]]
UNKNOWN = {**DIRE, "name": "Xyzzyville", "display_name": "Xyzzyville, Mali"}


@pytest.fixture(autouse=True)
def answers_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "cache_folder", lambda: tmp_path)
    monkeypatch.delenv("INCIDENTMAP_CONTACT", raising=False)


def test_without_the_option_nothing_is_sent(run: Run, server: Server) -> None:
    assert run("geocode", "Xyzzyville")[0] == 3
    code, _, complaint = run("geocode", "Xyzzyville", "--server", server.address)
    assert (code, "--online nominatim or --online photon" in complaint) == (1, True)
    assert server.calls == []


def test_a_miss_is_looked_up_and_told(run: Run, server: Server) -> None:
    server.replies = [ok([UNKNOWN])]
    asked = ("--online", "nominatim", "--server", server.address, "--region", "mali")
    code, said, told = run("geocode", "Kidal", "Xyzzyville", "--json", *asked)
    kidal, other = json.loads(said)
    assert (code, kidal["id"], other["id"], other["status"]) == (3, "curated:kidal", "nominatim:node/123", "ambiguous")
    assert [call[1]["q"] for call in server.calls] == [["Xyzzyville"]]
    first, second = told.splitlines()
    assert first.startswith(f"online: {server.host} (nominatim, not encrypted) was asked for 1 of the names: Xyzzyville. ")
    assert "the box of the region of interest (mali)" in first
    assert "Requests sent: 1" in first
    assert "OpenStreetMap contributors" in first
    assert "INCIDENTMAP_CONTACT" in second
    assert "because: " in run("geocode", "Xyzzyville", *asked)[1]
    assert len(server.calls) == 1  # the second time from what was kept


def test_a_known_name_is_not_sent(run: Run, server: Server) -> None:
    code, _, told = run("geocode", "Kidal", "", "--online", "photon", "--server", server.address)
    assert (code, told) == (3, "online: nothing was sent; the gazetteer missed no name\n")
    assert server.calls == []


def test_a_phrase_is_put_on_the_ground(run: Run, server: Server) -> None:
    server.replies = [ok([UNKNOWN])]
    asked = ("--json", "--online", "nominatim", "--server", server.address)
    said = json.loads(run("geocode", "à 37 km au nord de Xyzzyville", *asked)[1])
    assert (said[0]["status"], said[0]["lat"]) == ("ambiguous", pytest.approx(16.60, abs=0.02))
    assert [call[1]["q"] for call in server.calls] == [["Xyzzyville"]]


def test_no_answer_is_no_miss_and_ends_the_asking(run: Run, server: Server) -> None:
    server.replies = [Reply(status=403)]
    code, said, told = run("geocode", "Xyzzyville", "Plughburg", "Kidal", "--online", "nominatim", "--server", server.address)
    assert code == 3
    assert '"Xyzzyville": not found' in said
    assert '"Kidal": found' in said
    assert "gave no answer, which says nothing about whether these places exist: Xyzzyville; Plughburg." in told
    assert "has blocked this program" in told
    assert len(server.calls) == 1
