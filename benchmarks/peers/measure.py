"""How long a page needs until its picture stands still, what it receives meanwhile, and what its server computes."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from playwright.sync_api import CDPSession, Page

LIMIT_S = 90.0
_TICKS = os.sysconf("SC_CLK_TCK")
_SETTLED_S = 1.0
_BLANK = 6_000
"""Bytes of a picture that shows nothing."""


@dataclass
class Seen:
    """What one way needed: seconds, bytes and seconds of CPU by what was done; None where it cannot."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    received: dict[str, list[int]] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)
    note: str = ""

    def add(self, what: str, seconds: float, received: int, cpu: float) -> None:
        self.seconds.setdefault(what, []).append(seconds)
        self.received.setdefault(what, []).append(received)
        self.cpu.setdefault(what, []).append(cpu)


class Wire:
    """Bytes that a page receives, over HTTP and its websocket."""

    def __init__(self, session: CDPSession) -> None:
        self.total = 0
        session.send("Network.enable")
        session.on("Network.dataReceived", lambda told: self._add(int(told["encodedDataLength"] or told["dataLength"])))
        session.on("Network.webSocketFrameReceived", lambda told: self._add(_frame_bytes(told["response"])))

    def _add(self, number: int) -> None:
        self.total += number


def _frame_bytes(frame: dict[str, Any]) -> int:
    """A binary frame is told in base64."""
    length = len(frame["payloadData"])
    return length * 3 // 4 if frame["opcode"] == 2 else length


@dataclass(frozen=True, slots=True)
class Watched:
    """A page, what it receives, and the process that serves it."""

    page: Page
    wire: Wire
    server: int

    def timed(self, what: str, act: Callable[[], object], seen: Seen, *, blank: bool = False) -> None:
        """From the act until the picture has changed and stands still; `blank`: there was none before."""
        before = None if blank else _picture(self.page)
        received, cpu, begun = self.wire.total, _cpu_s(self.server), monotonic()
        act()
        stood = _still(self.page, before, begun)
        if stood is not None:
            seen.add(what, stood - begun, self.wire.total - received, _cpu_s(self.server) - cpu)


def _still(page: Page, before: str | None, begun: float) -> float | None:
    """When the first of equal pictures was taken that stay so for a second; None if that never comes."""
    last, since = "", begun
    while monotonic() - begun < LIMIT_S:
        now, picture = monotonic(), _picture(page)
        if picture != last:
            last, since = picture, now
        elif picture not in {before, ""} and now - since >= _SETTLED_S:
            return since
    return None


def _picture(page: Page) -> str:
    """A digest of the page's picture, empty while it is blank or still says that it runs."""
    if page.locator('[data-testid="stApp"][data-test-script-state="running"]').count():
        return ""
    shot = page.screenshot(animations="disabled", caret="hide")
    return "" if len(shot) < _BLANK else hashlib.sha256(shot).hexdigest()


def _cpu_s(process: int) -> float:
    told = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / _TICKS
