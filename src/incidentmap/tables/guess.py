"""What a table is: a known layout, or a plain sheet whose columns are guessed from names and cells; each with its evidence."""

import re
from collections.abc import Callable, Sequence, Set
from collections.abc import Mapping as Pairs
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType

import pyarrow as pa

from incidentmap.model import Reason, UnreadableTable, reason
from incidentmap.tables.check_types import is_acled_word
from incidentmap.tables.dates_in import read_date
from incidentmap.tables.figures_in import read_degrees, read_point
from incidentmap.tables.header import fold, place_of
from incidentmap.tables.mapping import Mapping, fits, named, places, refusal_columns, with_column, with_day_order
from incidentmap.tables.names_known import names_of, tag_targets, unknown_words
from incidentmap.tables.order_seen import OrderSeen, see_order
from incidentmap.tables.source import Source

PLAIN = "csv"
"""Id of a mapping that no preset gave."""
_SAMPLE = 2_000
_ENOUGH = 0.8
"""Share of the cells that must be dates or points before a column is taken for its cells alone, or differ to be ids."""
_DATES = ("date", "date_start", "date_end")
_TYPES = ("event_type", "sub_event_type")
"""Taken from a plain sheet only if its cells are ACLED's words; any other scale stays under its own name."""
_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a field is read from a column, or from none."""

    field: str
    column: str
    why: Reason


@dataclass(frozen=True, slots=True)
class Guess:
    """A mapping as it was guessed, to be shown and edited.

    Parameters
    ----------
    mapping
        What to read from where.
    columns
        Names of the table's columns; of a file without a header those that the mapping gives them.
    evidence
        By field: which column, and why.
    unused
        Columns that no field takes; they are kept in `extra`.
    questions
        What only the user can say, such as the order of day and month.
    """

    mapping: Mapping
    columns: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    unused: tuple[str, ...]
    questions: tuple[Reason, ...]


def guess(source: Source, known: Pairs[str, Mapping]) -> Guess:
    """Find out how a table is to be read.

    Parameters
    ----------
    source
        The open table; dates in numbers are looked at to the end of the file.
    known
        Presets by id, see :func:`incidentmap.tables.presets.presets`.

    Raises
    ------
    UnreadableTable
        If tables of this kind hold no incidents, or no column says when or where something was.
    """
    preset = next((each for each in known.values() if _is(each, source)), None)
    if preset is not None:
        return by_preset(source, preset)
    first = _sample(source)
    mapping, evidence = _plain(source, first)
    if not mapping.columns.keys() & {*_DATES, "year"}:
        listed = ", ".join(source.columns[:40])
        todo = "Name the date column in a mapping, or choose another file."
        raise UnreadableTable(f"{source.path}: no column says when something happened. The columns are: {listed}. {todo}")
    return _finished(source, mapping, source.columns, evidence)


def by_preset(source: Source, preset: Mapping) -> Guess:
    """Read a table by a given mapping, with the evidence on its dates.

    Raises
    ------
    UnreadableTable
        If tables of this kind hold no incidents, or the table has none of the mapping's columns.
    """
    if preset.no_incidents:
        todo = "Import the file of events (export) of the same time instead."
        raise UnreadableTable(f"{source.path}: holds {preset.no_incidents} of events ({preset.preset}), no incidents. {todo}")
    preset = _with_position(source, preset)
    columns = named(preset, source.columns, headerless=source.headerless)
    found = places(preset, columns)
    wanted = preset.recognise or tuple(name for names in preset.columns.values() for name in names)
    if all(place_of((name,), columns) is None for name in wanted):
        said = f"no column of the mapping {preset.preset!r} is there by which it is known: {', '.join(wanted)}"
        raise UnreadableTable(f"{source.path}: {said}. Choose another mapping, or none to have it guessed.")
    why = reason("mapped_preset", preset=preset.preset)
    return _finished(source, preset, columns, tuple(Evidence(field, columns[at[0]], why) for field, at in found.items()))


def _with_position(source: Source, preset: Mapping) -> Mapping:
    """The mapping; where the file has geometries, they give the points that its columns do not."""
    if not source.positions:
        return preset
    lon, lat = (preset.columns.get(field, ()) for field in ("lon", "lat"))
    return with_column(with_column(preset, "lon", *lon, "_lon"), "lat", *lat, "_lat")


def _is(preset: Mapping, source: Source) -> bool:
    if not source.headerless:
        return fits(preset, source.columns)
    return fits(preset, source.columns, headerless=True) and _looks_headless(preset, source)


def _looks_headless(preset: Mapping, source: Source) -> bool:
    """Whether the cells of a file without a header are what the layout says: ids in the first column, days in its dates."""
    first = _sample(source)
    names = named(preset, source.columns, headerless=True)
    found = places(preset, names)
    ids = _texts(first, 0)
    days = _texts(first, found["date"][0]) if "date" in found else ["20000101"]
    return bool(ids) and all(text.isdecimal() for text in ids) and all(read_date(text) for text in days)


def _finished(source: Source, mapping: Mapping, columns: tuple[str, ...], evidence: tuple[Evidence, ...]) -> Guess:
    found = places(mapping, columns)
    used = {*(place for at in found.values() for place in at), *refusal_columns(columns)}
    unused = tuple(name for place, name in enumerate(columns) if place not in used)
    dates = [found[field][0] for field in _DATES if field in found]
    seen = see_order(source, dates) if dates and mapping.day_order is None else OrderSeen()
    told = [Evidence("date", columns[place], why) for place in dates[:1] for why in seen.told()]
    questions = (reason("ask_day_order", column=columns[dates[0]]),) if dates and seen.is_open else ()
    decided = with_day_order(mapping, seen.order) if mapping.day_order is None else mapping
    return Guess(decided, columns, (*evidence, *told), unused, questions)


def _plain(source: Source, first: pa.RecordBatch) -> tuple[Mapping, tuple[Evidence, ...]]:
    taken: dict[str, Evidence] = {}
    found = (*_by_tags(source), *_by_position(source), *_by_names(source.columns))
    found = tuple(each for each in found if each.field not in _TYPES or any(map(is_acled_word, _texts(first, each.column))))
    ids = [evidence for evidence in found if evidence.field == "source_id"]
    ids.sort(key=lambda evidence: not _tells_apart(first, evidence.column))
    for evidence in (*ids[:1], *(each for each in found if each.field != "source_id")):
        if evidence.field not in taken and evidence.column not in {each.column for each in taken.values()}:
            taken[evidence.field] = evidence
    taken |= _by_cells(first, taken)
    if "date_start" in taken:
        taken.pop("date", None)
    if "lon" in taken and "lat" in taken:
        taken.pop("point", None)
    slug = _SLUG.sub("-", source.path.name.split(".")[0].casefold()).strip("-")[:60] or PLAIN
    columns = {field: (evidence.column,) for field, evidence in taken.items()}
    return Mapping(PLAIN, slug, MappingProxyType(columns)), tuple(taken.values())


def _by_tags(source: Source) -> list[Evidence]:
    targets = tag_targets()
    return [
        Evidence(targets[tag], column, reason("mapped_tag", tag=tag))
        for column, written in source.tags.items() if (tag := written.replace(" ", "").casefold()) in targets
    ]


def _by_position(source: Source) -> list[Evidence]:
    if not source.positions:
        return []
    return [Evidence(field, f"_{field}", reason("mapped_geometry")) for field in ("lon", "lat")]


def _by_names(columns: Sequence[str]) -> list[Evidence]:
    folded = {fold(column): column for column in reversed(columns)}
    return [
        Evidence(field, folded[name], reason("mapped_name", name=folded[name]))
        for field, names in names_of().items() for name in names if name in folded
    ]


def _by_cells(first: pa.RecordBatch, taken: Pairs[str, Evidence]) -> dict[str, Evidence]:
    """A column of dates and one of points that no name gave away."""
    used = {evidence.column for evidence in taken.values()}
    wanted: dict[str, Callable[[str], bool]] = {}
    if not taken.keys() & {*_DATES, "year"}:
        wanted["date"] = _is_day
    if not {"lon", "lat"} <= taken.keys() and "point" not in taken:
        wanted["point"] = _is_point
    found = ((field, _first_of(first, used, is_one)) for field, is_one in wanted.items())
    return {field: Evidence(field, each[0], each[1]) for field, each in found if each}


def _first_of(first: pa.RecordBatch, used: Set[str], is_one: Callable[[str], bool]) -> tuple[str, Reason] | None:
    """The first free column of which most cells are what is wanted."""
    for place, column in enumerate(first.schema.names):
        texts = [] if column in used else _texts(first, place)
        hits = sum(map(is_one, texts))
        if texts and hits >= _ENOUGH * len(texts):
            return column, reason("mapped_cells", hits=hits, cells=len(texts))
    return None


def _tells_apart(first: pa.RecordBatch, column: str) -> bool:
    """Whether a column can be the ids of rows: it has a cell in most, and hardly two alike."""
    texts = _texts(first, column)
    return len(texts) >= _ENOUGH * first.num_rows and len(set(texts)) >= _ENOUGH * len(texts)


def _is_day(text: str) -> bool:
    """A date that no plain number can be taken for."""
    return not text.isdecimal() and read_degrees(text) is None and read_date(text) is not None


def _is_point(text: str) -> bool:
    return read_point(text) is not None


def _sample(source: Source) -> pa.RecordBatch:
    batches = [batch.table for batch in islice(source.read(), 1)]
    if batches:
        return batches[0].slice(0, _SAMPLE)
    return pa.RecordBatch.from_pylist([], pa.schema([(name, pa.string()) for name in source.columns]))


def _texts(first: pa.RecordBatch, column: str | int) -> list[str]:
    unknown = set(unknown_words())
    return [text for cell in first.column(column).to_pylist() if cell and (text := cell.strip()) not in unknown]

