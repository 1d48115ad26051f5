"""What was fetched and how far: the pages of the round that is open, and where the last finished one ended.

Each page and each step is on the disk before the next is asked for. A program that is killed loses the one page on its way.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from incidentmap.fresh_file import fresh_file
from incidentmap.model import UnwritablePlace

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Round:
    """One fetching of all that is new.

    Parameters
    ----------
    begun
        UTC to the second, without signs; the name of the round.
    pages
        How many are here.
    next
        What to ask next; empty once all is here.
    """

    begun: str
    pages: int
    next: str


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a feed was read: what finished rounds reached, by name, and the round that is open."""

    address: str
    reached: Mapping[str, str] = field(default_factory=dict)
    round: Round | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder of one feed in a workspace."""

    folder: Path

    def mark(self, address: str) -> Mark:
        """How far the feed was read; from the start for a new one, and where the note cannot be read."""
        try:
            loaded = json.loads(self._note.read_text("utf-8"))
            open_round = Round(**loaded["round"]) if loaded["round"] else None
            mark = Mark(str(loaded["address"]), {str(key): str(each) for key, each in loaded["reached"].items()}, open_round)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return Mark(address)
        whole = mark.round is None or all(self._page(number).is_file() for number in range(1, mark.round.pages + 1))
        return mark if mark.address == address and whole else Mark(address, mark.reached if mark.address == address else {})

    def keep(self, mark: Mark) -> None:
        """Write down how far it is.

        Raises
        ------
        UnwritablePlace
            If the folder cannot be written.
        """
        self.make()
        with fresh_file(self._note) as fresh:
            fresh.write_text(json.dumps(asdict(mark)), "utf-8")

    def put(self, number: int, rows: Iterable[Row]) -> None:
        """Keep the rows of a page, one a line; a page of that number is replaced."""
        self.make()
        with fresh_file(self._page(number)) as fresh, fresh.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=True) + "\n" for row in rows)

    def rows(self, pages: int) -> Iterator[Row]:
        """The rows of the first pages, in order."""
        for number in range(1, pages + 1):
            with self._page(number).open(encoding="utf-8") as file:
                yield from map(json.loads, file)

    def beside(self, name: str) -> "Shelf":
        """A shelf of its own in this one."""
        return Shelf(self.folder / name)

    def clear(self) -> None:
        """Throw pages and tables away; how far it is stays known."""
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if path.is_file() and path != self._note and path.name != ".lock":
                path.unlink(missing_ok=True)

    def make(self) -> None:
        """See that the folder is there."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            told = f"{self.folder}: cannot be made ({error.strerror}). Check the rights of the workspace."
            raise UnwritablePlace(told) from error

    @property
    def _note(self) -> Path:
        return self.folder / "mark.json"

    def _page(self, number: int) -> Path:
        return self.folder / f"page-{number:05}.jsonl"
