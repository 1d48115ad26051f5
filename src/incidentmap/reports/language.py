"""The language of a text, by the words that every text of it needs, and whether that is sure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from incidentmap.reports.lexicon import SHIPPED, lexicon
from incidentmap.reports.tokens import Token, tokenise

_LETTERS, _WORDS = 20_000, 3_000
"""So much of a text is looked at."""
_ENOUGH = 0.1
"""Share of function words below which a text is hardly of a language; texts of a known one have a sixth and more."""


@dataclass(frozen=True, slots=True)
class Guess:
    """The language that a text seems to be of.

    Parameters
    ----------
    language
        The one whose function words are most frequent; the first of all languages where none of them occurs.
    share
        Which part of the text's words are function words of that language, 0 to 1.
    lead
        By how much that part is larger than that of the next likely language.
    """

    language: str
    share: float
    lead: float

    @property
    def sure(self) -> bool:
        """Whether the text has enough words of the language, and more than of any other."""
        return self.share >= _ENOUGH and self.lead > 0


def detect_language(text: str, folders: Mapping[str, Path] = SHIPPED) -> str:
    """The language of a text; where no language's words are found, the first language."""
    return guess_language(tokenise(text[:_LETTERS]), folders).language


def guess_language(tokens: Sequence[Token], folders: Mapping[str, Path] = SHIPPED) -> Guess:
    """The language that a text's words are of.

    Parameters
    ----------
    tokens
        All of them; the first ones are looked at.
    folders
        The languages that it can be; see :func:`incidentmap.reports.lexicon.language_folders`.
    """
    counts = Counter(token.text for token in tokens[:_WORDS])
    total = max(1, counts.total())
    shares = {language: _share(language, folders, counts) / total for language in folders}
    best = max(shares, key=lambda language: shares[language])
    others = max((share for language, share in shares.items() if language != best), default=0.0)
    return Guess(best, shares[best], shares[best] - others)


def _share(language: str, folders: Mapping[str, Path], counts: Counter[str]) -> int:
    return sum(counts[word] for word in lexicon(language, folders=folders).words("language", "function_words"))
