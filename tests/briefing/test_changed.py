"""The section of what changed: what is simply new is only counted and marked, everything else has its line, once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from tests.briefing.conftest import HOSTILE

from incidentmap.briefing import Material, as_html, as_pdf, compose
from incidentmap.briefing.changed import MOST_LINES, changed
from incidentmap.model import Aspect, FieldChange, RecordChange, RecordChanges, RecordState
from incidentmap.words import LANGUAGES

DAY = date(2026, 11, 23)
THERE = RecordState("2023-11-24", "2023-11-24", "Niafunké", -4.0, 15.9, "Battles", "JNIM / FAMa", "3")
GAO = replace(THERE, place="Gao", lon=0.0, lat=16.3, killed="5")
MOVED = RecordChange(
    "i00001", (Aspect.MOVED, Aspect.CASUALTIES), THERE, GAO, 431.2,
    fields=(FieldChange("lon", "-4", "0"), FieldChange("killed_high", "3", "5")),
)
NEW = RecordChange("i00000", (Aspect.NEW,), None, THERE)
GONE = RecordChange("b", (Aspect.GONE,), replace(THERE, place=HOSTILE), None)
MERGED = RecordChange("a", (Aspect.MERGED,), THERE, None, other="i00001")
HIDDEN = RecordChange("c", (Aspect.GONE,), None, None)


def found(*changes: RecordChange) -> RecordChanges:
    return RecordChanges("the briefing of 1 May 2026", "", (9, 9), 4, changes)


def test_each_change_has_its_line_and_each_incident_its_word(material: Callable[..., Material]) -> None:
    made = compose(replace(material(3), changes=found(MERGED, GONE, HIDDEN, NEW, MOVED)), language="en", issued=DAY)
    section = made.changed
    assert section
    assert section.heading == "What changed since the briefing of 1 May 2026"
    assert section.sentence.startswith("1 new, 2 gone, 1 merged into another, 1 moved, 1 with other casualties, 4 unchanged")
    assert [(line.number, line.kinds) for line in section.lines] == [
        (2, "moved, casualties"), (0, "merged"), (0, "gone"), (0, "gone"),
    ]
    assert "Niafunké → Gao (431.2 km)" in section.lines[0].differs
    assert "now part of no. 2" in section.lines[1].differs
    assert section.lines[3].incident == "c"
    assert [row.news for row in made.rows] == ["new", "changed", ""]


def test_a_long_list_says_what_it_leaves_out() -> None:
    gone = [replace(GONE, id=f"{number:03}") for number in range(MOST_LINES + 5)]
    section = changed(found(*gone), {}, "en")
    assert section
    assert len(section.lines) == MOST_LINES
    assert f"{MOST_LINES} of {MOST_LINES + 5}" in section.note


def test_nothing_to_compare_with_is_no_section_and_no_difference_is_told(material: Callable[..., Material]) -> None:
    assert compose(material(1), language="en", issued=DAY).changed is None
    section = changed(found(), {}, "en")
    assert section
    assert (section.sentence, section.lines) == ("Nothing differs.", ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_set_as_page_and_as_pdf_and_is_read_as_text(material: Callable[..., Material], language: str) -> None:
    made = compose(replace(material(3), changes=found(GONE, HIDDEN, NEW, MOVED)), language=language, issued=DAY)
    page = as_html(made).decode()
    assert made.changed
    assert f"<h2>{made.changed.heading}</h2>" in page
    assert '<a href="#incident-2">2</a>' in page
    assert "<script>alert" not in page
    assert as_pdf(made).startswith(b"%PDF")
    assert HOSTILE in made.changed.lines[1].incident
