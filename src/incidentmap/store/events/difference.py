"""How the rows of two states differ: new, changed and in which fields, gone. Rows are the same event if their `event_id` is."""
# ruff: noqa: S608 - the names are those of the schema, the paths are quoted

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from incidentmap.model import Changes, EventChange, FieldChange
from incidentmap.store.events.engine import Engine, files_sql
from incidentmap.store.events.stage import SET_HERE

_NOT_COMPARED = {*SET_HERE, "event_id", "file_row"}
"""What says where a row came from, or follows from its other fields."""


class Difference:
    """The table `told` of an engine, which has the events that differ, and what can be asked of it.

    Parameters
    ----------
    old, new
        Parquet files with the rows of each state; those that both have may be left out of both.
    schema
        Of the rows; a column that a file lacks is null there.
    """

    def __init__(self, engine: Engine, old: Sequence[Path], new: Sequence[Path], schema: pa.Schema) -> None:
        self._engine = engine
        self._fields = [name for name in schema.names if name not in _NOT_COMPARED]
        engine.keep("blank", schema.empty_table())
        self._old, self._new = _rows(old), _rows(new)
        seal = f"SELECT event_id, hash({', '.join(self._fields)}) AS seal, year(date_start) AS year FROM"
        engine.run(
            "CREATE OR REPLACE TABLE told AS SELECT event_id, old.year AS old_year, new.year AS new_year,"
            " CASE WHEN old.seal IS NULL THEN 'new' WHEN new.seal IS NULL THEN 'gone' ELSE 'changed' END AS fate"
            f" FROM ({seal} {self._old}) AS old FULL JOIN ({seal} {self._new}) AS new USING (event_id)"
            " WHERE old.seal IS DISTINCT FROM new.seal"
        )

    def years(self, *, gone: bool) -> set[int | None]:
        """The years that have rows that differ; with or without those that only lack rows."""
        rows = self._engine.table("SELECT DISTINCT old_year, new_year, fate FROM told").to_pylist()
        lost = {row["old_year"] for row in rows if row["fate"] == "changed" or (gone and row["fate"] == "gone")}
        return lost | {row["new_year"] for row in rows if row["fate"] != "gone"}

    def changes(self) -> Changes:
        """How many differ, and in which fields."""
        counts = {row["fate"]: row["rows"] for row in self._engine.table(
            "SELECT fate, count(*) AS rows FROM told GROUP BY fate"
        ).to_pylist()}
        fields = self._engine.table(
            f"SELECT field, count(*) AS rows FROM (SELECT unnest(fields) AS field FROM ({self._changed()}))"
            " GROUP BY field ORDER BY rows DESC, field"
        ).to_pylist() if counts.get("changed") else []
        return Changes(
            counts.get("new", 0), counts.get("changed", 0), counts.get("gone", 0),
            fields=tuple((row["field"], row["rows"]) for row in fields),
        )

    def rows(self) -> Iterator[pa.RecordBatch]:
        """Each event that differs, by id: `event_id`, `fate` (new, changed, gone), `fields` that changed."""
        yield from self._engine.batches(
            f"SELECT event_id, fate, coalesce(fields, []) AS fields FROM told LEFT JOIN ({self._changed()})"
            " USING (event_id) ORDER BY event_id"
        )

    def examples(self, most: int) -> tuple[EventChange, ...]:
        """The first events of each fate by id, with what they were and are; of new and gone ones without their fields."""
        rows = self._engine.table(
            f"SELECT event_id, fate, coalesce(fields, []) AS fields FROM told LEFT JOIN ({self._changed()}) USING (event_id)"
            f" QUALIFY row_number() OVER (PARTITION BY fate ORDER BY event_id) <= {most} ORDER BY fate, event_id"
        ).to_pylist()
        self._engine.keep("picked", pa.table({"event_id": pa.array([row["event_id"] for row in rows], pa.string())}))
        old, new = (self._picked(state) for state in (self._old, self._new))
        return tuple(_change(row, old.get(row["event_id"]), new.get(row["event_id"])) for row in rows)

    def _picked(self, state: str) -> dict[str, dict[str, str | None]]:
        """The picked events of a state by id, each field as text."""
        fields = ", ".join(f"CAST({name} AS VARCHAR) AS {name}" for name in self._fields)
        rows = self._engine.table(f"SELECT event_id, {fields} FROM {state} WHERE event_id IN (SELECT event_id FROM picked)")
        return {row["event_id"]: row for row in rows.to_pylist()}

    def _changed(self) -> str:
        differ = ", ".join(f"CASE WHEN old.{each} IS DISTINCT FROM new.{each} THEN '{each}' END" for each in self._fields)
        some = "WHERE event_id IN (SELECT event_id FROM told WHERE fate = 'changed')"
        return (
            f"SELECT event_id, list_filter([{differ}], lambda field: field IS NOT NULL) AS fields"
            f" FROM (SELECT * FROM {self._old} {some}) AS old JOIN (SELECT * FROM {self._new} {some}) AS new USING (event_id)"
        )


def _change(row: dict[str, Any], old: dict[str, str | None] | None, new: dict[str, str | None] | None) -> EventChange:
    known = new or old or {}
    fields = tuple(FieldChange(name, (old or {}).get(name), (new or {}).get(name)) for name in row["fields"])
    return EventChange(row["event_id"], row["fate"], known.get("date_start"), known.get("place"), fields)


def _rows(paths: Sequence[Path]) -> str:
    return f"(FROM blank UNION ALL BY NAME FROM {files_sql(paths)})" if paths else "(FROM blank)"
