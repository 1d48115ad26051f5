"""Counting what came of the names of a table, in bounded memory."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import repeat

from incidentmap.model import NameAsked, ResolutionStatus
from incidentmap.walks.answer import EMPTY, Answer

_MOST_NAMES = 20_000
"""Different doubtful names held at a time; beyond it those met only once so far make room."""


@dataclass(frozen=True, slots=True)
class Frequent:
    """A doubtful name and how often it stands in the table."""

    name: str
    admin: str
    country: str
    rows: int
    hint: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """What is kept of the answer to a doubtful name, and the words of its first row."""

    status: str
    hint: tuple[str, ...]
    doubts: tuple[tuple[NameAsked, ResolutionStatus], ...]
    words: str


@dataclass(slots=True)
class Tally:
    """Grows row by row."""

    rows: int = 0
    names: int = 0
    decided: int = 0
    by_status: Counter[str] = field(default_factory=Counter)
    by_precision: Counter[int] = field(default_factory=Counter)
    partial: bool = False
    _doubtful: Counter[NameAsked] = field(default_factory=Counter)
    _told: dict[NameAsked, _Told] = field(default_factory=dict)

    def count(self, asked: NameAsked, answer: Answer, words: Callable[[], str]) -> None:
        """Count a row; its words are asked for only where they are kept."""
        self.rows += 1
        self.by_status[answer.status] += 1
        self.decided += answer.decision is not None
        if answer.where_prec is not None:
            self.by_precision[answer.where_prec] += 1
        if answer.status not in {EMPTY, ResolutionStatus.FOUND.value} and asked.name:
            self._doubtful[asked] += 1
            if asked not in self._told:
                self._told[asked] = _Told(answer.status, answer.hint, answer.doubts, words())
            if len(self._told) > _MOST_NAMES:
                self._make_room()

    def frequent(self, status: ResolutionStatus, most: int) -> tuple[Frequent, ...]:
        """The names of a status that stand in most rows; of equal ones the first in the alphabet."""
        names = [asked for asked, told in self._told.items() if told.status == status.value]
        names.sort(key=lambda asked: (-self._doubtful[asked], asked.name, asked.admin, asked.country))
        return tuple(
            Frequent(asked.name, asked.admin, asked.country, self._doubtful[asked], self._told[asked].hint)
            for asked in names[:most]
        )

    def doubts(self) -> Iterator[tuple[NameAsked, str, ResolutionStatus]]:
        """Each name that a person should decide, as often as it stands there, with the words of its first row."""
        for asked, told in self._told.items():
            for name, status in told.doubts:
                yield from repeat((name, told.words, status), self._doubtful[asked])

    def _make_room(self) -> None:
        self.partial = True
        for asked in [asked for asked, times in self._doubtful.items() if times == 1]:
            del self._doubtful[asked], self._told[asked]
        if len(self._told) > _MOST_NAMES // 2:
            for asked, _ in self._doubtful.most_common()[_MOST_NAMES // 2:]:
                del self._doubtful[asked], self._told[asked]
