"""Which column of a table goes into which field of an event row, and how its cells are to be read."""

from collections.abc import Mapping as Pairs
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from incidentmap.model import BadValue
from incidentmap.tables.country_codes import CountryCodes
from incidentmap.tables.dates_in import DayOrder
from incidentmap.tables.header import place_of
from incidentmap.tables.schema import EVENT_SCHEMA

SINGLE_CELLS = ("date", "year", "month", "day", "point", "killed", "civilians_killed", "wounded")
"""Fields of a mapping that become several columns of the row: a day or interval, both coordinates, low / best / high."""
SET_LATER = ("event_id", "file_row", "located", "warnings", "extra", "snapshot", "place_key", "h3", "type_crosswalk")
"""Columns of the schema that no column of a table fills."""
FIELDS = (*(name for name in EVENT_SCHEMA.names if name not in {*SET_LATER, "source"}), *SINGLE_CELLS)
REFUSAL_COLUMNS = ("row", "column", "value", "rule", "message")
"""What a refused.csv has before the columns of the table; skipped when it is read again."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a table is read.

    Parameters
    ----------
    preset
        Its id, by which it is saved, shown and recorded with an import.
    source
        Who publishes the table; the first half of every event id.
    columns
        By field, names of columns in order of preference; of `country` all are asked in turn, else the first that is there.
    day_order
        Of dates in numbers; None: the column does not show it, so each date that may be either is marked.
    country_codes
        What two letters and numbers mean in the country columns.
    crosswalk
        File of `data/tables/crosswalks` (without ending) by which event types are told from the source's codes; empty: none.
    constants
        By field, what holds for every row, such as a country.
    aside
        Columns that say nothing of the event (row numbers, time of download): kept in `extra`, never compared.
    mirrored
        Whether an event may stand twice with its sides swapped (ACLED's "mono" exports): then it becomes one.
    headless
        By number of columns, their names in files without a header.
    recognise
        Columns by which a table of this kind is known.
    no_incidents
        Why tables of this kind are no events (a key of the words), else empty.
    title
        By language.
    """

    preset: str
    source: str
    columns: Pairs[str, tuple[str, ...]]
    day_order: DayOrder | None = None
    country_codes: CountryCodes = CountryCodes.ISO
    crosswalk: str = ""
    constants: Pairs[str, str] = field(default_factory=lambda: MappingProxyType({}))
    aside: tuple[str, ...] = ()
    mirrored: bool = False
    headless: Pairs[int, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    recognise: tuple[str, ...] = ()
    no_incidents: str = ""
    title: Pairs[str, str] = field(default_factory=lambda: MappingProxyType({}))


def with_column(mapping: Mapping, target: str, *names: str) -> Mapping:
    """The mapping with other columns for a field; without names the field is left out.

    Raises
    ------
    BadValue
        If there is no such field.
    """
    if target not in FIELDS:
        raise BadValue("field of a mapping", target, f"one of {', '.join(FIELDS)}")
    columns = {**mapping.columns, target: tuple(names)} if names else {
        each: kept for each, kept in mapping.columns.items() if each != target
    }
    return replace(mapping, columns=MappingProxyType(columns))


def with_day_order(mapping: Mapping, order: DayOrder | None) -> Mapping:
    """The mapping with the order of day and month as a person or the evidence of a whole column says."""
    return replace(mapping, day_order=order)


def places(mapping: Mapping, columns: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """By field, where its columns stand in a table; fields without one are left out."""
    found: dict[str, tuple[int, ...]] = {}
    for target, names in mapping.columns.items():
        at = tuple(dict.fromkeys(at for name in names if (at := place_of((name,), columns)) is not None))
        if at:
            found[target] = at if target == "country" else at[:1]
    return found


def named(mapping: Mapping, columns: Sequence[str], *, headerless: bool) -> tuple[str, ...]:
    """The names of a table's columns: as they are, or for a file without a header those that the mapping knows."""
    return mapping.headless.get(len(columns), tuple(columns)) if headerless else tuple(columns)


def refusal_columns(columns: Sequence[str]) -> range:
    """Places of the columns that a refused.csv has before those of the table; none in any other table."""
    return range(len(REFUSAL_COLUMNS) if tuple(columns[: len(REFUSAL_COLUMNS)]) == REFUSAL_COLUMNS else 0)


def fits(mapping: Mapping, columns: Sequence[str], *, headerless: bool = False) -> bool:
    """Whether a table has the columns by which this kind is known."""
    if headerless:
        return len(columns) in mapping.headless
    return bool(mapping.recognise) and all(place_of((name,), columns) is not None for name in mapping.recognise)
