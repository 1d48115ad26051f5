"""Numbers as people write them into cells: casualties with their bounds, coordinates with comma, sign or letter."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from incidentmap.tables.names_known import words_for_figures

_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell says about how many; None is unknown. A `rule` tells why a person should look, or why it is no figure.

    Parameters
    ----------
    rule
        Read, with a doubt: ``figure_range``, ``figure_bound``, ``figure_about``, ``figure_thousands``.
        Not read: ``figure_negative``, ``figure_not_whole``, ``figure_too_large``, ``figure_unreadable``.
    """

    low: int | None = None
    best: int | None = None
    high: int | None = None
    rule: str = ""


REFUSED_FIGURES = frozenset({"figure_negative", "figure_not_whole", "figure_too_large", "figure_unreadable"})
_NUMBER = re.compile(r"([+-]?)(\d+)(?:[.,](\d*))?(?:[eE]\+?(\d))?")
_GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+|\d{1,3}(?:[.,]\d{3})+")
_PLUS = re.compile(r"(.+?)\s*\+")
_DEGREES = re.compile(
    r"([NSEWO])?\s*([+-]?\d+(?:[.,]\d+)?)\s*°?\s*(?:(\d+(?:[.,]\d+)?)\s*['’′]\s*)?(?:(\d+(?:[.,]\d+)?)\s*(?:\"|”|″|''))?\s*([NSEWO])?",
    re.IGNORECASE,
)
_LETTERS = {"N": 1, "E": 1, "S": -1, "W": -1, "O": -1}
"""O is the French ouest."""
_POINT = re.compile(r"POINT\s*Z?\s*\(\s*(\S+)\s+([^\s)]+)[^)]*\)", re.IGNORECASE)
_PAIR = re.compile(r"\(?\s*([^;,\s]+)\s*[;,\s]\s*([^;,\s]+?)\s*\)?")


@lru_cache(maxsize=1 << 14)
def read_figure(text: str) -> Figure:
    """A cell of casualties; an empty one is unknown."""
    text = " ".join(text.split())
    if not text:
        return Figure()
    plain = _whole(text)
    if isinstance(plain, int):
        return Figure(best=plain, rule="figure_thousands" if _GROUPED.fullmatch(text) and not text.isdecimal() else "")
    return _in_words(text) or Figure(rule=plain)


def _whole(text: str) -> int | str:
    """The number, or the rule by which it is none."""
    text = text.strip(" .,")
    if _GROUPED.fullmatch(text):
        text = re.sub(r"\D", "", text)
    match = _NUMBER.fullmatch(text)
    if match is None:
        return "figure_unreadable"
    value = float(f"{match[2]}.{match[3] or 0}e{match[4] or 0}")
    if match[1] == "-" and value:
        return "figure_negative"
    if value > _LARGEST:
        return "figure_too_large"
    return int(value) if value.is_integer() else "figure_not_whole"


def _in_words(text: str) -> Figure | None:
    lowered = text.casefold()
    if lowered in words_for_figures()["none"]:
        return Figure(best=0)
    patterns = _patterns()
    if match := patterns["range"].fullmatch(lowered):
        low, high = _whole(match[1]), _whole(match[2])
        whole = isinstance(low, int) and isinstance(high, int) and low <= high
        return Figure(low, None, high, "figure_range") if whole else None  # type: ignore[arg-type]
    if match := _PLUS.fullmatch(lowered) or patterns["at_least"].fullmatch(lowered):
        return Figure(low=low, rule="figure_bound") if isinstance(low := _whole(match[1]), int) else None
    if match := patterns["at_most"].fullmatch(lowered):
        return Figure(high=high, rule="figure_bound") if isinstance(high := _whole(match[1]), int) else None
    if match := patterns["about"].fullmatch(lowered):
        return Figure(best=best, rule="figure_about") if isinstance(best := _whole(match[1]), int) else None
    return None


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    number, words = r"(\d[\d\s.,]*)", {kind: _any(kind) for kind in words_for_figures()}
    people = rf"(?:\s*{words['people']})?"
    single = {kind: re.compile(rf"{words[kind]}\s*{number}{people}") for kind in ("at_least", "at_most")}
    about = re.compile(rf"(?:{words['about']}\s*)?{number}{people}")
    between = re.compile(rf"(?:{words['between']}\s+)?(\d+)\s*{words['to']}\s*(\d+){people}")
    return {**single, "about": about, "range": between}


def _any(kind: str) -> str:
    words = sorted(words_for_figures()[kind], key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, words))})"


@lru_cache(maxsize=1 << 16)
def read_degrees(text: str) -> float | None:
    """A longitude or latitude in decimal degrees: with point or comma, sign or letter, or in degrees, minutes and seconds."""
    match = _DEGREES.fullmatch(text.strip())
    if match is None or (match[1] and match[5]):
        return _scientific(text)
    parts = [float(part.replace(",", ".")) if part else 0.0 for part in match.group(2, 3, 4)]
    if parts[1] >= 60 or parts[2] >= 60:
        return None
    size = abs(parts[0]) + parts[1] / 60 + parts[2] / 3600
    sign = -1 if match[2].startswith("-") else 1
    letter = (match[1] or match[5] or "N").upper()
    return sign * _LETTERS[letter] * size


def _scientific(text: str) -> float | None:
    """What a program wrote, such as 1.5e-05."""
    if not re.fullmatch(r"\s*[+-]?\d+(?:\.\d+)?[eE][+-]?\d{1,3}\s*", text):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


@lru_cache(maxsize=1 << 16)
def read_point(text: str) -> tuple[float, float] | None:
    """Longitude and latitude of a cell with both: WKT says longitude first, people say latitude first."""
    if match := _POINT.search(text):
        lon, lat = read_degrees(match[1]), read_degrees(match[2])
    elif match := _PAIR.fullmatch(text.strip()):
        lat, lon = read_degrees(match[1]), read_degrees(match[2])
    else:
        return None
    return None if lon is None or lat is None else (lon, lat)
