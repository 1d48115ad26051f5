"""A report made ready for reading: clean text, words, sentences and the lexicon of its language."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from incidentmap.model import Report
from incidentmap.reports.clean import CleanText, clean
from incidentmap.reports.language import Guess, guess_language
from incidentmap.reports.lexicon import SHIPPED, Lexicon, lexicon
from incidentmap.reports.sentences import Sentence, split_sentences
from incidentmap.reports.tokens import Token, cut_clitics, tokenise

_ENOUGH = 200
"""A text of so many characters without a single accent was written without them."""


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that finders need, made once. All offsets are of `clean.text`, all indices of `tokens`."""

    clean: CleanText
    lexicon: Lexicon
    guess: Guess
    """The language that its words tell; the lexicon is of another one where the report's record says so."""
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The clean text."""
        return self.clean.text

    def gap(self, first: int, last: int) -> str:
        """The text between the end of the token before `first` and the start of token `last`."""
        return self.text[self.tokens[first - 1].end if first else 0:self.tokens[last].start]

    def preceded(self, section: str, index: int, sentence: Sentence, *, reach: int = 1) -> str | None:
        """What a phrase that ends within `reach - 1` words before a token means, None if there is none."""
        book = self.lexicon.book(section)
        for back in range(1, reach + 4):
            first = index - back
            if first < sentence.first:
                return None
            found = book.at(self.tokens, first, index)
            if found and index - reach < found.last <= index:
                return found.meaning
        return None

    def headings(self) -> tuple[bool, ...]:
        """For each sentence whether it is a paragraph by itself without a closing mark: a title, a header, a caption."""
        sizes = Counter(sentence.paragraph for sentence in self.sentences)
        closed = ".!?…»\"”)"
        return tuple(sizes[one.paragraph] == 1 and self.text[one.end - 1] not in closed for one in self.sentences)

    def sentence_of(self, index: int) -> Sentence:
        """The sentence that holds a token."""
        return self.sentences[max(0, bisect_right(self.sentences, index, key=lambda sentence: sentence.first) - 1)]

    def token_at(self, offset: int) -> int:
        """Index of the first token that begins at an offset or after it."""
        return bisect_left(self.tokens, offset, key=lambda token: token.start)


def prepare(report: Report, folders: Mapping[str, Path] = SHIPPED) -> Page:
    """Make a report ready for reading. A language that has no folder is told from the text."""
    cleaned = clean(report.text)
    tokens = tokenise(cleaned.text)
    guess = guess_language(tokens, folders)
    language = report.language if report.language in folders else guess.language
    words = lexicon(language, folded=cleaned.text.isascii() and len(cleaned.text) >= _ENOUGH, folders=folders)
    tokens = cut_clitics(cleaned.text, tokens, words.clitics)
    abbreviations = frozenset(words.phrases("abbreviations", "words"))
    return Page(cleaned, words, guess, tokens, split_sentences(cleaned.text, tokens, abbreviations))
