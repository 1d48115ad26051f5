from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentmap.gazetteer import Gazetteer, open_gazetteer
from incidentmap.model import (
    ClaimField,
    Incident,
    PartialDate,
    PointedActor,
    PointedEvent,
    PointedFigure,
    Proposal,
    ProposalKind,
    Report,
    Role,
    Span,
    Status,
    reason,
)
from incidentmap.reports.pointed import ReadPointed, masked, read_pointed

TEXT = (
    "Des hommes de la Katiba Azurine auraient mené l'assaut contre Tessit, samedi 25 novembre, dit-on. L'armée malienne parle "
    "d'au moins dix soldats tués et de trois véhicules. À Gao, le marché a rouvert. L'an dernier, 40 civils avaient péri à Ber."
)
WHY = reason("proposed_by_model", by="m")


def at(quote: str) -> Span:
    start = TEXT.index(quote)
    return Span(start, start + len(quote), quote)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


def read(gazetteer: Gazetteer, event: PointedEvent) -> ReadPointed:
    report = Report("00aa", "s", "", "fr", PartialDate.day(date(2023, 11, 26)), "t", TEXT, "ab")
    return read_pointed(report, Proposal("00aa", ProposalKind.EVENT, event.trigger, "m", WHY, event), gazetteer, "mali")


def drafted(gazetteer: Gazetteer, event: PointedEvent) -> Incident:
    draft = read(gazetteer, event).draft
    assert draft is not None
    return draft


def test_our_rules_read_the_words_pointed_at(gazetteer: Gazetteer) -> None:
    event = PointedEvent(
        at("assaut"), at("Tessit"), at("samedi 25 novembre"),
        (PointedActor(at("Katiba Azurine"), Role.ATTACKER), PointedActor(at("L'armée malienne"), Role.TARGET)),
        (PointedFigure(at("au moins dix soldats tués"), ClaimField.KILLED),),
    )
    found = read(gazetteer, event)
    draft = found.draft
    assert draft is not None
    assert draft.location is not None
    assert (draft.location.name, draft.date) == ("Tessit", PartialDate.day(date(2023, 11, 25)))
    assert (draft.event_type, draft.sub_event_type, draft.trigger) == ("Battles", "Armed clash", at("assaut"))
    parts = {("unregistered:katiba-azurine", Role.ATTACKER), ("fama", Role.TARGET)}
    assert {(each.id, each.role) for each in draft.actors} == parts
    assert [(each.low, each.best, each.high, each.subject) for each in draft.claims] == [(10, None, None, "soldiers")]
    assert (draft.status, draft.review[0], found.unread) == (Status.DRAFT, WHY, ())
    assert draft.id.startswith("m")


def test_the_same_words_give_the_same_draft(gazetteer: Gazetteer) -> None:
    event = PointedEvent(at("assaut"), at("Tessit"))
    assert drafted(gazetteer, event) == drafted(gazetteer, event)
    assert drafted(gazetteer, event).id != drafted(gazetteer, PointedEvent(at("assaut"), at("Gao"))).id


@pytest.mark.parametrize(("event", "code"), [
    (PointedEvent(at("marché"), at("Gao")), "pointed_no_event"),
    (PointedEvent(at("dit-on"), at("Tessit"), at("samedi 25 novembre")), "pointed_no_event"),
    (PointedEvent(at("assaut")), "pointed_nowhere"),
    (PointedEvent(at("assaut"), at("le marché a rouvert")), "pointed_nowhere"),
])
def test_without_an_event_and_a_place_or_date_there_is_no_draft(gazetteer: Gazetteer, event: PointedEvent, code: str) -> None:
    found = read(gazetteer, event)
    assert (found.draft, [each.why.code for each in found.unread]) == (None, [code])


def test_a_date_alone_will_do_and_the_place_stays_unknown(gazetteer: Gazetteer) -> None:
    draft = drafted(gazetteer, PointedEvent(at("assaut"), None, at("samedi 25 novembre")))
    assert draft.location is None
    assert "no_place" in {each.code for each in draft.review}


def test_words_that_the_rules_cannot_read_are_told(gazetteer: Gazetteer) -> None:
    event = PointedEvent(
        at("assaut"), at("Tessit"), at("dit-on"), (PointedActor(at("a rouvert"), Role.TARGET),),
        (PointedFigure(at("au moins dix soldats tués"), ClaimField.WOUNDED),),
    )
    found = read(gazetteer, event)
    assert {each.what for each in found.unread} == {"dit-on", "a rouvert", "au moins dix soldats tués"}
    assert {each.why.code for each in found.unread} == {"pointed_unread"}


def test_nothing_beside_the_words_is_read(gazetteer: Gazetteer) -> None:
    draft = drafted(gazetteer, PointedEvent(at("assaut"), at("Tessit")))
    assert (draft.claims, draft.actors, draft.date) == ((), (), None)


pieces = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 40)).map(
    lambda piece: Span(piece[0], min(sum(piece), len(TEXT)), TEXT[piece[0]:sum(piece)]))


events = st.builds(
    PointedEvent, pieces | st.just(at("assaut")), st.none() | pieces, st.none() | pieces,
    st.lists(st.builds(PointedActor, pieces, st.just(Role.TARGET)), max_size=3).map(tuple),
    st.lists(st.builds(PointedFigure, pieces, st.just(ClaimField.KILLED)), max_size=3).map(tuple),
)


@settings(max_examples=40, deadline=None)
@given(event=events)
def test_whatever_is_pointed_at_quotes_are_the_reports_own_words(gazetteer: Gazetteer, event: PointedEvent) -> None:
    draft = read(gazetteer, event).draft
    if draft:
        spans = [draft.trigger, draft.date_span, draft.location and draft.location.span, *(each.span for each in draft.claims)]
        assert all(TEXT[each.start:each.end] == each.quote for each in spans if each)
        assert draft.review[0] == WHY


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5))
def test_a_masked_text_has_the_same_length_and_the_same_words_in_place(text: str, pairs: list[tuple[int, int]]) -> None:
    cuts = [(min(pair), min(max(pair), len(text))) for pair in pairs if min(pair) < min(max(pair), len(text))]
    spans = tuple(Span(start, end, text[start:end]) for start, end in cuts)
    found = masked(text, spans)
    assert len(found) == len(text)
    assert all(found[each.start:each.end] == each.quote for each in spans)
    kept = {index for each in spans for index in range(each.start, each.end)}
    assert all(index in kept or letter == "," or letter.isspace() for index, letter in enumerate(found))
