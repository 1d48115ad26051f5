import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.model import PartialDate
from incidentmap.reports.lines import LONGEST_LINE, BrokenLine, read_line
from incidentmap.words import LANGUAGES, say_reason

TEXT = "Vendredi, des hommes armés ont attaqué le camp de Niafunké."


def line(**members: Any) -> bytes:
    return json.dumps(members, ensure_ascii=False).encode()


def test_what_a_line_gives_is_taken() -> None:
    told = read_line(line(
        id="a-1", text=TEXT, published="2023-11-25T08:00:00Z", language="en-GB", title=" Mali ", source="Écho",
        url="https://example.org/a", more={"kept": False},
    ), 7)
    assert (told.id, told.report.text, told.report.language, told.report.title) == ("a-1", TEXT, "en", "Mali")
    assert told.report.published == PartialDate.day(date(2023, 11, 25))
    assert (told.report.source, told.report.url, told.warnings) == ("Écho", "https://example.org/a", ())


@pytest.mark.parametrize(("members", "line_id"), [
    ({}, 7), ({"id": None}, 7), ({"id": ""}, 7), ({"id": 0}, 0), ({"id": 12}, 12), ({"id": " b "}, " b "),
])
def test_a_line_without_an_id_is_called_by_its_number(members: dict[str, Any], line_id: object) -> None:
    assert read_line(line(text=TEXT, **members), 7).id == line_id


@pytest.mark.parametrize("members", [
    {"published": None, "language": None, "title": None}, {"published": "", "language": ""}, {"url": "javascript:1"},
])
def test_what_is_not_given_is_found_in_the_text(members: dict[str, Any]) -> None:
    told = read_line(line(text=TEXT, **members), 1)
    assert (told.report.language, told.report.published, told.report.url, told.warnings) == ("fr", None, "", ())


def test_a_language_without_rules_is_told() -> None:
    told = read_line(line(text=TEXT, language="ar"), 1)
    assert told.report.language == "fr"
    assert [(why.code, dict(why.values)["asked"]) for why in told.warnings] == [("language_unread", "ar")]
    assert all("ar" in say_reason(language, why) for language in LANGUAGES for why in told.warnings)


@pytest.mark.parametrize(("broken", "line_id", "message"), [
    (b"", 7, "line 7: is empty"),
    (b"  ", 7, "line 7: is empty"),
    (b"{", 7, "line 7: is no JSON"),
    (b"[" * 100_000, 7, "line 7: is no JSON"),
    (b"9" * 5000, 7, "line 7: is no JSON"),
    (b'["text"]', 7, r"no object \(list\)"),
    (b"null", 7, r"no object \(NoneType\)"),
    (b'{"text": "caf\xe9"}', 7, "not UTF-8"),
    (b"\xef\xbb\xbf{}", 7, "is no JSON"),
    (line(id="a"), "a", "text: is missing or empty"),
    (line(id="a", text=" \n"), "a", "text: is missing or empty"),
    (line(id="a", text=["x"]), "a", "text: a list is not allowed"),
    (line(id={"a": 1}, text=TEXT), 7, "id: a dict is not allowed"),
    (line(id=True, text=TEXT), 7, "id: a bool is not allowed"),
    (b'{"id": NaN, "text": "x"}', 7, "id: a float is not allowed"),
    (line(id="a", text=TEXT, published=2023), "a", "published: a int is not allowed"),
    (line(id="a", text=TEXT, published="25/11/2023"), "a", "published: '25/11/2023' is not allowed; expected an ISO day"),
    (line(id="a", text=TEXT, published="2023-11-31"), "a", "published: '2023-11-31'"),
    (line(id="a", text=TEXT, language=1), "a", "language: a int is not allowed"),
    (b" " * (LONGEST_LINE + 1), 7, "line 7: is longer than 40 MB"),
])
def test_a_broken_line_is_named(broken: bytes, line_id: object, message: str) -> None:
    with pytest.raises(BrokenLine, match=message) as caught:
        read_line(broken, 7)
    assert caught.value.id == line_id


def test_a_mark_at_the_start_of_the_first_line_is_no_part_of_it() -> None:
    assert read_line(b"\xef\xbb\xbf" + line(text=TEXT), 1).report.text == TEXT


@given(st.binary(max_size=200) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "text", "published", "x"]), inner),
).map(lambda value: json.dumps(value).encode()))
def test_no_line_raises_anything_else(data: bytes) -> None:
    try:
        told = read_line(data, 3)
    except BrokenLine as error:
        assert isinstance(error.id, str | int)  # noqa: PT017 (what else is raised is the failure)
    else:
        assert told.report.text.strip()
