"""Texts broken in every way: none raises, and every span slices back to its words."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reports.conftest import FewPlaces

from incidentmap.model import Report, Span
from incidentmap.paths import shipped
from incidentmap.reports import read_report

FINDER = FewPlaces()
TEXTS = tuple(path.read_text("utf-8") for path in sorted(shipped("data", "reports").glob("*.txt"))[:3])
DEBRIS = ("\x00", "\ud800", "\u202e", "\u0301", "\u00ad", "-\n", "\r", "\t", "9" * 400, "1/1/0001", "31 02 2023", "entre",
          "passe de ", "0 à 0 morts", "«", "»", "(", ")", "…", "\U0001f4a5", "الجيش", "between 9 and 3 ",
          "il y a 9999999 ans ", "et et et")


@st.composite
def broken(draw: st.DrawFn) -> str:
    """A piece of a report with debris put in anywhere."""
    text = draw(st.sampled_from(TEXTS))
    start = draw(st.integers(0, len(text)))
    text = text[start:start + draw(st.integers(0, 1500))]
    for piece in draw(st.lists(st.sampled_from(DEBRIS), max_size=12)):
        where = draw(st.integers(0, len(text)))
        text = text[:where] + piece + text[where + draw(st.integers(0, 5)):]
    return text


@settings(max_examples=120, deadline=None)
@given(broken(), st.sampled_from(["fr", "en", "ar", ""]))
def test_no_broken_text_raises_and_spans_slice_back(text: str, language: str) -> None:
    reading = read_report(Report("0" * 16, "", "", language, None, "", text, ""), FINDER, "mali")
    spans: list[Span] = [one.span for one in reading.mentions] + [one.trigger for one in reading.incidents]
    spans += [claim.span for one in reading.incidents for claim in one.claims]
    spans += [one.claim.span for one in reading.report_claims]
    spans += [one.date_span for one in reading.incidents if one.date_span]
    assert all(text[span.start:span.end] == span.quote for span in spans)
