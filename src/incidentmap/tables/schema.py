"""The event row: one schema for every table of events, declared with pandera, kept and passed on as Arrow.

Unknown is null, never 0 and never an empty text. What a source says in a scale of its own stays in that scale: no precision and
no event type is derived from another, but where `type_crosswalk` names the table that did it.
"""

from dataclasses import dataclass
from typing import TypeVar

import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa
from pandera.errors import SchemaErrors

from incidentmap.model import BadValue, DatePrecision

Rows = TypeVar("Rows", pa.RecordBatch, pa.Table)
SCHEMA_VERSION = 1
"""Counted up when a column is added, dropped or changes its meaning; stands in the metadata of every table."""
LOCATED = ("given", "geocoded", "decided")
"""Who says where the point is: the source, the geocoder, or a person."""

_TEXT, _LIST = pa.string(), pa.list_(pa.string())
_DAY, _DEGREES, _KM = pa.date32(), pa.float64(), pa.float32()
_CODE, _COUNT, _ROW = pa.int8(), pa.int32(), pa.int64()
_CAST = {"killed": "killed", "civilians_killed": "civilians killed", "wounded": "wounded"}


def _column(kind: pa.DataType, told: str, *checks: pandera.Check, always: bool = False) -> pandera.Column:
    return pandera.Column(pd.ArrowDtype(kind), list(checks), nullable=not always, description=told)


def _between(lowest: float, highest: float) -> pandera.Check:
    return pandera.Check.in_range(lowest, highest)


def _one_of(*words: str) -> pandera.Check:
    return pandera.Check.isin([str(word) for word in words])


def _figures() -> dict[str, pandera.Column]:
    """Three bounds a kind of casualty; that low <= best <= high is told to the user, not forced: UCDP breaks it on purpose."""
    return {
        f"{name}_{bound}": _column(_COUNT, f"{told}, {bound} figure; null = unknown", pandera.Check.ge(0))
        for name, told in _CAST.items() for bound in ("low", "best", "high")
    }


_COLUMNS: dict[str, pandera.Column] = {
    "event_id": _column(_TEXT, "source:source_id, the same in each import of the source", always=True),
    "source": _column(_TEXT, "who publishes the table, e.g. ucdp; of a plain table its file", always=True),
    "source_id": _column(_TEXT, "the row's id as the source gives it; without one, ~ and a hash of the row", always=True),
    "file_row": _column(_ROW, "row of data in the file, from 1; the header is not counted", pandera.Check.ge(1), always=True),
    "date_start": _column(_DAY, "first day on which it may have happened"),
    "date_end": _column(_DAY, "last day on which it may have happened"),
    "date_precision": _column(
        _TEXT, "day, range, about, month or year; about: a day that the source calls unsure", _one_of(*DatePrecision),
    ),
    "ucdp_date_prec": _column(_CODE, "UCDP's date_prec, 1 to 5", _between(1, 5)),
    "acled_time_precision": _column(_CODE, "ACLED's time_precision, 1 to 3", _between(1, 3)),
    "event_type": _column(_TEXT, "ACLED's published words; null if neither the source nor a named crosswalk says"),
    "sub_event_type": _column(_TEXT, "ACLED's published words; null if neither the source nor a named crosswalk says"),
    "type_crosswalk": _column(_TEXT, "the file of data/tables/crosswalks that gave event_type; null if the source did"),
    "disorder_type": _column(_TEXT, "ACLED's disorder_type as written"),
    "ucdp_type_of_violence": _column(_CODE, "UCDP: 1 state-based, 2 non-state, 3 one-sided", _between(1, 3)),
    "cameo_code": _column(_TEXT, "CAMEO event code as GDELT writes it"),
    "country": _column(_TEXT, "ISO 3166-1 alpha-2", pandera.Check.str_matches("^[A-Z]{2}$")),
    "admin1": _column(_TEXT, "first-level unit as written"),
    "admin2": _column(_TEXT, "second-level unit as written"),
    "admin3": _column(_TEXT, "third-level unit as written"),
    "pcode": _column(_TEXT, "P-code as written"),
    "pcode_date": _column(_DAY, "day from which the P-code is valid, where the source says"),
    "place": _column(_TEXT, "name of the place as written"),
    "lon": _column(_DEGREES, "degrees east, WGS 84", _between(-180, 180)),
    "lat": _column(_DEGREES, "degrees north, WGS 84", _between(-90, 90)),
    "radius_km": _column(_KM, "kilometres around the point within which it happened", pandera.Check.ge(0)),
    "where_prec": _column(_CODE, "UCDP's where_prec, 1 to 7; never derived from geo_precision", _between(1, 7)),
    "geo_precision": _column(_CODE, "ACLED's geo_precision, 1 to 3; never derived from where_prec", _between(1, 3)),
    "place_id": _column(_TEXT, "id of the gazetteer's place"),
    "located": _column(_TEXT, "who says where the point is: given, geocoded, decided; null without a point", _one_of(*LOCATED)),
    "actor1": _column(_TEXT, "first actor as written"),
    "actor2": _column(_TEXT, "second actor as written"),
    "assoc1": _column(_TEXT, "actors on the first one's side, as written"),
    "assoc2": _column(_TEXT, "actors on the second one's side, as written"),
    "actor1_id": _column(_TEXT, "id in the registry of actors; null if it is not known there"),
    "actor2_id": _column(_TEXT, "id in the registry of actors; null if it is not known there"),
    "inter1": _column(_CODE, "ACLED's class of the first actor, 1 to 8", _between(1, 8)),
    "inter2": _column(_CODE, "ACLED's class of the second actor, 1 to 8", _between(1, 8)),
    "side_roles": _column(_TEXT, "what the order of the actors says; unordered: nothing (ACLED, UCDP)"),
    **_figures(),
    "notes": _column(_TEXT, "what the source tells of the event"),
    "sources": _column(_TEXT, "whom the source names as its sources"),
    "url": _column(_TEXT, "address of a report, as written"),
    "warnings": _column(_LIST, "rules that the row goes against and is kept all the same", always=True),
    "extra": _column(_TEXT, "JSON object of the columns that have no place here, as they were"),
    "snapshot": _column(_COUNT, "the import that brought this row; set by the store"),
    "place_key": _column(_ROW, "row of the store's table of places; set by the store"),
    "h3": _column(pa.uint64(), "H3 cell of the point, resolution 7; set by the store; null without a point"),
}
ROWS = pandera.DataFrameSchema(
    _COLUMNS, strict=True, ordered=True, name=f"event rows, version {SCHEMA_VERSION}",
    checks=[
        pandera.Check(lambda rows: ~(rows["date_end"] < rows["date_start"]).fillna(value=False), name="date_end >= date_start"),
        pandera.Check(lambda rows: rows["lon"].isna() == rows["lat"].isna(), name="lon and lat both or neither"),
    ],
)
"""The schema as pandera's: what :func:`checked_rows` holds rows against."""
EVENT_SCHEMA = pa.schema(
    [
        pa.field(name, column.dtype.type.pyarrow_dtype, nullable=column.nullable, metadata={"told": column.description})
        for name, column in ROWS.columns.items()
    ],
    metadata={"incidentmap:events": str(SCHEMA_VERSION)},
)
"""The same as Arrow's, each field with its description."""


