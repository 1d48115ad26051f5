"""Countries as event tables name them: names in two languages, ISO codes, FIPS (GDELT), Gleditsch-Ward numbers (UCDP)."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any

import yaml

from incidentmap.paths import shipped
from incidentmap.tables.header import fold

_ASIDE = re.compile(r"\s*\(([^()]*)\)\s*")
_WHOLE = re.compile(r"\d+(?:\.0+)?")


class CountryCodes(StrEnum):
    """Which list the two letters or the number of a country are from."""

    ISO = "iso"
    FIPS = "fips"
    GW = "gw"


def country_reader(codes: CountryCodes) -> Callable[[str], str | None]:
    """A function from what a cell says to ISO 3166-1 alpha-2; it gives None for what is no country.

    Parameters
    ----------
    codes
        What two capital letters mean (FIPS: NG is Niger) and what a number means (ISO numeric, or Gleditsch-Ward's).
    """
    fips = _by_code(2) if codes is CountryCodes.FIPS else None
    numbers = _by_code(3) | _former() if codes is CountryCodes.GW else _by_code(1)

    def read(text: str) -> str | None:
        text = text.strip()
        if fips is not None and len(text) == 2:
            return fips.get(text.upper())
        if _WHOLE.fullmatch(text):
            return numbers.get(int(float(text)))
        return _by_name(text)

    return read


def _by_name(text: str) -> str | None:
    names = [text, _ASIDE.sub(" ", text), *_ASIDE.findall(text)]
    return next((code for name in names if (code := _names().get(fold(name)))), None)


@cache
def _names() -> Mapping[str, str]:
    named: Mapping[str, list[str]] = yaml.safe_load(shipped("data", "lexicons", "countries.yaml").read_text("utf-8"))
    letters = {fold(each): code for code, row in _table()["countries"].items() for each in (code, row[0])}
    return letters | {fold(str(name)): code for code, names in named.items() for name in names}


@cache
def _by_code(place: int) -> dict[Any, str]:
    return {row[place]: code for code, row in _table()["countries"].items() if row[place] is not None}


def _former() -> dict[Any, str]:
    return dict(_table()["former"])


@cache
def _table() -> Mapping[str, Mapping[Any, Any]]:
    loaded: Mapping[str, Mapping[Any, Any]] = yaml.safe_load(shipped("data", "tables", "country_codes.yaml").read_text("utf-8"))
    return loaded
