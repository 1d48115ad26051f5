"""Requests against a server that is busy, slow, broken or hostile."""

import gzip
from email.utils import formatdate

import pytest
from tests.tables.feeds.conftest import Reply, Service, Time

from incidentmap import __version__
from incidentmap.model import FeedError, FeedRefused, FeedUnavailable, FeedUnreadable, Stopped
from incidentmap.tables.feeds.wire import Asked, LoginExpired, Wire

GOOD = Reply(b'{"a": 1}')


def ask(service: Service, **others: object) -> Asked:
    return Asked(f"{service.address}/x?secret=s3cret", ("json",), **others)  # type: ignore[arg-type]


@pytest.mark.parametrize(("replies", "waited"), [
    ([GOOD], []),
    ([Reply(status=429, headers={"Retry-After": "7"}), GOOD], [7.0]),
    ([Reply(status=503), Reply(status=500), GOOD], [2.5, 5.0]),
    ([Reply(status=429, headers={"Retry-After": "soon"}), GOOD], [2.5]),
    ([Reply(b'{"a": 1}', cut=3), GOOD], [2.5]),
    ([Reply(silent=True), GOOD], [2.5]),
    ([Reply(status=503, headers={"Retry-After": formatdate(0, usegmt=True)}), GOOD], []),
])
def test_a_server_in_trouble_is_waited_for(
    service: Service, wire: Wire, passing: Time, replies: list[Reply], waited: list[float],
) -> None:
    service.replies["/x"] = replies
    assert wire.fetch(ask(service)) == GOOD.body
    assert passing.waited == waited


@pytest.mark.parametrize(("reply", "error", "said"), [
    (Reply(status=503), FeedUnavailable, "503.*at each of 5 tries"),
    (Reply(status=429, headers={"Retry-After": "86400"}), FeedUnavailable, "come back in 86400 s"),
    (Reply(status=401), LoginExpired, "incidentmap login"),
    (Reply(status=403), FeedRefused, "accepted the terms"),
    (Reply(status=404), FeedUnreadable, "answers 404"),
    (Reply(status=400), FeedUnreadable, "try later"),
    (Reply(status=302, headers={"Location": "http://127.0.0.1:1/stolen"}), FeedUnreadable, "sends on to another address"),
    (Reply(b"<html>", kind="text/html; charset=utf-8"), FeedUnreadable, "text/html where json .* login page"),
    (Reply(kind=""), FeedUnreadable, "something without a type"),
    (Reply(b"x" * 2_000), FeedUnreadable, "longer than 1,000 bytes"),
    (Reply(gzip.compress(b"0" * 50_000_000, mtime=0), headers={"Content-Encoding": "gzip"}), FeedUnreadable,
     "longer than 1,000 bytes"),
    (Reply(b"no gzip", headers={"Content-Encoding": "gzip"}), FeedUnavailable, "DecodeError"),
])
def test_what_is_no_answer_is_told(service: Service, wire: Wire, reply: Reply, error: type[FeedError], said: str) -> None:
    service.replies["/x"] = [reply]
    with pytest.raises(error, match=said) as caught:
        wire.fetch(ask(service, most_bytes=1_000))
    assert "s3cret" not in str(caught.value)
    assert {call.path for call in service.calls} == {"/x"}


def test_a_status_can_mean_more(service: Service, wire: Wire) -> None:
    service.replies["/x"] = [Reply(status=400)]
    with pytest.raises(FeedRefused, match=r"\(400\): wrong password"):
        wire.fetch(ask(service, refusals={400: "wrong password"}))


def test_who_waits_can_be_stopped(service: Service) -> None:
    passing = Time(stop=1)
    service.replies["/x"] = [Reply(status=503)]
    with pytest.raises(Stopped, match="what came so far is kept"):
        Wire(passing.pace()).fetch(ask(service))
    assert len(service.calls) == 1


def test_nobody_there_is_told(wire: Wire) -> None:
    with pytest.raises(FeedUnavailable, match="cannot be reached"):
        wire.fetch(Asked("http://127.0.0.1:1/x", ("json",)))


def test_a_certificate_that_nobody_signed_is_refused_at_once(service: Service, wire: Wire, passing: Time) -> None:
    with pytest.raises(FeedUnavailable, match="certificate or TLS"):
        wire.fetch(Asked(service.address.replace("http:", "https:"), ("json",)))
    assert passing.waited == []


def test_who_asks_is_told_and_secrets_are_not_shown(service: Service, wire: Wire) -> None:
    service.replies["/x"] = [GOOD]
    asked = ask(service, headers={"Authorization": "Bearer t0ken"}, form={"password": "pässword"})
    wire.fetch(asked)
    call = service.calls[0]
    assert call.headers["User-Agent"] == f"incidentmap/{__version__}"
    assert call.headers["Authorization"] == "Bearer t0ken"
    assert call.form == {"password": "pässword"}
    assert "t0ken" not in repr(asked)
    assert "pässword" not in repr(asked)


def test_a_proxy_of_the_environment_is_never_used_for_this_machine(
    service: Service, wire: Wire, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    service.replies["/x"] = [GOOD]
    assert wire.fetch(ask(service)) == GOOD.body
