"""A web page becomes text: what a person would read of it, in order, one line a block."""

import re
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser

from incidentmap.reports.untangle import untangle

_DROPPED = frozenset({
    "noscript", "template", "svg", "math", "iframe", "object", "canvas", "select", "textarea", "button", "nav", "aside",
    "footer",
})
_PARAGRAPHS = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "article", "section", "main", "ul", "ol", "dl", "table", "pre",
    "figure",
})
_LINES = frozenset({
    "br", "div", "li", "dt", "dd", "tr", "hr", "header", "form", "figcaption", "address", "caption", "title", "body", "head",
})
_CELLS = frozenset({"td", "th"})
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What a web page says, and what it says about itself (each empty where it does not)."""

    text: str
    title: str
    url: str
    site: str
    published: str


def declared_charset(data: bytes) -> str:
    """Name of the encoding that the page declares near its start, else empty."""
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii") if found else ""


def read_page(markup: str) -> Page:
    """Text of a page without scripts, styles, navigation and the like.

    Broken or hostile markup does no harm: nothing is run or fetched, and a navigation that is never closed does not swallow
    the page (it is kept as text instead).
    """
    safe = untangle(markup)
    reader = _read(safe, _DROPPED)
    if reader.inside:
        reader = _read(safe, frozenset())
    said = reader.said
    return Page(
        text=_tidy("".join(reader.pieces)),
        title=_line("".join(reader.title)) or _line(said.get("og:title", "")),
        url=_web_address(said.get("canonical", "")) or _web_address(said.get("og:url", "")),
        site=_line(said.get("og:site_name", "")),
        published=said.get("article:published_time", "") or said.get("dcterms.date", "") or said.get("date", ""),
    )


def _read(markup: str, dropped: frozenset[str]) -> "_Reader":
    reader = _Reader(dropped)
    reader.feed(markup)
    reader.close()
    return reader


def _tidy(text: str) -> str:
    """Break lines where blocks end only; no-break spaces are the writer's and stay."""
    lines = [re.sub(r"[ \t\r\f\v]+", " ", line).strip(" ") for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _line(text: str) -> str:
    return " ".join(text.split())


def _web_address(text: str) -> str:
    address = text.strip()
    return address if re.fullmatch(r"https?://[^\s\"'<>`]+", address, re.IGNORECASE) else ""


class _Reader(HTMLParser):
    """Collects text outside dropped elements, the title, and what `meta` and `link` say."""

    def __init__(self, dropped: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.dropped = dropped
        self.inside = Counter[str]()
        self.pieces: list[str] = []
        self.title: list[str] = []
        self.said: dict[str, str] = {}
        self._in_title = False
        self._in_pre = 0
        self._fresh = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = (values.get("property") or values.get("name", "")).lower()
            self.said.setdefault(name, values.get("content", ""))
        elif tag == "link" and "canonical" in values.get("rel", "").lower().split():
            self.said.setdefault("canonical", values.get("href", ""))
        elif tag in self.dropped:
            self.inside[tag] += 1
        self._in_title = tag == "title" and not self.inside and not self.title
        self._in_pre += tag == "pre"
        self._break(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<svg/>` opens nothing that could be left open; in every other respect it is a start."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            self.inside = self.inside - Counter((tag,))  # drops what reaches zero
        self._in_title = self._in_title and tag != "title"
        self._in_pre -= tag == "pre" and self._in_pre > 0
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)
        elif not self.inside:
            self._fresh = self._fresh and not data.strip()
            self.pieces.append(data if self._in_pre else re.sub(r"[ \t\r\n\f\v]+", " ", data))

    def _break(self, tag: str) -> None:
        if self.inside:
            return
        if tag in _PARAGRAPHS:
            self.pieces.append("\n\n")
        elif tag == "br" or (tag in _LINES and not self._fresh):
            self.pieces.append("\n")
        elif tag in _CELLS:
            self.pieces.append(" ")
        self._fresh = self._fresh or tag in _PARAGRAPHS or tag in _LINES
