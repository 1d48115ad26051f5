"""A web page becomes text: what a person would read of it, in order, one line a block."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import NamedTuple

from incidentmap.reports.article import ENOUGH, Line, article_of
from incidentmap.reports.untangle import untangle

_DROPPED = frozenset({
    "noscript", "template", "svg", "math", "iframe", "object", "canvas", "select", "textarea", "button", "nav", "aside",
    "footer", "dialog",
})
_DATED = re.compile(r'"datePublished"\s*:\s*"(\d{4}-\d\d-\d\d)')
_PARAGRAPHS = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "article", "section", "main", "ul", "ol", "dl", "table", "pre",
    "figure",
})
_LINES = frozenset({
    "br", "div", "li", "dt", "dd", "tr", "hr", "header", "form", "figcaption", "address", "caption", "title", "body", "head",
})
_CELLS = frozenset({"td", "th"})
_MARKED = frozenset({"a", "h1", "pre"})
"""Elements of which it counts that text stands in them."""
_PUBLISHED = ("article:published_time", "dcterms.date", "date", "datepublished")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What a web page says, and what it says about itself (each empty where it does not).

    Parameters
    ----------
    whole
        Nobody could tell the article from the rest: `text` is all that the page says outside its menus and margins.
    """

    text: str
    title: str
    url: str
    site: str
    published: str
    whole: bool


def declared_charset(data: bytes) -> str:
    """Name of the encoding that the page declares near its start, else empty."""
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii") if found else ""


def read_page(markup: str) -> Page:
    """Text of a page's article, without scripts, styles, navigation, notices on cookies, share buttons, comments and the like.

    Broken or hostile markup does no harm: nothing is run or fetched, and a navigation that is never closed does not swallow
    the page (it is kept as text instead). Where no article can be told from the rest, everything is kept and `whole` says so.
    """
    safe = untangle(markup)
    reader = _read(safe, _DROPPED)
    if reader.inside:
        reader = _read(safe, frozenset())
    lines, said = reader.lines(), reader.said
    article = article_of(safe, lines)
    kept = _tidy(line.text for line in (lines if article is None else article))
    return Page(
        text=kept,
        title=_line("".join(reader.title)) or _line(said.get("og:title", "")),
        url=_web_address(said.get("canonical", "")) or _web_address(said.get("og:url", "")),
        site=_line(said.get("og:site_name", "")),
        published=next(filter(None, (said.get(name, "") for name in _PUBLISHED)), "") or _dated(markup),
        whole=article is None and sum(map(str.isalpha, kept)) >= ENOUGH,
    )


def _dated(markup: str) -> str:
    """Day of publication as the page's data for search engines (JSON-LD) has it; it stands in a script."""
    found = _DATED.search(markup)
    return found[1] if found else ""


def _read(markup: str, dropped: frozenset[str]) -> "_Reader":
    reader = _Reader(dropped)
    reader.feed(markup)
    reader.close()
    return reader


def _tidy(lines: Iterable[str]) -> str:
    """One empty line at most between two lines of text."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _line(text: str) -> str:
    return " ".join(text.split())


def _web_address(text: str) -> str:
    address = text.strip()
    return address if re.fullmatch(r"https?://[^\s\"'<>`]+", address, re.IGNORECASE) else ""


class _Piece(NamedTuple):
    """A piece of a line, and whether it stands in a link or a headline."""

    text: str
    linked: bool
    headline: bool


def _line_of(pieces: Sequence[_Piece]) -> Line:
    """A line of pieces, blanks drawn together; no-break spaces are the writer's and stay."""
    if not pieces:
        return Line("")
    told = [piece for piece in pieces if piece.text.strip()]
    linked = sum(sum(map(str.isalpha, piece.text)) for piece in told if piece.linked)
    text = re.sub(r"[ \t\r\f\v]+", " ", "".join(piece.text for piece in pieces)).strip(" ")
    return Line(text, linked, headline=any(piece.headline for piece in told))


class _Reader(HTMLParser):
    """Collects text outside dropped elements, line by line, the title, and what `meta` and `link` say."""

    def __init__(self, dropped: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.dropped = dropped
        self.inside = Counter[str]()
        self.title: list[str] = []
        self.said: dict[str, str] = {}
        self._rows: list[list[_Piece]] = [[]]
        self._within: set[str] = set()
        self._in_title = False
        self._fresh = True

    def lines(self) -> tuple[Line, ...]:
        """What was read so far."""
        return tuple(map(_line_of, self._rows))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = (values.get("property") or values.get("name") or values.get("itemprop", "")).lower()
            self.said.setdefault(name, values.get("content", ""))
        elif tag == "link" and "canonical" in values.get("rel", "").lower().split():
            self.said.setdefault("canonical", values.get("href", ""))
        elif tag == "time" and values.get("itemprop", "").lower() == "datepublished":
            self.said.setdefault("datepublished", values.get("datetime", ""))
        elif tag in self.dropped:
            self.inside[tag] += 1
        self._in_title = tag == "title" and not self.inside and not self.title
        self._break(tag)
        if tag in _MARKED and (tag != "a" or "href" in values):
            self._within.add(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<svg/>` opens nothing that could be left open; in every other respect it is a start."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            self.inside = self.inside - Counter((tag,))  # drops what reaches zero
        self._in_title = self._in_title and tag != "title"
        self._within.discard(tag)
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)
        elif not self.inside:
            self._fresh = self._fresh and not data.strip()
            self._put(data if "pre" in self._within else re.sub(r"[ \t\r\n\f\v]+", " ", data))

    def _put(self, text: str) -> None:
        for number, part in enumerate(text.split("\n")):
            if number and any(self._rows[-2:]):  # two empty rows are enough, and a hostile page has millions
                self._rows.append([])
            if part:
                self._rows[-1].append(_Piece(part, "a" in self._within, "h1" in self._within))

    def _break(self, tag: str) -> None:
        if self.inside:
            return
        if tag in _PARAGRAPHS:
            self._within.discard("h1")  # where nobody closed it, it ends with its line
            self._put("\n\n")
        elif tag == "br" or (tag in _LINES and not self._fresh):
            self._put("\n")
        elif tag in _CELLS:
            self._put(" ")
        self._fresh = self._fresh or tag in _PARAGRAPHS or tag in _LINES
