import re
from string import Formatter

import pytest

from incidentmap.model import BadValue, reason
from incidentmap.paths import ROOT, shipped
from incidentmap.words import LANGUAGES, PLURAL_FORMS, keys, plural_form, say, say_count, say_reason


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_language_has_every_key() -> None:
    for language in LANGUAGES:
        assert {key for key in keys(language) if not of_a_further_form(key)} == keys("fr"), language


def of_a_further_form(key: str) -> bool:
    """Whether a key is a plural form that French does not have, of words that French has."""
    words, _, form = key.rpartition(".")
    return form in PLURAL_FORMS and key not in keys("fr") and f"{words}.many" in keys("fr")


def test_a_key_has_the_same_placeholders_in_every_language() -> None:
    for key in keys("fr"):
        for language in LANGUAGES:
            own, french = placeholders(say(language, key)), placeholders(say("fr", key))
            assert own == french or (key.endswith(".one") and own < french), (language, key)


def test_every_plural_form_fills_no_more_than_the_word_for_many() -> None:
    for language in LANGUAGES:
        for key in filter(of_a_further_form, keys(language)):
            many = f"{key.rpartition('.')[0]}.many"
            assert placeholders(say(language, key)) <= placeholders(say("fr", many)), (language, key)


@pytest.mark.parametrize(("language", "form", "numbers"), [
    ("fr", "one", (0, 1)), ("fr", "many", (2, 1000)),
    ("en", "one", (1,)), ("en", "many", (0, 2, 101)),
    ("ar", "zero", (0,)), ("ar", "one", (1,)), ("ar", "two", (2,)), ("ar", "few", (3, 10, 103, 1010)),
    ("ar", "many", (11, 99, 111, 1099)), ("ar", "other", (100, 101, 102, 200, 1000)),
])
def test_numbers_take_the_plural_form_of_cldr(language: str, form: str, numbers: tuple[int, ...]) -> None:
    assert {plural_form(language, number) for number in numbers} == {form}


@pytest.mark.parametrize(("number", "expected"), [
    (1, "حادثة واحدة بلا حصيلة"), (2, "حادثتان بلا حصيلة"), (3, "3 حوادث بلا حصيلة"), (42, "42 حادثة بلا حصيلة"),
    (100, "100 حادثة بلا حصيلة"), (0, "0 حادثة بلا حصيلة"),
])
def test_a_form_that_is_not_written_falls_back_to_many(number: int, expected: str) -> None:
    assert say_count("ar", "totals.unknown", number, count=number) == expected


def test_every_reason_that_the_code_gives_has_words() -> None:
    sources = [path.read_text("utf-8") for path in shipped("dashboard").rglob("*.py")]
    sources += [path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py")]
    codes = {code for text in sources for code in re.findall(r'\breason\(\s*"([a-z_]+)"', text)}
    assert codes
    assert {f"reason.{code}" for code in codes} <= keys("fr")


def test_unknown_keys_and_languages_are_named() -> None:
    with pytest.raises(BadValue, match="no_such_key"):
        say("fr", "no_such_key")
    with pytest.raises(BadValue, match="fr or en or ar"):
        say("xx", "no_such_key")
    with pytest.raises(BadValue, match=r"reason\.no_such_code"):
        say_reason("fr", reason("no_such_code"))


def test_a_field_in_a_reason_is_said_in_the_language() -> None:
    assert say_reason("fr", reason("rival_figures", field="killed")) == "Les sources donnent des chiffres différents (Tués)."
    assert "odd" in say_reason("en", reason("rival_figures", field="odd"))
