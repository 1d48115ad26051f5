"""Which pieces of a web page are its article, told by structure: containers, names, how much of a block is link."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import yaml

from incidentmap.paths import shipped

ENOUGH = 140
"""Letters of two short sentences: less is no article, and what seemed to be one is kept whole with what is around it."""
_MOST_LINKS = 0.7
"""Share of a block's letters inside links above which it only leads elsewhere."""
_ARTICLE_SHARE = 0.6
"""A page of several articles of which none has this share of their text is a list: all of them are meant."""
_NEVER = frozenset({"html", "body", "main", "article", "h1"})


@dataclass(frozen=True, slots=True)
class Where:
    """Where in a page a piece of text stands.

    Parameters
    ----------
    article
        Number of the outermost `article` around it, 0 for none.
    body
        Inside what the page marks as the article's own text (`itemprop="articleBody"`).
    noise
        Inside something that a class, id or role names as no part of the article, or that is hidden.
    """

    article: int = 0
    body: bool = False
    main: bool = False
    headline: bool = False
    noise: bool = False
    link: bool = False


class Piece(NamedTuple):
    """A piece of a page's text, where it stands, and the number of the block (paragraph, item, cell) that it belongs to."""

    text: str
    where: Where
    block: int


def is_noise(tag: str, values: Mapping[str, str]) -> bool:
    """Whether an element is no part of what a person came to read, by what it says of itself."""
    if tag in _NEVER:
        return False
    words = _noise()
    style = values.get("style", "").replace(" ", "").lower()
    hidden = "hidden" in values or values.get("aria-hidden", "").lower() == "true" or "display:none" in style
    named = any(_names_noise(name, words) for name in (*values.get("class", "").lower().split(), values.get("id", "").lower()))
    return hidden or named or values.get("role", "").lower() in words["roles"]


def _names_noise(name: str, words: Mapping[str, frozenset[str]]) -> bool:
    parts = [part for part in re.split(r"[^a-z]+", name) if part]
    pairs = [f"{first}-{second}" for first, second in pairwise(parts)]
    return not words["not_with"].intersection(parts) and not words["words"].isdisjoint((*parts, *pairs))


@cache
def _noise() -> Mapping[str, frozenset[str]]:
    loaded: dict[str, list[str]] = yaml.safe_load(shipped("data", "lexicons", "page_noise.yaml").read_text("utf-8"))
    return {key: frozenset(map(str, words)) for key, words in loaded.items()}


def article_of(pieces: Sequence[Piece]) -> list[str]:
    """The pieces of a page that are its article, in order; all of them where none can be told from the rest.

    A page that says which part is its article is taken at its word, headline included, if that part holds some text.
    """
    links = _leads(pieces)
    clean = [piece for piece in pieces if not piece.where.noise and piece.block not in links]
    for inside in (_in_body, _in_article(clean), _in_main):
        chosen = [piece for piece in clean if inside(piece.where)]
        if _letters(chosen) >= ENOUGH:
            return [text for text, where, _ in clean if inside(where) or where.headline]
    enough = _letters(clean) >= min(ENOUGH, _letters(pieces) / 2)
    return [text for text, _, _ in (clean if enough else pieces)]


def _leads(pieces: Iterable[Piece]) -> frozenset[int]:
    """Blocks that are links for the most part; a headline may be a link to itself."""
    every: dict[int, int] = defaultdict(int)
    linked: dict[int, int] = defaultdict(int)
    for text, where, block in pieces:
        size = sum(map(str.isalpha, text))
        every[block] += size
        linked[block] += size * (where.link and not where.headline)
    return frozenset(block for block, size in linked.items() if size and size > _MOST_LINKS * every[block])


def _in_body(where: Where) -> bool:
    return where.body


def _in_main(where: Where) -> bool:
    return where.main


def _in_article(pieces: Iterable[Piece]) -> Callable[[Where], bool]:
    """Whether a place is in the one article of a page, or in any where none stands out."""
    sizes: dict[int, int] = defaultdict(int)
    for text, where, _ in pieces:
        if where.article:
            sizes[where.article] += sum(map(str.isalpha, text))
    longest = max(sizes, key=sizes.__getitem__, default=0)
    if sizes and sizes[longest] >= _ARTICLE_SHARE * sum(sizes.values()):
        return lambda where: where.article == longest
    return lambda where: where.article > 0


def _letters(pieces: Iterable[Piece]) -> int:
    return sum(sum(map(str.isalpha, text)) for text, _, _ in pieces)
