"""A page that is open in a browser: when it is ready, what it shows, and its picture."""

import re
from base64 import b64decode
from dataclasses import dataclass

from incidentmap.model import BadValue
from incidentmap.screenshot.pipe import PageFailed, Pipe

_READY = """new Promise((resolve) => {
  const map = () => document.querySelector('.leaflet-container[data-ground="ready"]');
  const ready = () => document.documentElement && document.documentElement.dataset.ready && map();
  const look = () => ready()
    ? requestAnimationFrame(() => requestAnimationFrame(() => resolve(true))) : requestAnimationFrame(look);
  look();
})"""
"""Resolves two frames after the page has said that its ground and its incidents are drawn."""
_WRITTEN = re.compile(r"(\d{2,5})x(\d{2,5})")
_SMALLEST, _LARGEST = 320, 8192


@dataclass(frozen=True, slots=True)
class Size:
    """Of a window, in CSS pixels, and how many pixels of the picture stand for each of them."""

    width: int
    height: int
    scale: float = 1.0

    @classmethod
    def parse(cls, text: str) -> "Size":
        """Of a name, or `WIDTHxHEIGHT` in pixels of the picture. Raises `BadValue` for anything else."""
        if text in SIZES:
            return SIZES[text]
        written = _WRITTEN.fullmatch(text)
        sides = [int(side) for side in written.groups()] if written else []
        if not sides or not all(_SMALLEST <= side <= _LARGEST for side in sides):
            raise BadValue("size", text, f"{', '.join(SIZES)}, or WIDTHxHEIGHT in pixels, each from {_SMALLEST} to {_LARGEST}")
        return cls(*sides)


SIZES = {"a4": Size(1122, 793, 2.0), "slide": Size(1280, 720, 1.5), "social": Size(1200, 630, 1.0)}
"""A4 across at 192 dots an inch, a slide of 1920 by 1080, a card of 1200 by 630."""


class SeenPage:
    """A page in a browser's window."""

    def __init__(self, pipe: Pipe, size: Size) -> None:
        self._pipe = pipe
        target = pipe.ask("Target.createTarget", url="about:blank")["targetId"]
        pipe.session = pipe.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        pipe.ask("Emulation.setDeviceMetricsOverride", width=size.width, height=size.height, deviceScaleFactor=size.scale,
                 mobile=False)
        pipe.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}])

    def open(self, address: str) -> None:
        """Open a page and wait until it is drawn."""
        self._pipe.ask("Page.enable")
        failed = self._pipe.ask("Page.navigate", url=address).get("errorText", "")
        if failed:
            raise PageFailed(f"The browser cannot open the page: {failed}")
        self.run(_READY)

    def run(self, script: str) -> object:
        """What a script of ours comes to on the page."""
        told = self._pipe.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in told:
            raise PageFailed(f"The page failed: {told['exceptionDetails'].get('text', '')}")
        return told["result"].get("value")

    def picture(self) -> bytes:
        """What the window shows, as PNG bytes."""
        return b64decode(self._pipe.ask("Page.captureScreenshot", format="png")["data"])
