from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from incidentmap.briefing import Briefing, Material, as_html, compose
from incidentmap.model import BadValue

DAY = date(2026, 11, 23)


class Seen(HTMLParser):
    """Tags, what they load, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.loads: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.loads += [value or "" for name, value in attrs if name in {"src", "srcset", "action", "poster", "data"}]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def briefing(material: Callable[..., Material]) -> Briefing:
    return compose(material(12), language="en", issued=DAY)


def test_the_file_asks_nobody_and_runs_nothing(briefing: Briefing) -> None:
    page = as_html(briefing).decode()
    seen = Seen(page)
    assert seen.loads
    assert all(each.startswith("data:image/") for each in seen.loads)
    assert not seen.tags & {"script", "iframe", "object", "embed", "link", "form"}
    assert "default-src 'none'" in page
    assert "url(" not in page
    assert "@import" not in page


def test_texts_are_no_instructions(briefing: Briefing) -> None:
    seen = Seen(as_html(briefing).decode())
    assert '#panic("typst") {{ 7 * 7 }} <script>alert(1)</script> $x$' in seen.text
    assert briefing.sentence in seen.text


def test_the_same_input_gives_the_same_bytes(briefing: Briefing) -> None:
    assert as_html(briefing) == as_html(briefing)


def test_a_template_of_ones_own_runs_in_a_sandbox(briefing: Briefing, tmp_path: Path) -> None:
    own = tmp_path / "own.html"
    own.write_text("<p>{{ b.title }}</p>")
    assert as_html(briefing, own).decode() == f"<p>{briefing.title}</p>"
    for text, said in (("{{ b.nothing }}", "nothing"), ("{% if %}", "Expected"), ("{{ b.__class__.__mro__ }}", "unsafe")):
        own.write_text(text)
        with pytest.raises(BadValue, match=said):
            as_html(briefing, own)
