"""Where a table begins in a grid of texts: titles, a header of one or two rows, HXL tags."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from incidentmap.model import Reason, reason

HEAD_ROWS = 40
"""Rows among which the header is sought."""
_BARE_WIDTHS = frozenset({16, 57, 58, 61})
"""Columns of GDELT's own files, which have no header: mentions, events 1.0 before and since April 2013, events 2.0."""
_LIKE_DATA = re.compile(r"\s*[-+]?\d[\d\s.,:/T%-]*Z?\s*")
"""A number, a date or a time."""
_TAG = re.compile(r"\s*#[a-z][\w]*([ +].*)?", re.IGNORECASE)
Row = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Layout:
    """How the head of a grid is built.

    Parameters
    ----------
    names
        Of the columns, as written (a header of two rows is joined); empty where there is none.
    above
        Rows before the first row of data.
    tags
        HXL tags, as many as names; empty without a tag row.
    """

    names: tuple[str, ...]
    above: int
    tags: tuple[str, ...] = ()
    headerless: bool = False
    notes: tuple[Reason, ...] = ()


def layout_of(rows: Sequence[Row], *, bare: bool = False) -> Layout | None:
    """The layout of a grid, from its first rows; None if they are all blank.

    Parameters
    ----------
    rows
        The first :data:`HEAD_ROWS` of the grid, blank ones too.
    bare
        Whether it may be one of GDELT's own files without a header.
    """
    filled = [index for index, row in enumerate(rows) if _filled(row)]
    if not filled:
        return None
    if bare and _is_bare(rows[filled[0]]):
        width = len(rows[filled[0]])
        names = tuple(str(number + 1) for number in range(width))
        return Layout(names, filled[0], headerless=True, notes=(reason("table_headerless", width=width),))
    first, last = _header(rows, filled)
    names = _names(rows[first]) if first == last else _joined(rows[first], rows[last])
    below = next((index for index in filled if index > last), None)
    tagged = below is not None and _is_tags(rows[below])
    above = below + 1 if tagged and below is not None else last + 1
    tags = _names(rows[below]) if tagged and below is not None else ()
    notes = tuple(_notes(rows, first, last, tagged=tagged))
    return Layout(names, above, (*tags, *[""] * len(names))[:len(names)] if tags else (), notes=notes)


def _header(rows: Sequence[Row], filled: Sequence[int]) -> tuple[int, int]:
    """First and last row of the header: the first row about as full as the others, with one that is merged above or below."""
    typical = median(len(_filled(rows[index])) for index in filled)
    full = (len(_filled(rows[index])) * 2 > typical and not _is_tags(rows[index]) for index in filled)
    place = next((place for place, is_full in enumerate(full) if is_full), 0)
    for top, sub in ((place - 1, place), (place, place + 1)):
        apart = top == place or (top >= 0 and _is_apart(rows[filled[top]]))
        if apart and sub < len(filled) and _is_merged(rows, filled[top], filled[sub], filled[sub + 1:]):
            return filled[top], filled[sub]
    return filled[place], filled[place]


def _is_apart(row: Row) -> bool:
    """Whether blanks stand between its cells; a title stands at the left."""
    places = [*_filled(row)]
    return places[-1] - places[0] >= len(places)


def _is_merged(rows: Sequence[Row], top: int, sub: int, below: Sequence[int]) -> bool:
    """Whether a row and the next are one header: blanks above names, and no data among these while the rows below have some."""
    upper, lower = _filled(rows[top]), _filled(rows[sub])
    spans = [index for index in lower if index not in upper and any(other < index for other in upper)]
    if len(upper) < 2 or not spans or sub != top + 1 or _is_tags(rows[sub]):
        return False
    labels = [*upper.values(), *lower.values()]
    data = [index for index in below if not _is_tags(rows[index])]
    return not any(map(_LIKE_DATA.fullmatch, labels)) and any(
        _LIKE_DATA.fullmatch(text) for index in data for column, text in _filled(rows[index]).items() if column in lower
    )


def _joined(top: Row, sub: Row) -> tuple[str, ...]:
    """Names of two rows: a name above stands for the blanks to its right that have a name below."""
    upper, lower = _filled(top), _filled(sub)
    names, group = [], ""
    for index in range(max(len(top), len(sub))):
        group = upper.get(index, group if index in lower else "")
        names.append(" / ".join(part for part in (group, lower.get(index, "")) if part))
    return tuple(names)


def _filled(row: Row) -> dict[int, str]:
    return {index: " ".join(text.split()) for index, text in enumerate(row) if text and text.strip()}


def _names(row: Row) -> tuple[str, ...]:
    return tuple(" ".join((text or "").replace("\ufeff", "").split()) for text in row)


def _is_tags(row: Row) -> bool:
    cells = _filled(row).values()
    return bool(cells) and sum(bool(_TAG.fullmatch(cell)) for cell in cells) >= 0.8 * len(cells)


def _is_bare(row: Row) -> bool:
    """Whether it is a row of data in the shape of a GDELT file: an event number, then a day, a moment or a number."""
    return len(row) in _BARE_WIDTHS and all(re.fullmatch(r"\d+", cell or "") for cell in row[:2])


def _notes(rows: Sequence[Row], first: int, last: int, *, tagged: bool) -> Iterator[Reason]:
    titles = sum(bool(_filled(row)) for row in rows[:first])
    if titles:
        yield reason("table_titles_above", rows=titles, header=first + 1)
    if last > first:
        yield reason("table_header_joined", first=first + 1, second=last + 1)
    if tagged:
        yield reason("table_tags")
    names = [name for name in _names(rows[first]) if name]
    if last == first and len(names) != len(set(names)):
        yield reason("table_same_names", names=", ".join(sorted({name for name in names if names.count(name) > 1})))
