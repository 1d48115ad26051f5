"""A geocoder's server on this machine that answers as it is told, and time that passes only when something waits."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from incidentmap.gazetteer.online import Clock, OnlineGeocoder, open_geocoder

DIRE = {
    "place_id": 1, "osm_type": "node", "osm_id": 123, "lat": "16.27", "lon": "-3.39", "class": "place", "type": "town",
    "name": "Diré", "display_name": "Diré, Cercle de Diré, Tombouctou, Mali",
    "boundingbox": ["16.17", "16.37", "-3.49", "-3.29"],
    "address": {"town": "Diré", "county": "Diré", "state": "Tombouctou", "country": "Mali", "country_code": "ml"},
}
ELSEWHERE = {
    "osm_type": "way", "osm_id": 9, "lat": "9.6", "lon": "41.86", "class": "boundary", "type": "administrative",
    "addresstype": "city", "display_name": "Dire Dawa, Ethiopia", "address": {"country_code": "et"},
}
FEATURES = {"type": "FeatureCollection", "features": [
    {"type": "Feature", "geometry": {"type": "Point", "coordinates": [41.86, 9.6]}, "properties": {
        "osm_type": "R", "osm_id": 7, "osm_key": "place", "osm_value": "city", "name": "Dire Dawa", "country": "Ethiopia",
        "countrycode": "ET"}},
    {"type": "Feature", "geometry": {"type": "Point", "coordinates": [-3.39, 16.27]}, "properties": {
        "osm_type": "N", "osm_id": 123, "osm_key": "place", "osm_value": "town", "name": "Diré", "state": "Tombouctou",
        "country": "Mali", "countrycode": "ML", "extent": [-3.49, 16.37, -3.29, 16.17]}},
]}


@dataclass(frozen=True)
class Reply:
    """One answer of the server: a status, headers, a body; None for a body keeps silent until the test is over."""

    body: bytes | None = b"[]"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def ok(value: Any) -> Reply:
    return Reply(json.dumps(value).encode())


@dataclass
class Server:
    """What the fake server got and will give: replies in order, the last one for ever."""

    address: str
    replies: list[Reply] = field(default_factory=lambda: [ok([DIRE, ELSEWHERE])])
    calls: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc


def _handler(server: Server, lock: threading.Lock) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            with lock:
                server.times.append(time.monotonic())
                server.calls.append((parts.path, parse_qs(parts.query)))
                server.agents.append(self.headers["User-Agent"])
                reply = server.replies.pop(0) if len(server.replies) > 1 else server.replies[0]
            if reply.body is None:
                server.over.wait(30)
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
            pass

    return Handler


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server("")
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(made, threading.Lock())) as http:
        http.daemon_threads = True
        made.address = f"http://127.0.0.1:{http.server_port}"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        made.over.set()
        http.shutdown()
        thread.join()


@dataclass
class Time:
    """A clock that stands still but for sleeping; `slept` tells how long each time."""

    now: float = 1_700_000_000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds

    def clock(self) -> Clock:
        return Clock(now=lambda: self.now, steady=lambda: self.now, sleep=self.sleep)


@pytest.fixture
def passing() -> Time:
    return Time()


Open = Callable[..., OnlineGeocoder]


@pytest.fixture
def opened(server: Server, passing: Time, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    monkeypatch.delenv("INCIDENTMAP_CONTACT", raising=False)
    clock = passing.clock()

    def open_one(provider: str = "nominatim", **others: Any) -> OnlineGeocoder:
        given = {"server": server.address, "cache": tmp_path / "cache", "clock": clock, "interval_s": 0, **others}
        geocoder = open_geocoder(provider, **given)
        assert isinstance(geocoder, OnlineGeocoder)
        return geocoder

    return open_one


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port
