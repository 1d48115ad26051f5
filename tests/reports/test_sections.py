import pytest

from incidentmap.model import ClaimField
from incidentmap.reports.date_readers import READERS
from incidentmap.reports.dates import BARE, NUMERIC
from incidentmap.reports.lexicon import LANGUAGES, lexicon
from incidentmap.reports.sections import LAWS, OPTIONAL, REQUIRED


def test_patterns_are_those_that_the_grammar_of_dates_reads() -> None:
    assert REQUIRED["patterns"] == READERS.keys() - NUMERIC.keys() - BARE.keys()


def test_what_becomes_of_people_is_a_field_of_claims() -> None:
    assert REQUIRED["casualties"] | REQUIRED["before"] | REQUIRED["nobody"] <= {field.value for field in ClaimField}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_languages_have_every_section(language: str) -> None:
    assert lexicon(language).sections.keys() - OPTIONAL.keys() == REQUIRED.keys()


def test_laws_are_no_phrases() -> None:
    assert LAWS.isdisjoint(lexicon("fr").books)
