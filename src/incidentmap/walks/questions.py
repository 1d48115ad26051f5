"""The queue: place names that nobody has decided yet, from reports and from tables."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from incidentmap.gazetteer.decided import decided, key_of
from incidentmap.model import Doubt, NameAsked, ResolutionStatus, Span
from incidentmap.store import Question
from incidentmap.walks.workspace import Workspace

NameKey = tuple[str, str, str, str]
_MOST_DOUBTFUL_FIRST = (ResolutionStatus.MISS, ResolutionStatus.AMBIGUOUS)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A place name that a person should decide: the gazetteer has none of that name, or several.

    Parameters
    ----------
    id
        Stable for the name with its admin unit and country: ``q-1f0c2a9b``. Fit for addresses and commands.
    asked
        As it stands at its first occurrence; `asked.report` is the report's id, empty for a table.
    sentence, start, end
        The words around that occurrence; ``sentence[start:end]`` is the name, and 0, 0 where the words do not hold it.
    origin
        The report's id, or the table as its reader named it.
    count
        How often the name is asked so, in all reports and tables together.
    status
        `miss` or `ambiguous`.
    """

    id: str
    asked: NameAsked
    sentence: str
    start: int
    end: int
    origin: str
    count: int
    status: ResolutionStatus


def open_questions(workspace: Workspace) -> tuple[OpenQuestion, ...]:
    """The undecided names: misses before ambiguous ones, the most frequent first, then by name. Decided ones are gone."""
    decisions = decided(workspace.store.decisions.all())
    groups: dict[NameKey, list[Question]] = {}
    for each in workspace.store.questions.all():
        if decisions.on(each.doubt.asked) is None:
            groups.setdefault(name_key(each.doubt.asked), []).append(each)
    return tuple(sorted((_open_question(group) for group in groups.values()), key=_urgency))


def note_questions(workspace: Workspace, origin: str, asked: Iterable[tuple[NameAsked, str, ResolutionStatus]]) -> int:
    """Keep the doubtful names of a table as open questions, in place of those that the same origin had before.

    `origin` is the table as a person knows it, such as its file name. Of each name in it, as often as it stands there: the
    words around it (the row as text, may be empty), and what came of it; those that were found are passed over.

    Returns
    -------
    int
        How many different names are kept.
    """
    first: dict[NameAsked, Doubt] = {}
    times = Counter[NameAsked]()
    for name, words, status in asked:
        if status is not ResolutionStatus.FOUND:
            first.setdefault(name, Doubt(name, _within(words, name.name), Span(0, len(words), words), status))
            times[name] += 1
    workspace.store.questions.note(origin, [Question(origin, doubt, times[name]) for name, doubt in first.items()])
    return len(first)


def name_key(asked: NameAsked) -> NameKey:
    """The same for names that a decision for everywhere does not tell apart."""
    return key_of(replace(asked, report=""))


def question_id(asked: NameAsked) -> str:
    """The id of the question about a name."""
    return f"q-{hashlib.sha256(chr(31).join(name_key(asked)).encode()).hexdigest()[:8]}"


def _within(words: str, name: str) -> Span:
    start = words.find(name)
    return Span(start, start + len(name), name) if name and start >= 0 else Span(0, 0, "")


def _open_question(group: Sequence[Question]) -> OpenQuestion:
    worst = min(group, key=lambda each: _MOST_DOUBTFUL_FIRST.index(each.doubt.status))
    doubt = worst.doubt
    start, end = doubt.span.start - doubt.sentence.start, doubt.span.end - doubt.sentence.start
    held = 0 <= start < end <= len(doubt.sentence.quote)
    return OpenQuestion(
        id=question_id(doubt.asked), asked=doubt.asked, sentence=doubt.sentence.quote, start=start if held else 0,
        end=end if held else 0, origin=worst.origin, count=sum(each.times for each in group), status=doubt.status,
    )


def _urgency(question: OpenQuestion) -> tuple[int, int, NameKey]:
    return _MOST_DOUBTFUL_FIRST.index(question.status), -question.count, name_key(question.asked)
