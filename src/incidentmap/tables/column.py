"""Columns that are added to a table."""

from dataclasses import dataclass
from enum import StrEnum


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
