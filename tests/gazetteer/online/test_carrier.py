import threading
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
from geopy import Location
from tests.gazetteer.online.conftest import DIRE, Open, Reply, Server, Time, ok

from incidentmap.gazetteer.online import Clock
from incidentmap.model import OnlineError, OnlineRefused, OnlineUnavailable, OnlineUnreadable

NOTHING = ok([])


@pytest.mark.parametrize(("reply", "error", "told"), [
    (Reply(status=400), OnlineRefused, "rejects the question"),
    (Reply(status=401), OnlineRefused, "wants a key"),
    (Reply(status=403, body=b"<h1>Access blocked</h1>"), OnlineRefused, "has blocked this program.*INCIDENTMAP_CONTACT"),
    (Reply(status=404), OnlineUnreadable, "answers 404"),
    (Reply(status=500), OnlineUnavailable, "out of order .500"),
    (Reply(body=b"{broken"), OnlineUnreadable, "no JSON"),
    (Reply(body=b"<html>log in to the hotel</html>"), OnlineUnreadable, "no JSON"),
    (Reply(body=b"[" * 200_000), OnlineUnreadable, "no JSON"),
    (Reply(body=b"\xff\xfe"), OnlineUnreadable, "no JSON"),
    (Reply(body=b"null"), OnlineUnreadable, "neither a list nor a place"),
    (ok({"error": "quota"}), OnlineUnreadable, "tells an error: quota"),
    (ok([{"lat": "1", "lon": "2"}]), OnlineUnreadable, "without display_name"),
    (ok([{**DIRE, "lat": "north"}]), OnlineUnreadable, "no point"),
    (ok([{**DIRE, "lat": "91"}]), OnlineUnreadable, "no point on Earth"),
    (ok([{**DIRE, "lon": "nan"}]), OnlineUnreadable, "no point on Earth"),
    (ok([{**DIRE, "address": "here"}]), OnlineUnreadable, "address"),
    (Reply(body=b" " * 4_000_001), OnlineUnreadable, "longer than 4 MB"),
    (Reply(status=302, headers={"Location": "http://127.0.0.2/else"}), OnlineUnreadable, "sends on to http://127.0.0.2/else"),
])
def test_what_is_no_answer_is_an_error_in_clear_words_and_is_not_kept(
    opened: Open, server: Server, reply: Reply, error: type[OnlineError], told: str,
) -> None:
    server.replies = [reply, ok([DIRE])]
    geocoder = opened()
    with pytest.raises(error, match=told) as caught:
        geocoder.geocode("Diré")
    assert server.host in str(caught.value)
    assert len(server.calls) == 1
    assert isinstance(found := geocoder.geocode("Diré"), Location)
    assert found.raw["id"] == "nominatim:node/123"


@pytest.mark.parametrize(("answer", "told"), [
    ([], "no list of features"), ({"message": "x"}, "no list of features"), ({"features": [{}]}, "without point"),
    ({"features": [{"geometry": {"coordinates": [1, 95]}, "properties": {}}]}, "no point on Earth"),
    ({"features": [{"geometry": {"coordinates": [1, 5]}, "properties": {"name": 3}}]}, "no words"),
])
def test_photons_answers_are_looked_at_too(opened: Open, server: Server, answer: Any, told: str) -> None:
    server.replies = [ok(answer)]
    with pytest.raises(OnlineUnreadable, match=told):
        opened("photon").geocode("Diré")


def test_a_server_that_keeps_silent_is_told(opened: Open, server: Server) -> None:
    server.replies = [Reply(body=None)]
    with pytest.raises(OnlineUnavailable, match=r"did not answer within 0\.05 s"):
        opened().geocode("Diré", timeout=0.05)


def test_a_server_that_is_not_there_is_told(opened: Open, closed_port: int) -> None:
    with pytest.raises(OnlineUnavailable, match="cannot be reached"):
        opened(server=f"http://127.0.0.1:{closed_port}").geocode("Diré")


