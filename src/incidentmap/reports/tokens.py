"""Words of a text with their offsets, and books of phrases to find in them.

A phrase is written as texts write it. Three signs stand for more: `a/b` is either word, `attaqu*` any word that begins so,
`~` up to three words of any kind. A search is linear in the text, whatever the size of the book.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise, product

from incidentmap.reports.clitics import Clitics

_WORD = re.compile(r"[^\W_]+")
_GLUE = re.compile(r"[\s'\-«»\"“”]*")
_LONGEST_SKIP = 3
_SHORTEST_STEM = 3
_LONGEST_STEM = 16


@dataclass(frozen=True, slots=True)
class Token:
    """A word: its offsets, its lower-case form, the same without accents, and whether it follows the last word closely."""

    start: int
    end: int
    text: str
    plain: str
    glued: bool
    upper: bool
    """Whether it begins with a capital letter or digit."""


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found: index of its first token, index after its last one, and what it means."""

    first: int
    last: int
    meaning: str


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """A word in lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", word.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def tokenise(text: str) -> tuple[Token, ...]:
    """All words of a text, in order."""
    return tuple(_tokens(text))


def cut_clitics(text: str, tokens: tuple[Token, ...], clitics: Clitics) -> tuple[Token, ...]:
    """The words of a text with those cut apart that its language writes together."""
    return tuple(part for token in tokens for part in _parts(text, token, clitics)) if clitics.prefixes else tokens


def _parts(text: str, token: Token, clitics: Clitics) -> Iterator[Token]:
    bounds = (0, *clitics.cuts(token.text), len(token.text))
    if len(bounds) == 2 or len(token.text) != token.end - token.start:
        yield token
        return
    for first, last in pairwise(bounds):
        piece = text[token.start + first:token.start + last]
        yield Token(token.start + first, token.start + last, piece.lower(), plain(piece), token.glued or first > 0, token.upper)


def _tokens(text: str) -> Iterator[Token]:
    end = 0
    for match in _WORD.finditer(text):
        gap, word = text[end:match.start()], match.group()
        glued = _GLUE.fullmatch(gap) is not None and gap.count("\n") < 2
        yield Token(match.start(), match.end(), word.lower(), plain(word), glued, word[0].isupper() or word[0].isdigit())
        end = match.end()


@dataclass(slots=True)
class _Node:
    words: dict[str, "_Node"] = field(default_factory=dict)
    stems: dict[str, "_Node"] = field(default_factory=dict)
    skip: "_Node | None" = None
    meaning: str | None = None


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """Phrases by meaning, ready to be found.

    Parameters
    ----------
    folded
        Whether accents are ignored (for names); a phrase word all in capitals then still asks for a capital in the text.
    """

    root: _Node
    folded: bool

    @classmethod
    def of(cls, entries: Mapping[str, Iterable[str]], *, folded: bool = False) -> "PhraseBook":
        """A book of the phrases of each meaning. Where two meanings share a phrase, the first keeps it."""
        book = cls(_Node(), folded)
        for meaning, phrases in entries.items():
            for phrase in phrases:
                for words in product(*(piece.split("/") for piece in phrase.split())):
                    _plant(book.root, " ".join(words), meaning, folded=folded)
        return book

    def at(self, tokens: Sequence[Token], index: int, stop: int | None = None) -> Found | None:
        """The longest phrase that begins at a token and ends before `stop`, None if there is none."""
        if not self._may_begin(tokens, index):
            return None
        best: tuple[int, str] | None = None
        within = _Stretch(tokens, index, len(tokens) if stop is None else stop, self.folded)
        for last, meaning in _follow(self.root, within, index):
            if best is None or last > best[0]:
                best = (last, meaning)
        return Found(index, best[0], best[1]) if best else None

    def _may_begin(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether any phrase begins like this token: for nearly all tokens and books none does, and books are asked a lot."""
        root = self.root
        if root.skip or root.meaning is not None:
            return True
        if index >= len(tokens):
            return False
        token = tokens[index]
        if (token.plain if self.folded else token.text) in root.words:
            return True
        more = root.stems or (self.folded and token.upper)
        return bool(more) and any(True for _ in _branches(root, token, folded=self.folded))

    def scan(self, tokens: Sequence[Token], first: int = 0, last: int | None = None) -> tuple[Found, ...]:
        """All phrases of a stretch of tokens: leftmost, longest, none overlapping."""
        found: list[Found] = []
        index, stop = first, len(tokens) if last is None else last
        while index < stop:
            hit = self.at(tokens, index)
            if hit and hit.last <= stop:
                found.append(hit)
            index = hit.last if hit and hit.last <= stop else index + 1
        return tuple(found)

    def word(self, token: Token) -> str | None:
        """What a single word means, None if the book lacks it."""
        hit = self.at((token,), 0)
        return hit.meaning if hit else None


def _plant(root: _Node, phrase: str, meaning: str, *, folded: bool) -> None:
    node = root
    for piece in re.findall(r"~|[^\W_]+\*?", phrase):
        if piece == "~":
            node.skip = node.skip or _Node()
            node = node.skip
            continue
        short = folded and piece.isupper() and len(piece) <= 5
        word = plain(piece) if folded else piece.lower()
        key = f"^{word}" if short else word
        branch, key = (node.stems, key[:-1]) if key.endswith("*") else (node.words, key)
        node = branch.setdefault(key, _Node())
    node.meaning = node.meaning or meaning


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The tokens that a phrase may take, from its first one on."""

    tokens: Sequence[Token]
    first: int
    stop: int
    folded: bool


def _follow(node: _Node, within: _Stretch, index: int) -> Iterator[tuple[int, str]]:
    if node.meaning is not None:
        yield index, node.meaning
    if index >= within.stop or (index > within.first and not within.tokens[index].glued):
        return
    for branch in _branches(node, within.tokens[index], folded=within.folded):
        yield from _follow(branch, within, index + 1)
    if node.skip:
        yield from _after_skip(node.skip, within, index)


def _branches(node: _Node, token: Token, *, folded: bool) -> Iterator[_Node]:
    word = token.plain if folded else token.text
    if word in node.words:
        yield node.words[word]
    if folded and token.upper and f"^{word}" in node.words:
        yield node.words[f"^{word}"]
    if node.stems:
        for size in range(_SHORTEST_STEM, min(len(word), _LONGEST_STEM) + 1):
            if word[:size] in node.stems:
                yield node.stems[word[:size]]


def _after_skip(node: _Node, within: _Stretch, index: int) -> Iterator[tuple[int, str]]:
    for here in range(index, min(index + _LONGEST_SKIP + 1, within.stop)):
        if not within.tokens[here].glued:
            return
        for branch in _branches(node, within.tokens[here], folded=within.folded):
            yield from _follow(branch, within, here + 1)