@dataclass(frozen=True, slots=True)
class ColumnTold:
    """One column as the documentation shows it."""

    name: str
    kind: str
    told: str
    always: bool


def columns_told() -> tuple[ColumnTold, ...]:
    """Every column of the schema in order, for the table in the documentation."""
    return tuple(
        ColumnTold(field.name, str(field.type), field.metadata[b"told"].decode(), not field.nullable) for field in EVENT_SCHEMA
    )


def event_rows(columns: dict[str, pa.Array], rows: int) -> pa.RecordBatch:
    """A batch of the schema from the columns that are known; the others are null, `warnings` is empty.

    Parameters
    ----------
    columns
        By name; each is cast to its type.
    rows
        How many there are.

    Raises
    ------
    BadValue
        If a name is no column of the schema.
    """
    unknown = columns.keys() - set(EVENT_SCHEMA.names)
    if unknown:
        raise BadValue("column of an event row", ", ".join(sorted(unknown)), "a column of the schema")
    empty = {"warnings": pa.ListArray.from_arrays(pa.array([0] * (rows + 1), pa.int32()), pa.array([], _TEXT))}
    arrays = [
        known.cast(field.type) if (known := columns.get(field.name, empty.get(field.name))) is not None
        else pa.nulls(rows, field.type)
        for field in EVENT_SCHEMA
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=EVENT_SCHEMA)


def checked_rows(rows: Rows) -> Rows:
    """The rows as they are, held against the schema.

    Raises
    ------
    BadValue
        If a column is missing, has another type or order, or a value is outside what is allowed; all faults in one message.
    """
    if tuple(rows.schema.names) != tuple(EVENT_SCHEMA.names):
        raise BadValue("columns of event rows", ", ".join(rows.schema.names), f"those of schema version {SCHEMA_VERSION}")
    try:
        ROWS.validate(rows.to_pandas(types_mapper=pd.ArrowDtype), lazy=True)
    except SchemaErrors as error:
        faults = error.failure_cases[["column", "check", "failure_case"]].astype(str).drop_duplicates().head(10)
        said = "; ".join(f"{column}: {value} ({check})" for column, check, value in faults.itertuples(index=False))
        raise BadValue("event rows", said, f"rows of schema version {SCHEMA_VERSION}") from error
    return rows


def version_of(schema: pa.Schema) -> int | None:
    """The version that a table says it has, None if it is no table of events."""
    told = (schema.metadata or {}).get(b"incidentmap:events", b"")
    return int(told) if told.isdigit() else None
