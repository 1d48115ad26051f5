"""What a language model answered, read with no trust in it: words of the report that it points at, or nothing.

An answer is one JSON object as :mod:`incidentmap.extractors.prompt` asks for it, alone or in one code fence. Words are pointed
at by a text, or by an object with `quote` and, where the model can tell them, `start` and `end` (code points):

* with offsets, the text must hold the quote exactly there, else it is dropped, even where it stands elsewhere;
* a name without offsets is taken where the text has it first as whole words: a name is a name wherever it stands;
* any other quote without offsets must stand exactly once in the event's `sentence` (that exactly once in the text), or in the
  text where no sentence is told. Which of several is meant would be a guess.

Everything else is dropped and told: other members, other types, roles and fields that are none, what is too much.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from incidentmap.extractors.prompt import FIELDS, ROLES
from incidentmap.model import (
    LONGEST_NAME,
    LONGEST_WORDS,
    MOST_EVENTS,
    MOST_NAMES,
    MOST_PARTS,
    ClaimField,
    Dropped,
    PointedActor,
    PointedEvent,
    PointedFigure,
    Proposal,
    ProposalKind,
    Proposed,
    Reason,
    Report,
    Role,
    Span,
    excerpt,
    flaw,
    reason,
)

T = TypeVar("T")
_FENCE = re.compile(r"```(?:json)?[ \t]*\n(.*)\n[ \t]*```", re.DOTALL)
_KINDS = {"actor": ProposalKind.ACTOR_NAME, "place": ProposalKind.PLACE_NAME}
_POINTER = frozenset({"quote", "start", "end"})
_EVENT = frozenset({"sentence", "trigger", "place", "date", "actors", "figures"})
_LONGEST_SENTENCE = 2_000


class _Flaw(Exception):
    """Something in an answer that cannot be used."""

    def __init__(self, what: object, code: str, **values: object) -> None:
        super().__init__(code)
        self.dropped = Dropped(excerpt(what), reason(code, **values))


def read_answer(report: Report, content: str, by: str) -> Proposed:
    """What an answer points at in a report. Never raises, whatever the answer holds.

    Parameters
    ----------
    report
        The one that was asked about.
    content
        The model's own words.
    by
        Name of the extractor.
    """
    reader = _Reader(report, by)
    try:
        members = _object(content)
    except _Flaw as error:
        return Proposed((), (error.dropped,))
    reader.tell_others(members, frozenset({"names", "events"}))
    found = [*reader.all(members, "names", MOST_NAMES, reader.named), *reader.all(members, "events", MOST_EVENTS, reader.told)]
    return Proposed(tuple(dict.fromkeys(sorted(found, key=lambda each: each.span))), tuple(reader.dropped))


def _object(content: str) -> dict[str, Any]:
    fenced = _FENCE.fullmatch(content.strip())
    try:
        value = json.loads(fenced[1] if fenced else content, parse_constant=_no_number, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise _Flaw(content, "proposal_no_json") from error
    if not isinstance(value, dict):
        raise _Flaw(content, "proposal_no_json")
    return value


def _no_number(word: str) -> float:
    raise ValueError(word)


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose members all differ: of two with one name, which counts would be a guess."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a member stands twice")
    return made


class _Reader:
    """Reads the parts of one answer and gathers what it drops."""

    def __init__(self, report: Report, by: str) -> None:
        self._report = report
        self._text = report.text
        self._by = by
        self.dropped: list[Dropped] = []

    def all(self, members: dict[str, Any], name: str, most: int, read: Callable[[dict[str, Any]], T]) -> Iterator[T]:
        """The items of a list that can be used."""
        items = members.get(name) or []
        if not isinstance(items, list):
            self.dropped.append(Dropped(excerpt(items), reason("proposal_wrong_type")))
            return
        for each in items[:most]:
            try:
                yield read(_is(each, dict))
            except _Flaw as error:
                self.dropped.append(error.dropped)
        if len(items) > most:
            self.dropped.append(Dropped(f"{len(items) - most} {name}", reason("proposal_too_many", most=most)))

    def tell_others(self, item: dict[str, Any], allowed: frozenset[str]) -> None:
        """Tell of members that nobody asked for."""
        others = sorted(item.keys() - allowed)
        if others:
            self.dropped.append(Dropped(excerpt(", ".join(others[:20])), reason("proposal_not_asked")))

    def named(self, item: dict[str, Any]) -> Proposal:
        self.tell_others(item, _POINTER | {"kind"})
        kind = _KINDS[_one_of(item.get("kind"), tuple(_KINDS))]
        span = self._span(item, None, LONGEST_NAME, first_will_do=True)
        return Proposal(self._report.id, kind, span, self._by, reason("name_by_model", by=self._by))

    def told(self, item: dict[str, Any]) -> Proposal:
        self.tell_others(item, _EVENT)
        within = self._part(item, "sentence", None, _LONGEST_SENTENCE)
        trigger = self._span(_pointer(item.get("trigger")), within)
        event = PointedEvent(
            trigger, self._part(item, "place", within), self._part(item, "date", within),
            tuple(self.all(item, "actors", MOST_PARTS, lambda part: self._actor(part, within))),
            tuple(self.all(item, "figures", MOST_PARTS, lambda part: self._figure(part, within))),
        )
        why = reason("proposed_by_model", by=self._by)
        return Proposal(self._report.id, ProposalKind.EVENT, trigger, self._by, why, event)

    def _part(self, item: dict[str, Any], name: str, within: Span | None, longest: int = LONGEST_WORDS) -> Span | None:
        """The words of an optional part; one that cannot be used is dropped alone."""
        if item.get(name) is None:
            return None
        try:
            return self._span(_pointer(item[name]), within, longest)
        except _Flaw as error:
            self.dropped.append(error.dropped)
            return None

    def _actor(self, item: dict[str, Any], within: Span | None) -> PointedActor:
        role = Role(_one_of(item.get("role"), ROLES))
        return PointedActor(self._span({name: each for name, each in item.items() if name != "role"}, within), role)

    def _figure(self, item: dict[str, Any], within: Span | None) -> PointedFigure:
        field = ClaimField(_one_of(item.get("field"), FIELDS))
        return PointedFigure(self._span({name: each for name, each in item.items() if name != "field"}, within), field)

    def _span(
        self, item: dict[str, Any], within: Span | None, longest: int = LONGEST_WORDS, *, first_will_do: bool = False,
    ) -> Span:
        if not first_will_do:
            self.tell_others(item, _POINTER)
        quote = _is(item.get("quote"), str)
        if not quote.strip() or len(quote) > longest:
            raise _Flaw(quote, "proposal_too_long" if quote.strip() else "proposal_not_verbatim", most=longest)
        told = (item.get("start"), item.get("end"))
        span = self._found(quote, within, first_will_do=first_will_do) if told == (None, None) else _pointed(quote, *told)
        why = flaw(self._text, span, longest)
        if why:
            raise _Flaw(quote, why.code, **dict(why.values))
        return span

    def _found(self, quote: str, within: Span | None, *, first_will_do: bool) -> Span:
        first, last = (within.start, within.end) if within else (0, len(self._text))
        spans = _whole_words(self._text, quote, first, last)
        if not spans:
            raise _Flaw(quote, "proposal_not_verbatim")
        if len(spans) > 1 and not first_will_do:
            raise _Flaw(quote, "proposal_not_once")
        return spans[0]


def _whole_words(text: str, quote: str, first: int, last: int) -> list[Span]:
    """Where a stretch of a text has a quote as whole words: none, the only one, or the first two."""
    found: list[Span] = []
    at = text.find(quote, first, last)
    while at >= 0 and len(found) < 2:
        span = Span(at, at + len(quote), quote)
        why: Reason | None = flaw(text, span, len(quote))
        if why is None or why.code != "proposal_cuts_a_word":
            found.append(span)
        at = text.find(quote, at + 1, last)
    return found


def _pointed(quote: str, start: object, end: object) -> Span:
    if type(start) is not int or type(end) is not int:  # bool is an int, and no offset
        raise _Flaw(quote, "proposal_wrong_type")
    return Span(start, end, quote)


def _pointer(value: object) -> dict[str, Any]:
    return {"quote": value} if isinstance(value, str) else _is(value, dict)


def _is(value: object, kind: type[T]) -> T:
    if not isinstance(value, kind):
        raise _Flaw(value, "proposal_wrong_type")
    return value


def _one_of(value: object, allowed: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise _Flaw(value, "proposal_not_one_of", allowed=", ".join(allowed))
    return value
