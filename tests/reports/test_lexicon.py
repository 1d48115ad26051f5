from collections.abc import Callable
from pathlib import Path

import pytest

from incidentmap.model import BadValue, ClaimField
from incidentmap.reports.lexicon import LANGUAGES, SHIPPED, kinds, language_folders, lexicon

TYPES = {"Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots", "Strategic developments"}


def test_kinds_use_published_types_and_known_fields() -> None:
    assert {kind.event_type for kind in kinds().values()} == TYPES
    assert {kind.field for kind in kinds().values()} <= {"", *ClaimField}


def test_the_projects_own_languages_come_first() -> None:
    assert LANGUAGES == ("fr", "en")


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(BadValue, match="'de'"):
        lexicon("de")


def test_words_of_several_uses() -> None:
    assert lexicon("fr").words("joints", "adds", "beside") == {"et", "avec"}
    assert lexicon("en").words("countries", "article") == frozenset()


@pytest.mark.parametrize(("file", "change", "message"), [
    ("grammar.yaml", lambda text: text.replace("particles:", "particels:"), "'none named particles'"),
    ("grammar.yaml", lambda text: text + "months: {}\n", "section: 'months'"),
    ("grammar.yaml", lambda text: text + "proverbs: {}\n", "section: 'proverbs'"),
    ("grammar.yaml", lambda text: text.replace("  adds: [and]", "  adss: [and]"), "joints: 'adss'"),
    ("grammar.yaml", lambda text: text.replace('denied: ["no"', "denied: [no"), "quote them"),
    ("triggers.yaml", lambda text: text.replace("  ambush:", "  ambsh:"), "triggers: 'ambsh'"),
    ("figures.yaml", lambda text: text.replace("system: decimal", "system: dozens"), "counting system: 'dozens'"),
    ("figures.yaml", lambda text: text.replace("  60: [sixty]", "  sixty: [sixty]"), "numbers: 'sixty'"),
])
def test_what_a_language_lacks_or_misspells_is_named(
    tmp_path: Path, file: str, change: Callable[[str], str], message: str,
) -> None:
    folder = tmp_path / "xx"
    folder.mkdir()
    for path in SHIPPED["en"].glob("*.yaml"):
        text = path.read_text("utf-8")
        changed = change(text) if path.name == file else text
        assert path.name != file or changed != text
        (folder / path.name).write_text(changed, "utf-8")
    with pytest.raises(BadValue, match=message):
        lexicon("xx", folders=language_folders(tmp_path))
