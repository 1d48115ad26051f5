"""Columns that are added to a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count


class ColumnKind(StrEnum):
    """What the cells of a column hold; nothing, in any of them, is None."""

    TEXT = "text"
    NUMBER = "number"
    COUNT = "count"
    """A whole number."""
    TRUTH = "truth"


@dataclass(frozen=True, slots=True)
class Column:
    """A column to add."""

    name: str
    kind: ColumnKind = ColumnKind.TEXT


def free_names(taken: tuple[str, ...], added: tuple[Column, ...]) -> tuple[Column, ...]:
    """The added columns; where a name is taken, all of them end in the same `_2`, `_3`... so that they stay one family."""
    used = {name.strip().casefold() for name in taken}
    number = 1
    while any(_numbered(column.name, number).casefold() in used for column in added):
        number += 1
    return tuple(Column(_numbered(column.name, number), column.kind) for column in added)


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}_{number}"


def unlike_names(names: Sequence[str]) -> list[str]:
    """The names, none empty, no two alike: a column without one is called by its place, the second of a name gets a number."""
    used: set[str] = set()
    unlike: list[str] = []
    for position, name in enumerate(names, start=1):
        base = name or f"column {position}"
        fresh = next(each for number in count(1) if (each := base if number == 1 else f"{base}_{number}") not in used)
        used.add(fresh)
        unlike.append(fresh)
    return unlike
