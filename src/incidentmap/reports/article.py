"""Which lines of a web page are its article: trafilatura finds the article, the page's own lines are kept.

Trafilatura (Apache-2.0) is the field's choice. Only its judgement is taken, not its text: it joins the lines of a table cell
and marks lists and tables. Its reading of dates is not used either: it takes the day of an incident for the day of
publication where a page states none. It loads modules that could fetch; what is called here gets a tree and fetches nothing.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree, html
from trafilatura import bare_extraction
from trafilatura.settings import Document

ENOUGH = 140
"""Letters of two short sentences: less is no article, and a page that says less has no room for anything beside it."""
LEAST_SHARE = 0.1
"""Share of a page's letters below which what was found is more likely a teaser or a notice than the article."""
MOST_TAGS = 50_000
LONGEST = 3_000_000
"""Sizes up to which a page is searched, so that it takes seconds at most; no article comes near them."""
_MOST_LINKS = 0.7
"""Share of a line's letters inside links above which it only leads elsewhere."""
_RUN = 4
"""Words that stand side by side in both where a line is part of the article."""
_ALIKE = 0.7
"""Share of a line's runs of words that must be in the article; its ends may be cut otherwise there."""
_HIDDEN = '//*[@hidden or @aria-hidden="true" or contains(translate(@style, " ", ""), "display:none")]'
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page's visible text.

    Parameters
    ----------
    text
        What it says, as the page has it; empty between paragraphs.
    linked
        Letters of it inside links.
    headline
        Whether it stands in an `h1`, of which there may be some outside the article.
    """

    text: str
    linked: int = 0
    headline: bool = False


def article_of(markup: str, lines: Sequence[Line]) -> tuple[Line, ...] | None:
    """The lines of a page that are its article, headline included; None where nobody can tell, so that all should be kept.

    Parameters
    ----------
    markup
        The page, made safe to parse.
    lines
        Its visible text.
    """
    blocks = frozenset(map(_words, _found(markup)))
    if not blocks:
        return None
    runs = frozenset(run for block in blocks for run in _runs(block))
    chosen = tuple(line for line in lines if not line.text or line.headline or _is_part(line, blocks, runs))
    return chosen if _letters(chosen) >= max(ENOUGH, LEAST_SHARE * _letters(lines)) else None


def _found(markup: str) -> tuple[str, ...]:
    """Lines of the article as the library has them; none where it finds nothing, or the page is not fit for it."""
    tree = _tree(markup) if len(markup) <= LONGEST and markup.count("<") <= MOST_TAGS else None
    if tree is None:
        return ()
    document = bare_extraction(tree, include_comments=False, favor_precision=True, fast=True, prune_xpath=_HIDDEN)
    return tuple((document.text or "").split("\n")) if isinstance(document, Document) else ()


def _tree(markup: str) -> html.HtmlElement | None:
    """The page as a tree; None if nothing is in it, or it is nested so deep that the parser left its rest away."""
    parser = html.HTMLParser()
    try:
        tree = html.document_fromstring(_CONTROLS.sub(" ", markup), parser)
    except etree.ParserError:
        return None
    cut = any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)
    return None if cut else tree


def _is_part(line: Line, blocks: frozenset[tuple[str, ...]], runs: frozenset[tuple[str, ...]]) -> bool:
    if line.linked > _MOST_LINKS * _letters((line,)):
        return False
    words = _words(line.text)
    if words in blocks:
        return True
    own = list(_runs(words))
    return bool(own) and sum(run in runs for run in own) >= _ALIKE * len(own)


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text))


def _runs(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return (tuple(words[at:at + _RUN]) for at in range(len(words) - _RUN + 1))


def _letters(lines: Iterable[Line]) -> int:
    return sum(sum(map(str.isalpha, line.text)) for line in lines)
