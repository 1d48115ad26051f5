"""A web page becomes text: what a person would read of it, in order, one line a block."""

import re
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser

from incidentmap.reports.boilerplate import Piece, Where, article_of, is_noise
from incidentmap.reports.untangle import untangle

_DROPPED = frozenset({
    "noscript", "template", "svg", "math", "iframe", "object", "canvas", "select", "textarea", "button", "nav", "aside",
    "footer", "dialog",
})
_EMPTY = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})
"""Elements that hold nothing and are never closed."""
_SELF_CLOSED = {"li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "div": ("p",)}
"""Elements that another one ends where their own end is left out."""
_DATED = re.compile(r'"datePublished"\s*:\s*"(\d{4}-\d\d-\d\d)')
_PARAGRAPHS = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "article", "section", "main", "ul", "ol", "dl", "table", "pre",
    "figure",
})
_LINES = frozenset({
    "br", "div", "li", "dt", "dd", "tr", "hr", "header", "form", "figcaption", "address", "caption", "title", "body", "head",
})
_CELLS = frozenset({"td", "th"})
_PUBLISHED = ("article:published_time", "dcterms.date", "date", "datepublished")
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
    """Text of a page's article, without scripts, styles, navigation, notices on cookies, share buttons, comments and the like.

    Broken or hostile markup does no harm: nothing is run or fetched, and a navigation that is never closed does not swallow
    the page (it is kept as text instead).
    """
    safe = untangle(markup)
    reader = _read(safe, _DROPPED)
    if reader.inside:
        reader = _read(safe, frozenset())
    said = reader.said
    return Page(
        text=_tidy("".join(article_of(reader.pieces))),
        title=_line("".join(reader.title)) or _line(said.get("og:title", "")),
        url=_web_address(said.get("canonical", "")) or _web_address(said.get("og:url", "")),
        site=_line(said.get("og:site_name", "")),
        published=next(filter(None, (said.get(name, "") for name in _PUBLISHED)), "") or _dated(markup),
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
    """Collects text outside dropped elements and where it stands, the title, and what `meta` and `link` say."""

    def __init__(self, dropped: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.dropped = dropped
        self.inside = Counter[str]()
        self.pieces: list[Piece] = []
        self.title: list[str] = []
        self.said: dict[str, str] = {}
        self._in_title = False
        self._in_pre = 0
        self._fresh = True
        self._open: list[tuple[str, Where]] = []
        self._held = Counter[str]()
        self._where = Where()
        self._blocks = self._articles = 0

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
        self._in_pre += tag == "pre"
        self._enter(tag, values)
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
        self._leave(tag)
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)
        elif not self.inside:
            self._fresh = self._fresh and not data.strip()
            self._put(data if self._in_pre else re.sub(r"[ \t\r\n\f\v]+", " ", data))

    def _enter(self, tag: str, values: dict[str, str]) -> None:
        """Note where the page stands from here on."""
        if tag in _EMPTY:
            return
        last = self._open[-1][0] if self._open else ""
        if last in _SELF_CLOSED.get(tag, ()) or (last == "p" and tag in _PARAGRAPHS):
            self._leave(last)
        self._open.append((tag, self._where))
        self._held[tag] += 1
        self._where = self._inside(tag, values)

    def _inside(self, tag: str, values: dict[str, str]) -> Where:
        """Where that is which stands in an element."""
        here, opens = self._where, tag == "article" and not self._where.article
        self._articles += opens
        inside = Where(
            article=self._articles if opens else here.article, main=here.main or tag == "main" or values.get("role") == "main",
            body=here.body or values.get("itemprop", "").lower() == "articlebody", headline=here.headline or tag == "h1",
            noise=here.noise or is_noise(tag, values), link=here.link or (tag == "a" and "href" in values),
        )
        return here if inside == here else inside

    def _leave(self, tag: str) -> None:
        """Close an element and what was left open in it; an end without a start closes nothing."""
        while self._held[tag]:
            name, self._where = self._open.pop()
            self._held[name] -= 1
            if name == tag:
                return

    def _put(self, text: str) -> None:
        self.pieces.append(Piece(text, self._where, self._blocks))

    def _break(self, tag: str) -> None:
        if self.inside:
            return
        ends = tag in _PARAGRAPHS or tag in _LINES
        self._blocks += ends or tag in _CELLS
        if tag in _PARAGRAPHS:
            self._put("\n\n")
        elif tag == "br" or (tag in _LINES and not self._fresh):
            self._put("\n")
        elif tag in _CELLS:
            self._put(" ")
        self._fresh = self._fresh or ends
