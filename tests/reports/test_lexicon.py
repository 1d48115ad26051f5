import pytest

from incidentmap.model import BadValue, ClaimField
from incidentmap.reports.lexicon import LANGUAGES, kinds, lexicon

TYPES = {"Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots", "Strategic developments"}


def test_kinds_use_published_types_and_known_fields() -> None:
    assert {kind.event_type for kind in kinds().values()} == TYPES
    assert {kind.field for kind in kinds().values()} <= {"", *ClaimField}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_section_and_only_known_kinds(language: str) -> None:
    assert lexicon(language).sections.keys() == lexicon("fr").sections.keys()
    assert lexicon(language).sections["triggers"].keys() <= kinds().keys()


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(BadValue, match="'de'"):
        lexicon("de")