def test_a_server_that_speaks_no_tls_is_told(opened: Open, server: Server) -> None:
    with pytest.raises(OnlineUnavailable, match="certificate or TLS"):
        opened(server=server.address.replace("http:", "https:")).geocode("Diré")


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_waited_for(opened: Open, server: Server, passing: Time, status: int) -> None:
    in_20_s = formatdate(passing.now + 27, usegmt=True)
    busy = [Reply(status=status, headers={"Retry-After": header}) for header in ("7", in_20_s)]
    server.replies = [*busy, ok([DIRE])]
    assert opened().geocode("Diré") is not None
    assert passing.slept == [7, 20]


@pytest.mark.parametrize("header", [{}, {"Retry-After": "soon"}, {"Retry-After": "-3"}])
def test_without_retry_after_the_wait_doubles(opened: Open, server: Server, passing: Time, header: dict[str, str]) -> None:
    server.replies = [Reply(status=503, headers=header), Reply(status=503, headers=header), ok([DIRE])]
    assert opened().geocode("Diré") is not None
    assert passing.slept == [2, 4]


@pytest.mark.parametrize(("status", "error"), [(429, OnlineRefused), (503, OnlineUnavailable)])
def test_three_tries_are_enough(opened: Open, server: Server, status: int, error: type[OnlineError]) -> None:
    server.replies = [Reply(status=status)]
    with pytest.raises(error):
        opened().geocode("Diré")
    assert len(server.calls) == 3


def test_a_long_retry_after_is_told_and_the_server_left_alone(opened: Open, server: Server, passing: Time) -> None:
    server.replies = [Reply(status=429, headers={"Retry-After": "3600"}), ok([DIRE])]
    for name in ("Diré", "Gao"):
        with pytest.raises(OnlineRefused, match="come back in 3600 s"):
            opened().geocode(name)
    assert (len(server.calls), passing.slept) == (1, [])
    passing.now += 3600
    assert opened().geocode("Diré") is not None


def test_a_kept_answer_makes_no_request_and_waits_for_nothing(opened: Open, server: Server, passing: Time) -> None:
    geocoder = opened(interval_s=5)
    for name in ("Diré", " Diré ", "Dire\u0301"):
        assert geocoder.geocode(name) is not None
        assert geocoder.geocode(name, exactly_one=False, limit=1) is not None
    assert (len(server.calls), geocoder.carrier.sent, passing.slept) == (1, 1, [])
    assert opened().geocode("Diré") is not None  # another process would read the same file
    assert len(server.calls) == 1
    opened().geocode("Diré", language="fr")
    assert len(server.calls) == 2


@pytest.mark.parametrize(("reply", "days"), [(ok([DIRE]), 90), (NOTHING, 7), (ok({"error": "Unable to geocode"}), 7)])
def test_kept_answers_age(opened: Open, server: Server, passing: Time, reply: Reply, days: int) -> None:
    server.replies = [reply]
    geocoder = opened()
    for passed_days, requests in ((0, 1), (days - 0.1, 1), (0.2, 2)):
        passing.now += passed_days * 86_400
        geocoder.geocode("Diré")
        assert len(server.calls) == requests


def test_threads_and_geocoders_share_one_limiter(opened: Open, server: Server, tmp_path: Path) -> None:
    interval_s, steady = 0.02, Clock()
    each = [opened(interval_s=interval_s, clock=steady, cache=tmp_path / str(index)) for index in range(8)]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda index: each[index].geocode(f"Diré {index}"), range(8)))
    gaps = [later - sooner for sooner, later in zip(server.times, server.times[1:], strict=False)]
    assert len(found) == len(server.times) == 8
    assert min(gaps) >= interval_s


def test_threads_that_ask_the_same_at_once_ask_once(opened: Open, server: Server) -> None:
    geocoder, together = opened(), threading.Barrier(8)

    def ask(_: int) -> object:
        together.wait(10)
        return geocoder.geocode("Diré")

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(ask, range(8)))
    assert len(server.calls) == 1
