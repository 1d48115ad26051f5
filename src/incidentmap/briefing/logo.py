"""A user's logo for the head of a briefing."""

from dataclasses import dataclass
from pathlib import Path

from incidentmap.model import BadValue

_KINDS = {".svg": "svg", ".png": "png", ".jpg": "jpg", ".jpeg": "jpg"}


@dataclass(frozen=True, slots=True)
class Logo:
    """Its bytes and kind: `svg`, `png` or `jpg`."""

    content: bytes
    kind: str


def read_logo(path: Path | None) -> Logo | None:
    """The logo of a file, None without one. Raises `BadValue` if it cannot be read or is no picture by its name."""
    if path is None:
        return None
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        raise BadValue("logo", str(path), f"a picture ending in {', '.join(_KINDS)}")
    try:
        return Logo(path.read_bytes(), kind)
    except OSError as error:
        raise BadValue("logo", str(path), f"a file that can be read ({error.strerror})") from error
