"""A language is a folder: Arabic, which has no capitals, joins words and puts the verb first."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.conftest import FewPlaces

from incidentmap.model import ClaimField, Incident, NameAsked, PartialDate, Reading, Report, Resolution, Role, Span
from incidentmap.paths import shipped
from incidentmap.reports import read_report
from incidentmap.reports.language import detect_language
from incidentmap.reports.lexicon import LANGUAGES, language_folders, lexicon
from incidentmap.reports.page import prepare

FOLDERS = language_folders(shipped("data", "lexicons"), Path(__file__).parent / "languages")
NAMES = {"غوندام": "Goundam", "غاو": "Gao", "تمبكتو": "Tombouctou"}
FRIDAY = PartialDate.day(date(2023, 11, 24))


class ArabicPlaces(FewPlaces):
    """The places of the other tests by their Arabic names."""

    def mentions(self, text: str, taken: Sequence[Span], region: str | None = None) -> tuple[Span, ...]:  # noqa: ARG002
        found = [Span(text.index(name), text.index(name) + len(name), name) for name in NAMES if name in text]
        return tuple(sorted(span for span in found if not any(one.start < span.end and span.start < one.end for one in taken)))

    def resolve_all(self, asked: Sequence[NameAsked], *, region: str | None) -> tuple[Resolution, ...]:
        return tuple(self.resolve(NAMES.get(one.name, one.name), region=region) for one in asked)


def report(text: str, language: str = "") -> Report:
    return Report("0" * 16, "", "", language, PartialDate.day(date(2023, 11, 26)), "", text, "")


def read(text: str) -> Reading:
    return read_report(report(text), ArabicPlaces(), None, FOLDERS)


def only(text: str) -> Incident:
    (incident,) = read(text).incidents
    return incident


def counts(incident: Incident) -> dict[str, int | None]:
    return {claim.field.value: claim.best for claim in incident.claims if claim.best is not None}


def test_the_folder_is_a_language_beside_the_shipped_ones() -> None:
    assert tuple(FOLDERS) == (*LANGUAGES, "ar")
    assert lexicon("ar", folders=FOLDERS).words("joints", "adds") == {"و"}


SENTENCE = "قتل خمسة جنود وأصيب ثلاثة آخرون في هجوم شنه مسلحون مجهولون على غوندام يوم الجمعة 24 نوفمبر 2023."


def test_a_sentence_becomes_an_incident_with_date_place_figures_and_actor() -> None:
    incident = only(SENTENCE)
    assert incident.date == FRIDAY
    assert incident.location is not None
    assert incident.location.name == "Goundam"
    assert counts(incident) == {ClaimField.KILLED: 5, ClaimField.WOUNDED: 3}
    assert ("unidentified_armed_group", Role.ATTACKER) in {(actor.id, actor.role) for actor in incident.actors}
    assert incident.trigger.quote == "قتل"


def test_every_span_is_the_source_s_own_words() -> None:
    spans = [mention.span for mention in read(SENTENCE).mentions]
    assert spans
    assert all(SENTENCE[span.start:span.end] == span.quote for span in spans)


@pytest.mark.parametrize(("text", "day", "place", "figures"), [
    ("قتل ثلاثة وعشرون مدنيا في هجوم على تمبكتو يوم 24 تشرين الثاني/نوفمبر 2023.", 24, "Tombouctou", {"killed": 23}),
    ("أعلنت جماعة نصرة الإسلام والمسلمين مقتل ٧ جنود في كمين قرب غاو يوم الخميس ٢٣ نوفمبر ٢٠٢٣.", 23, "Gao", {"killed": 7}),
    ("وفق مصادر محلية، أصيب أربعة مدنيين في انفجار في غاو أمس.", 25, "Gao", {"wounded": 4}),
    ("هاجم مسلحون الجيش المالي في غوندام يوم الأربعاء.", 22, "Goundam", {}),
])
def test_sentences(text: str, day: int, place: str, figures: dict[str, int]) -> None:
    incident = only(text)
    assert incident.date == PartialDate.day(date(2023, 11, day))
    assert incident.location is not None
    assert incident.location.name == place
    assert counts(incident) == figures


def test_names_of_the_folder_are_actors_of_the_registry() -> None:
    attacked = only("هاجم مسلحون الجيش المالي في غوندام يوم الأربعاء.")
    assert ("fama", Role.TARGET) in {(actor.id, actor.role) for actor in attacked.actors}
    claimed = only("أعلنت جماعة نصرة الإسلام والمسلمين مقتل ٧ جنود في كمين قرب غاو يوم الخميس ٢٣ نوفمبر ٢٠٢٣.")
    assert {claim.claimant for claim in claimed.claims if claim.field is ClaimField.KILLED} == {"jnim"}


@pytest.mark.parametrize(("text", "words"), [
    ("وأصيب", ["و", "أصيب"]),
    ("والجيش", ["و", "الجيش"]),
    ("وبالجيش", ["و", "ب", "الجيش"]),
    ("وزير", ["وزير"]),
    ("مجهول", ["مجهول"]),
    ("و" * 5000, ["و" * 5000]),
])
def test_joined_words_are_cut_where_a_known_one_is_left(text: str, words: list[str]) -> None:
    page = prepare(report(text, "ar"), FOLDERS)
    assert [token.text for token in page.tokens] == words
    assert "".join(page.text[token.start:token.end] for token in page.tokens) == text


@pytest.mark.parametrize(("text", "language"), [
    (SENTENCE, "ar"),
    ("Gunmen attacked the village during the night and killed two of them.", "en"),
    ("Des hommes armés ont attaqué le village dans la nuit.", "fr"),
])
def test_its_words_tell_it_from_the_others(text: str, language: str) -> None:
    assert detect_language(text, FOLDERS) == language
    assert "language_unsure" not in {why.code for why in read(text).warnings}


@given(st.lists(st.sampled_from([*re.findall(r"\w+", SENTENCE), "وفق", "ما لا يقل عن", "و", "٢٠٢٣", "،", "\n\n"]), max_size=40))
def test_no_arabic_text_raises(words: list[str]) -> None:
    text = " ".join(words)
    reading = read(text)
    assert all(text[one.span.start:one.span.end] == one.span.quote for one in reading.mentions)
