"""Countries as tables name them: codes of two and three letters, names in English and French."""

import re
from collections.abc import Mapping
from functools import cache

import yaml

from incidentmap.gazetteer import Gazetteer, fold_name
from incidentmap.model import PlaceKind, ResolutionStatus
from incidentmap.paths import shipped

_ASIDE = re.compile(r"\s*\(([^()]*)\)\s*")


def country_code(text: str, gazetteer: Gazetteer) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country, None if it is not known.

    Parameters
    ----------
    text
        A code of two or three letters, or a name in English or French; of "Myanmar (Burma)" either name will do.
    gazetteer
        Its entries of countries know more names.
    """
    names = [text, _ASIDE.sub(" ", text), *_ASIDE.findall(text)]
    known = (_known().get(fold_name(name)) for name in names if name.strip())
    return next((code for code in known if code), None) or _entry(text, gazetteer)


def _entry(text: str, gazetteer: Gazetteer) -> str | None:
    found = gazetteer.resolve(text, region=None)
    sure = found.status is ResolutionStatus.FOUND and found.chosen and found.chosen.place.kind is PlaceKind.COUNTRY
    return found.chosen.place.country if sure and found.chosen else None


@cache
def _known() -> Mapping[str, str]:
    entries: dict[str, list[str]] = yaml.safe_load(shipped("data", "lexicons", "countries.yaml").read_text("utf-8"))
    return {fold_name(str(name)): code for code, names in entries.items() for name in (code, *names)}
