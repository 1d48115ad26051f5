"""How long a page needs until its picture stands still, what it receives meanwhile, and what its server computes."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from time import monotonic
from typing import Any

from PIL import Image
from playwright.sync_api import CDPSession, Page

LIMIT_S = 45.0
_TICKS = os.sysconf("SC_CLK_TCK")
_SETTLED_S = 1.0
PAGE = '[data-testid="stApp"]'
_COLOURS = 16
"""A picture with no more colours than that shows no map."""


@dataclass
class Seen:
    """What one way needed: seconds, bytes and seconds of CPU by what was done; `late` is how often nothing came in time."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    received: dict[str, list[int]] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)
    note: str = ""
    late: int = 0

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
    """A page, what it receives, the process that serves it, and the selector of its map."""

    page: Page
    wire: Wire
    server: int
    map: str

    def picture(self) -> str:
        """A digest of what the map's element shows, empty while it is not there, shows nothing, or the server still works."""
        if self.page.locator('[data-testid="stApp"][data-test-script-state="running"]').count():
            return ""
        element = self.page.locator(self.map)
        box = element.first.bounding_box() if element.count() else None
        if not box or not box["width"] or not box["height"]:
            return ""
        shot = self.page.screenshot(animations="disabled", caret="hide", clip=box)
        drawn = Image.open(BytesIO(shot)).convert("RGB").getcolors(1 if self.map == PAGE else _COLOURS) is None
        return hashlib.sha256(shot).hexdigest() if drawn else ""

    def timed(self, what: str, act: Callable[[], object], seen: Seen, *, blank: bool = False) -> None:
        """From the act until the picture has changed and stands still; `blank`: there was none before."""
        before = None if blank else self.picture()
        received, cpu, begun = self.wire.total, _cpu_s(self.server), monotonic()
        act()
        stood = _still(self, before, begun)
        if stood is None:
            seen.late += 1
        else:
            seen.add(what, stood - begun, self.wire.total - received, _cpu_s(self.server) - cpu)


def _still(watched: Watched, before: str | None, begun: float) -> float | None:
    """When the first of equal pictures was taken that stay so for a second; None if that never comes."""
    last, since = "", begun
    while monotonic() - begun < LIMIT_S:
        now, picture = monotonic(), watched.picture()
        if picture != last:
            last, since = picture, now
        elif picture not in {before, ""} and now - since >= _SETTLED_S:
            return since
    return None


def _cpu_s(process: int) -> float:
    told = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / _TICKS
