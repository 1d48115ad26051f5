import re
from string import Formatter

import pytest

from incidentmap.model import BadValue, reason
from incidentmap.paths import ROOT, shipped
from incidentmap.words import LANGUAGES, keys, say, say_reason


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_language_has_every_key() -> None:
    for language in LANGUAGES:
        assert keys(language) == keys("fr"), language


def test_a_key_has_the_same_placeholders_in_every_language() -> None:
    for key in keys("fr"):
        for language in LANGUAGES:
            assert placeholders(say(language, key)) == placeholders(say("fr", key)), (language, key)


def test_every_reason_that_the_code_gives_has_words() -> None:
    sources = [path.read_text("utf-8") for path in shipped("dashboard").rglob("*.py")]
    sources += [path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py")]
    codes = {code for text in sources for code in re.findall(r'\breason\(\s*"([a-z_]+)"', text)}
    assert codes
    assert {f"reason.{code}" for code in codes} <= keys("fr")


def test_unknown_keys_and_languages_are_named() -> None:
    with pytest.raises(BadValue, match="no_such_key"):
        say("fr", "no_such_key")
    with pytest.raises(BadValue, match="fr or en"):
        say("xx", "no_such_key")
    with pytest.raises(BadValue, match=r"reason\.no_such_code"):
        say_reason("fr", reason("no_such_code"))


def test_a_field_in_a_reason_is_said_in_the_language() -> None:
    assert say_reason("fr", reason("rival_figures", field="killed")) == "Les sources donnent des chiffres différents (Tués)."
    assert "odd" in say_reason("en", reason("rival_figures", field="odd"))
