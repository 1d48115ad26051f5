"""What a call asks for, checked and brought into one form, so that the same question has the same key."""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from geopy import Point
from geopy.geocoders.base import DEFAULT_SENTINEL

from incidentmap.model import BadValue, BBox

_LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """The limits of a search.

    Parameters
    ----------
    countries
        ISO 3166-1 alpha-2 codes, lower case, in alphabetical order; empty for all.
    view
        west, south, east, north in degrees: places in it come first, or alone where `bounded`; None for none.
    """

    countries: tuple[str, ...]
    view: BBox | None
    bounded: bool

    def allows(self, country: str, lon: float, lat: float) -> bool:
        """Whether a place may be among the answers."""
        known = not self.countries or country.lower() in self.countries
        return known and (not self.bounded or self.sees(lon, lat))

    def sees(self, lon: float, lat: float) -> bool:
        """Whether a point lies in the view; all do without one."""
        if self.view is None:
            return True
        west, south, east, north = self.view
        return west <= lon <= east and south <= lat <= north


def read_asked(
    countries: str | Sequence[str] | None, viewbox: Sequence[object] | None, area: BBox | None, *, bounded: bool,
) -> Asked:
    """Check the limits of a search; `area` is the view where no viewbox is given.

    Raises
    ------
    BadValue
        For a country code that has not two letters, or a viewbox that has not two corners.
    """
    codes = [countries] if isinstance(countries, str) else list(countries or ())
    for code in codes:
        if not (len(code) == 2 and code.isascii() and code.isalpha()):
            raise BadValue("country_codes", code, "codes of two letters (ISO 3166-1), such as ML")
    return Asked(tuple(sorted({code.lower() for code in codes})), _view(viewbox) if viewbox is not None else area, bounded)


def read_name(query: str) -> str:
    """A name as it is sent: composed, without outer and double blanks or control characters; empty for nothing to ask.

    Raises
    ------
    BadValue
        For more than 300 characters: that is a text and not a name, and no text leaves this machine.
    """
    plain = "".join(" " if unicodedata.category(char) in {"Cc", "Cs", "Cn"} else char for char in query)
    name = " ".join(unicodedata.normalize("NFC", plain).split())
    if len(name) > _LONGEST_NAME:
        raise BadValue("name", f"{name[:40]}...", f"at most {_LONGEST_NAME} characters", "Texts are not sent to anyone.")
    return name if any(char.isalnum() for char in name) else ""


def read_limit(limit: int | None, *, exactly_one: bool) -> int | None:
    """How many answers to give; None for all of them.

    Raises
    ------
    BadValue
        For a limit below 1.
    """
    if limit is not None and limit < 1:
        raise BadValue("limit", limit, "1 or more")
    return 1 if exactly_one else limit


def read_timeout(timeout: object, default_s: float) -> float:
    """Seconds to wait for an answer; the default where geopy's own is passed on, or None.

    Raises
    ------
    BadValue
        If they are not more than 0 and at most 600.
    """
    if timeout is DEFAULT_SENTINEL or timeout is None:
        return default_s
    if isinstance(timeout, bool) or not isinstance(timeout, int | float) or not 0 < timeout <= 600:
        raise BadValue("timeout", timeout, "seconds, more than 0 and at most 600")
    return float(timeout)


def read_point(query: object) -> Point:
    """A point of geopy's kinds: Point, (lat, lon), text.

    Raises
    ------
    BadValue
        If it is none.
    """
    try:
        point = Point(query)
    except (TypeError, ValueError) as error:
        raise BadValue("point", query, "a latitude and a longitude, such as 16.27, -3.39") from error
    if not (math.isfinite(point.latitude) and math.isfinite(point.longitude)):
        raise BadValue("point", query, "two numbers")
    return point


def _view(viewbox: Sequence[object]) -> BBox:
    if len(viewbox) != 2:
        raise BadValue("viewbox", viewbox, "two corners, each (lat, lon)")
    one, other = map(read_point, viewbox)
    lats, lons = sorted((one.latitude, other.latitude)), sorted((one.longitude, other.longitude))
    return lons[0], lats[0], lons[1], lats[1]
