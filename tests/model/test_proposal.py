import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.model import (
    MOST_NAMES,
    PointedActor,
    PointedEvent,
    Proposal,
    ProposalKind,
    Proposed,
    Report,
    Role,
    Span,
    checked,
    excerpt,
    flaw,
    reason,
)

TEXT = "Le GATIA a attaqué Inaïs\u00a0et Tin-Essako.\nLe cafe\u0301 \u202eGao\x1b[2J"
REPORT = Report("00aa", "s", "", "fr", None, "t", TEXT, "ab")
WHY = reason("spacy_place")


@pytest.mark.parametrize(("start", "end", "quote", "code"), [
    (19, 24, "Inaïs", ""),
    (28, 38, "Tin-Essako", ""),
    (28, 31, "Tin", ""),
    (19, 27, "Inaïs\u00a0et", ""),
    (19, 24, "Inais", "proposal_not_verbatim"),
    (20, 25, "Inaïs", "proposal_not_verbatim"),
    (24, 19, "", "proposal_not_verbatim"),
    (19, 19, "", "proposal_not_verbatim"),
    (-5, -1, TEXT[-5:-1], "proposal_not_verbatim"),
    (19, 23, "Inaï", "proposal_cuts_a_word"),
    (20, 24, "naïs", "proposal_cuts_a_word"),
    (18, 24, " Inaïs", "proposal_cuts_a_word"),
    (43, 47, "cafe", "proposal_cuts_a_word"),
    (49, 53, "\u202eGao", "proposal_control_characters"),
    (50, 54, "Gao\x1b", "proposal_control_characters"),
])
def test_what_is_wrong_with_a_span(start: int, end: int, quote: str, code: str) -> None:
    why = flaw(TEXT, Span(start, end, quote))
    assert (why.code if why else "") == code


def test_a_span_that_is_too_long() -> None:
    why = flaw("a" * 50, Span(0, 50, "a" * 50), 49)
    assert why == reason("proposal_too_long", most=49)


def name(start: int, end: int, report: str = "00aa", by: str = "x", kind: ProposalKind = ProposalKind.PLACE_NAME) -> Proposal:
    return Proposal(report, kind, Span(start, end, TEXT[start:end]), by, WHY)


@pytest.mark.parametrize(("proposal", "code"), [
    (name(19, 24, report="00bb"), "proposal_not_in_report"),
    (name(19, 24, by="somebody else"), "proposal_not_in_report"),
    (name(19, 24, kind=ProposalKind.EVENT), "proposal_wrong_type"),
    (Proposal("00aa", ProposalKind.PLACE_NAME, Span(19, 24, "Inaïs"), "x", WHY, PointedEvent(Span(11, 18, "attaqué"))),
     "proposal_wrong_type"),
    (Proposal("00aa", ProposalKind.EVENT, Span(0, 7, "attaqué"), "x", WHY, PointedEvent(Span(11, 18, "attaqué"))),
     "proposal_not_verbatim"),
    (Proposal("00aa", ProposalKind.EVENT, Span(11, 18, "attaqué"), "x", WHY,
              PointedEvent(Span(11, 18, "attaqué"), actors=(PointedActor(Span(3, 8, "GATIA"), Role.ATTACKER),) * 21)),
     "proposal_too_many"),
    (Proposal("00aa", ProposalKind.EVENT, Span(11, 18, "attaqué"), "x", WHY,
              PointedEvent(Span(11, 18, "attaqué"), place=Span(19, 24, "Kidal"))), "proposal_not_verbatim"),
])
def test_an_extractor_of_anybodys_is_checked_again(proposal: Proposal, code: str) -> None:
    good = name(19, 24)
    found = checked(REPORT, Proposed((good, proposal, good)), "x")
    assert found.proposals == (good,)
    assert [each.why.code for each in found.dropped] == [code, "proposal_twice"]


def test_too_many_are_dropped() -> None:
    text = "Ber " * (MOST_NAMES + 5)
    report = Report("00cc", "s", "", "fr", None, "t", text, "ab")
    many = tuple(Proposal("00cc", ProposalKind.PLACE_NAME, Span(n, n + 3, "Ber"), "x", WHY) for n in range(0, len(text), 4))
    found = checked(report, Proposed(many), "x")
    assert len(found.proposals) == MOST_NAMES
    assert [each.why.code for each in found.dropped] == ["proposal_too_many"] * 5


@given(st.text() | st.binary() | st.lists(st.text()))
def test_an_excerpt_is_short_and_printable(words: object) -> None:
    assert len(excerpt(words)) <= 60
    assert excerpt(words).isprintable()


@given(st.text(max_size=30), st.integers(-3, 33), st.integers(-3, 33), st.text(max_size=5))
def test_what_has_no_flaw_slices_back(text: str, start: int, end: int, quote: str) -> None:
    for each in (Span(start, end, quote), Span(start, end, text[max(start, 0):max(end, 0)])):
        if flaw(text, each) is None:
            assert text[each.start:each.end] == each.quote == each.quote.strip() != ""
