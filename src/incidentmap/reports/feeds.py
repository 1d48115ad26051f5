"""RSS and Atom feeds saved to disk: an entry is a report, with what the feed says of it.

The parser is expat, from the standard library, with the document type refused: entities can only be declared there, and with
them go both the bomb of entities within entities and the file or address that an entity names. Nothing is fetched.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import Element, TreeBuilder, tostring
from xml.parsers import expat

from incidentmap.encodings import decode
from incidentmap.reports.markup import read_page

_PREFIXES = {
    "": "", "http://purl.org/rss/1.0/": "", "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://www.w3.org/2005/Atom": "atom:", "http://purl.org/atom/ns#": "atom:",
    "http://purl.org/rss/1.0/modules/content/": "content:", "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dc:", "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
}
"""Names that count; what stands in any other namespace (media, itunes) is not read."""
_ROOTS = frozenset({"rss", "rdf:RDF", "atom:feed"})
_ENTRIES = frozenset({"item", "atom:entry"})
_DEEPEST = 100
_DECLARED = re.compile(rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{1,40})")
_CONTENT = ("content:encoded", "atom:content", "description", "atom:summary", "dc:description")
_DAYS = ("pubDate", "atom:published", "dc:date", "dc:created", "atom:issued", "atom:updated", "dc:modified")


class NoFeed(Exception):
    """The bytes are no feed that can be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed as text: its title, then what it says. All but the text may be empty; `published` is an ISO day.

    `whole` says that its content is a page of which no article could be told from the rest.
    """

    title: str
    text: str
    url: str
    source: str
    published: str
    whole: bool = False


def read_feed(data: bytes) -> tuple[Entry, ...]:
    """The entries of an RSS (0.9 to 2.0) or Atom feed, in its order.

    Raises
    ------
    NoFeed
        If it is no XML, declares a document type, is nested too deep, or is no feed or one without entries.
    """
    root = _parsed(data)
    if root.tag not in _ROOTS:
        begins = f"it begins with <{root.tag[:40]}>"
        raise NoFeed(f"this XML is no RSS or Atom feed ({begins}). Save the feed itself, or the page as .html.")
    channel = next((each for each in root if each.tag == "channel"), root)
    source = _plain(_first(channel, ("title", "atom:title")))
    entries = tuple(_entry(each, source) for each in root.iter() if each.tag in _ENTRIES)
    if not entries:
        raise NoFeed("the feed holds no entry. Save it again once it has some.")
    return entries


def _parsed(data: bytes) -> Element:
    declared = _DECLARED.search(data[:300])
    text = decode(data, declared[1].decode("ascii") if declared else "")
    if text is None:
        raise NoFeed("this is no text: its encoding cannot be told. Save the feed again, in UTF-8.")
    grown = _Grown()
    parser = expat.ParserCreate(encoding="utf-8", namespace_separator="\n")  # said here, whatever the file declares
    parser.StartElementHandler, parser.EndElementHandler = grown.start, grown.end
    parser.CharacterDataHandler = grown.tree.data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.buffer_text = True
    try:
        parser.Parse(text.lstrip().encode("utf-8", "replace"), True)  # noqa: FBT003 (takes no names)
    except expat.ExpatError as error:
        raise NoFeed(f"this is no well-formed XML ({error}). Download the feed again.") from error
    return grown.tree.close()


def _refuse_doctype(*_: object) -> None:
    raise NoFeed("the feed declares a document type (<!DOCTYPE>), which can hide harm. Take that line out if you trust it.")


class _Grown:
    """The tree of a feed as it is read, under our names for what counts."""

    def __init__(self) -> None:
        self.tree = TreeBuilder()
        self._depth = 0

    def start(self, name: str, values: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NoFeed(f"its elements are nested deeper than {_DEEPEST}, which no feed needs. Download the feed again.")
        self.tree.start(_short(name), values)

    def end(self, name: str) -> None:
        self._depth -= 1
        self.tree.end(_short(name))


def _short(name: str) -> str:
    space, _, own = name.rpartition("\n")
    return f"{_PREFIXES.get(space, 'other:')}{own}"


def _entry(entry: Element, source: str) -> Entry:
    title = _plain(_first(entry, ("title", "atom:title", "dc:title")))
    bodies = (_body(each) for name in _CONTENT for each in entry if each.tag == name)
    body, whole = max(bodies, key=_length, default=("", False))
    own = _plain(_first(entry, ("source",)))
    days = (_day(_first(entry, (name,))) for name in _DAYS)
    return Entry(
        title=title, text=body if body.startswith(title) else f"{title}\n\n{body}".strip(), url=next(_links(entry), ""),
        source=own or source, published=next(filter(None, days), ""), whole=whole,
    )


def _first(parent: Element, names: tuple[str, ...]) -> str:
    """Text of the first child of one of some names, in the order of the names."""
    found = (each for name in names for each in parent if each.tag == name)
    return next(filter(None, ("".join(each.itertext()).strip() for each in found)), "")


def _body(content: Element) -> tuple[str, bool]:
    """Text of a content, and whether it is a page kept whole."""
    kind = content.get("type", "html").lower()
    if kind in {"text", "text/plain"}:
        return "".join(content.itertext()).strip(), False
    markup = content.text or ""
    if kind == "xhtml" or len(content):
        for each in content.iter():
            each.tag = each.tag.removeprefix("xhtml:")
            each.attrib.clear()
        markup = "".join(tostring(each, "unicode", "html") for each in content)
    page = read_page(markup)
    return page.text, page.whole


def _length(body: tuple[str, bool]) -> int:
    return len(body[0])


def _plain(markup: str) -> str:
    """One line without markup: titles come with tags and doubly escaped."""
    return " ".join(read_page(markup).text.split())


def _links(entry: Element) -> Iterator[str]:
    """Web addresses of an entry, the page itself first."""
    atom = [each for each in entry if each.tag == "atom:link" and each.get("rel", "alternate") == "alternate"]
    told = [each.get("href", "") for each in atom] + [_first(entry, (name,)) for name in ("link", "guid", "atom:id")]
    return (address for address in map(str.strip, told) if re.fullmatch(r"https?://[^\s\"'<>`]+", address, re.IGNORECASE))


def _day(text: str) -> str:
    """The day of a date of RFC 822 (RSS) or ISO 8601 (Atom), as it was where it was written; empty if it is none."""
    try:
        return (parsedate_to_datetime(text) if not text[:4].isdigit() else datetime.fromisoformat(text[:10])).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
