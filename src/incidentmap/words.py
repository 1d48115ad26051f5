"""Words for people, from the message catalogue: `data/words/<language>/*.yaml`, each a flat mapping of key to text.

Texts hold `{placeholders}`. Reasons have keys `reason.<code>`. French is complete by definition; a key that a language
lacks is a defect that a test finds. Words that go with a number have a key for each plural form of the language that differs,
`<key>.one`, `<key>.many`; `many` stands for the forms that have none. Arabic may also have `zero`, `two`, `few` and `other`.
"""

from functools import cache
from typing import Any

import yaml

from incidentmap.model import BadValue, Reason
from incidentmap.paths import shipped

LANGUAGES = ("fr", "en", "ar")
RIGHT_TO_LEFT = frozenset({"ar"})
PLURAL_FORMS = ("zero", "one", "two", "few", "many", "other")
"""Endings of keys that go with a number: CLDR's plural categories."""


@cache
def _catalogue(language: str) -> dict[str, str]:
    if language not in LANGUAGES:
        raise BadValue("language", language, " or ".join(LANGUAGES))
    entries: dict[str, str] = {}
    for path in sorted(shipped("data", "words", language).glob("*.yaml")):
        loaded: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
        twice = entries.keys() & loaded.keys()
        if twice:
            raise BadValue(f"{path.name}: key", ", ".join(sorted(twice)), "keys that no other file of the language has")
        entries.update((str(key), str(value)) for key, value in loaded.items())
    return entries


@cache
def keys(language: str) -> frozenset[str]:
    """All keys of a language."""
    return frozenset(_catalogue(language))


def say(language: str, key: str, **values: object) -> str:
    """The text of a key in a language, its placeholders filled.

    Raises
    ------
    BadValue
        If the language or key is unknown.
    """
    text = _catalogue(language).get(key)
    if text is None:
        raise BadValue("message key", key, f"a key of data/words/{language}/")
    return text.format_map(values) if values else text


def plural_form(language: str, number: int) -> str:
    """Which of :data:`PLURAL_FORMS` goes with a whole number, by the cardinal rules of CLDR 45.

    In French and English `many` is CLDR's `other`: these two tell one from many alone.
    """
    if language == "ar":
        return _arabic_form(number)
    return "one" if number == 1 or (number == 0 and language == "fr") else "many"


def _arabic_form(number: int) -> str:
    if number < 3:
        return PLURAL_FORMS[number]
    last = number % 100
    return "other" if last < 3 else "few" if last <= 10 else "many"


def say_count(language: str, key: str, number: int, /, **values: object) -> str:
    """Words that go with a number, in the form that the language has for it."""
    form = f"{key}.{plural_form(language, number)}"
    return say(language, form if form in _catalogue(language) else f"{key}.many", **values)


def say_reason(language: str, why: Reason) -> str:
    """A reason in words. A value named `field` is a :class:`incidentmap.model.ClaimField`, said in the language as well."""
    fields = _catalogue(language)
    values = {name: fields.get(f"screen.field.{value}", value) if name == "field" else value for name, value in why.values}
    return say(language, f"reason.{why.code}", **values)
