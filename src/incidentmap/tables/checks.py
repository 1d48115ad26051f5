"""Raw rows become event rows, each with a verdict: columns at a time, never row by row."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Pairs
from datetime import date
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from incidentmap.model import BadValue, Reason
from incidentmap.tables.cells_read import Cells, check_texts, given, without_control
from incidentmap.tables.check_dates import check_dates, not_to_the_day
from incidentmap.tables.check_figures import check_codes, check_figures
from incidentmap.tables.check_places import check_countries, check_points
from incidentmap.tables.check_types import check_types, classes
from incidentmap.tables.country_codes import country_reader
from incidentmap.tables.dates_in import read_date
from incidentmap.tables.distinct import distinct
from incidentmap.tables.duplicates import Duplicates, Sameness
from incidentmap.tables.extra import as_objects
from incidentmap.tables.figures_in import read_degrees
from incidentmap.tables.ground import Ground
from incidentmap.tables.guards import without_guards
from incidentmap.tables.mapping import Mapping, named, places, refusal_columns
from incidentmap.tables.schema import checked_rows, event_rows
from incidentmap.tables.verdicts import RULES, Checked, Flags, Notebook

_TEXTS = (
    "disorder_type", "cameo_code", "admin1", "admin2", "admin3", "pcode", "place", "place_id", "actor1", "actor2", "assoc1",
    "assoc2", "actor1_id", "actor2_id", "notes", "sources", "url", "side_roles",
)
_CODES = {
    "ucdp_date_prec": (1, 5), "acled_time_precision": (1, 3), "ucdp_type_of_violence": (1, 3), "where_prec": (1, 7),
    "geo_precision": (1, 3), "inter1": (1, 8), "inter2": (1, 8),
}
_SAY_SOMETHING = ("date_start", "lon", "place", "country", "actor1")


class RawRows(Protocol):
    """What is checked: rows of text with the number of the first, and what is wrong with their form."""

    @property
    def first_row(self) -> int:
        """Number of the first row among the data of the file, from 1."""

    @property
    def table(self) -> pa.RecordBatch:
        """A column of strings for each column of the file; null is an empty cell."""

    @property
    def marks(self) -> Pairs[int, Reason]:
        """By index: what is wrong with the form of a row."""


class Checker:
    """The check of one file, batch after batch: it remembers which ids the file has shown.

    Parameters
    ----------
    mapping
        How the table is read.
    ground
        Against which points are held; :func:`incidentmap.tables.ground.no_ground` for none.
    today
        The day after which dates are in the future.
    above
        Rows of the file above its first row of data, for the numbers that a spreadsheet shows.
    headerless
        Whether the file has no header, so that the mapping names its columns.
    """

    def __init__(self, mapping: Mapping, ground: Ground, today: date, *, above: int = 1, headerless: bool = False) -> None:
        self._mapping, self._ground, self._today, self._above, self._headerless = mapping, ground, today, above, headerless
        self._duplicates = Duplicates(mapping.source, mirrored=mapping.mirrored)

    def check(self, batch: RawRows) -> Checked:
        """Read and judge the rows of the next batch of the file.

        Returns
        -------
        Checked
            Accepted event rows, raw rows that are refused, and all that was found; no row is in neither.
        """
        table, mapping = self._named(batch.table), self._mapping
        names = tuple(table.schema.names)
        cells = Cells(table, names, places(mapping, names))
        notebook = Notebook(table.num_rows, batch.first_row, self._above)
        _marks(batch, notebook)
        check_texts(cells, notebook)
        columns = self._columns(cells, notebook)
        _check_said(columns, notebook)
        file_rows = batch.first_row + np.arange(table.num_rows)
        same = self._duplicates.check(cells, file_rows, notebook)
        columns |= _second_actors(columns, same) | same.columns
        columns |= {"file_row": pa.array(file_rows), "warnings": notebook.warnings(), "extra": _extra(cells, names, notebook)}
        return _checked(table, batch.first_row, notebook, columns, same.merged)

    def _named(self, table: pa.RecordBatch) -> pa.RecordBatch:
        """The raw rows under their names; of a refused.csv without the apostrophes that were put before formulas."""
        names = named(self._mapping, table.schema.names, headerless=self._headerless)
        columns = [without_guards(column) for column in table.columns] if refusal_columns(names) else table.columns
        return pa.RecordBatch.from_arrays(columns, names)

    def _columns(self, cells: Cells, notebook: Notebook) -> dict[str, pa.Array]:
        mapping = self._mapping
        for field, column in classes(cells).items():
            cells.put(field, column)
        columns = {field: without_control(cells.column(field)) for field in _TEXTS if field in cells}
        codes = check_codes(cells, _CODES, notebook)
        dates = check_dates(cells, mapping.day_order, self._today, notebook)
        for scale in ("ucdp_date_prec", "acled_time_precision"):
            dates = not_to_the_day(dates, codes.get(scale))
        country = check_countries(cells, mapping.country_codes, notebook)
        country = self._constant_country(notebook.rows) if country is None else country
        points = check_points(cells, country, self._ground, notebook)
        columns |= codes | dates | points | check_figures(cells, notebook) | check_types(cells, mapping.crosswalk, notebook)
        columns |= _rest(cells, notebook)
        columns |= {} if country is None else {"country": country}
        constants = {field: text for field, text in mapping.constants.items() if field not in columns}
        return columns | {field: pa.repeat(pa.scalar(text), notebook.rows) for field, text in constants.items()}

    def _constant_country(self, rows: int) -> pa.Array | None:
        text = self._mapping.constants.get("country")
        if text is None:
            return None
        code = country_reader(self._mapping.country_codes)(text)
        if code is None:
            raise BadValue("country of all rows", text, "a country: its ISO 3166-1 code or its name in English or French")
        return pa.repeat(pa.scalar(code), rows)


def check(batch: RawRows, mapping: Mapping, ground: Ground, today: date) -> Checked:
    """Check one batch on its own: ids are compared within it only. For a file, make a :class:`Checker`."""
    return Checker(mapping, ground, today).check(batch)


def check_all(batches: Iterable[RawRows], checker: Checker) -> Iterator[Checked]:
    """Check the batches of a file one after another."""
    for batch in batches:
        yield checker.check(batch)


def _marks(batch: RawRows, notebook: Notebook) -> None:
    for rule in sorted({mark.code for mark in batch.marks.values()}):
        known = rule if rule in RULES else "row_uneven"
        at = [index for index, mark in batch.marks.items() if mark.code == rule]
        found = np.zeros(notebook.rows, bool)
        found[at] = True
        said = np.full(notebook.rows, "", object)
        said[at] = [" / ".join(text for _, text in batch.marks[index].values) for index in at]
        notebook.add(known, found, notes=pa.array(said, pa.string()))


def _check_said(columns: Pairs[str, pa.Array], notebook: Notebook) -> None:
    """Refuse rows that tell neither day nor place nor anyone: totals, remarks, lines of dashes."""
    told: Flags = np.zeros(notebook.rows, bool)
    for field in _SAY_SOMETHING:
        if field in columns:
            told |= given(columns[field])
    notebook.add("row_says_nothing", ~told & ~notebook.refused)


def _second_actors(columns: Pairs[str, pa.Array], same: Sameness) -> dict[str, pa.Array]:
    """The second side of events that have a row for each actor."""
    if not len(same.into):
        return {}
    source = np.full(len(same.merged), -1)
    source[same.into] = same.added
    places = pa.array(source, mask=source < 0)
    pairs = (("actor1", "actor2"), ("assoc1", "assoc2"), ("inter1", "inter2"))
    moved = {second: columns[first].take(places) for first, second in pairs if first in columns}
    return {second: pc.coalesce(columns[second], column) if second in columns else column for second, column in moved.items()}


def _rest(cells: Cells, notebook: Notebook) -> dict[str, pa.Array]:
    columns = {}
    if "pcode_date" in cells:
        column = cells.column("pcode_date")
        days = distinct(column, read_date, None).spread(lambda day: day.start if day else None, object)
        columns["pcode_date"] = pa.array(days, pa.date32())
        notebook.add("number_unreadable", given(column) & ~given(columns["pcode_date"]), cells.name("pcode_date"), column)
    if "radius_km" in cells:
        column = cells.column("radius_km")
        read = distinct(column, read_degrees, None).spread(lambda size: np.nan if size is None or size < 0 else size, float)
        columns["radius_km"] = pa.array(read, mask=np.isnan(read)).cast(pa.float32())
        notebook.add("number_unreadable", given(column) & np.isnan(read), cells.name("radius_km"), column)
    return columns


def _extra(cells: Cells, names: tuple[str, ...], notebook: Notebook) -> pa.Array:
    """What has no field, and what a warning made less of."""
    skipped = {*cells.used(), *refusal_columns(names)}
    kept = {names[place]: cells.at(place) for place in range(len(names)) if place not in skipped}
    for name, found in notebook.kept.items():
        column = cells.table.column(names.index(name))
        kept[name] = pc.if_else(pa.array(found), column, pa.scalar(None, pa.string()))
    return as_objects(kept, notebook.rows)


def _checked(
    table: pa.RecordBatch, first_row: int, notebook: Notebook, columns: dict[str, pa.Array], merged: Flags,
) -> Checked:
    kept = pa.array(~notebook.refused & ~merged)
    known = {field: column.filter(kept) for field, column in columns.items()}
    accepted = checked_rows(event_rows(known, pc.sum(kept).as_py() or 0))
    refused = table.filter(pa.array(notebook.refused))
    refused_rows = first_row + np.flatnonzero(notebook.refused)
    done = Checked(notebook.rows, accepted, int(merged.sum()), refused, refused_rows, notebook.found(), notebook.unheld)
    if done.accepted.num_rows + done.merged + done.refused.num_rows != done.rows:
        raise BadValue("rows after the check", done.rows, "as many as before: accepted, merged and refused ones together")
    return done

