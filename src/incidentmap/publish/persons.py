"""Names of persons taken out of free text, as far as rules find them: a title or rank before a capital, or a known given name.

It is a help, not a guarantee: a name that stands alone, without title and with a rare given name, is not found.
"""

import re
from functools import cache, lru_cache

import yaml

from incidentmap.paths import shipped

REDACTED = "[…]"
_NAME = r"(?:(?:[A-ZÀ-ÖØ-Þ][\w'’.-]*|ag|ould|al|el|ben|bin|de|du|dit)\s+){0,3}[A-ZÀ-ÖØ-Þ][\w'’-]*"


@lru_cache(maxsize=4096)
def redacted(text: str) -> str:
    """The text with each name of a person as `[…]`; the title before it stays."""
    titled, given = _patterns()
    return given.sub(REDACTED, titled.sub(lambda found: f"{found['title']} {REDACTED}", text))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = yaml.safe_load(shipped("data", "lexicons", "persons.yaml").read_text("utf-8"))
    titles = "|".join(sorted(map(_either_case, words["titles"]), key=len, reverse=True))
    given = "|".join(sorted(map(re.escape, words["given"]), key=len, reverse=True))
    return (
        re.compile(rf"(?<!\w)(?P<title>{titles})\s+{_NAME}"),
        re.compile(rf"(?<!\w)(?:{given})(?:[-\s]+(?:ag|ould|dit|al|el|ben|bin)(?=\s))?(?:[-\s]+[A-ZÀ-ÖØ-Þ][\w'’-]*){{0,3}}(?!\w)"),
    )


def _either_case(title: str) -> str:
    return f"[{title[0].upper()}{title[0].lower()}]{re.escape(title[1:])}"
