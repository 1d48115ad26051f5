"""A service on this machine that answers as it is told, and time that passes only when something waits."""

import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from incidentmap.tables.feeds.wire import Pace, Wire

BEGUN = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Reply:
    """One answer: `cut` bytes fewer than it says; `silent` until the test is over."""

    body: bytes = b"{}"
    status: int = 200
    kind: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int = 0
    silent: bool = False


def ok(value: Any) -> Reply:
    return Reply(json.dumps(value).encode())


@dataclass(frozen=True)
class Call:
    path: str
    query: dict[str, str]
    form: dict[str, str]
    headers: dict[str, str]


@dataclass
class Service:
    """What the fake service got and will give: for each path replies in order, the last one for ever."""

    address: str = ""
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def asked(self, path: str) -> list[Call]:
        return [call for call in self.calls if call.path == path]


def _handler(service: Service, lock: threading.Lock) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            self._answer(_flat(self.rfile.read(int(self.headers["Content-Length"])).decode()))

        def _answer(self, form: dict[str, str]) -> None:
            parts = urlsplit(self.path)
            with lock:
                service.calls.append(Call(parts.path, _flat(parts.query), form, dict(self.headers)))
                waiting = service.replies.get(parts.path, [Reply(status=404)])
                reply = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            if reply.silent:
                service.over.wait(30)
                return
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.kind)
            self.send_header("Content-Length", str(len(reply.body)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body[:len(reply.body) - reply.cut])

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
            pass

    return Handler


def _flat(text: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(text).items()}


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()
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
    """A clock that stands still but for waiting; `waited` tells how long each time, `stop` after how many waits to stop."""

    now: float = 0.0
    waited: list[float] = field(default_factory=list)
    stop: int = 1_000

    def wait(self, seconds: float) -> bool:
        self.waited.append(round(seconds, 3))
        self.now += seconds
        return len(self.waited) < self.stop

    def pace(self) -> Pace:
        return Pace(steady=lambda: self.now, wait=self.wait, chance=lambda: 0.5)


@pytest.fixture
def passing() -> Time:
    return Time()


@pytest.fixture
def wire(passing: Time) -> Wire:
    return Wire(passing.pace(), timeout_s=0.5)
