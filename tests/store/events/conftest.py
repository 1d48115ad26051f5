"""Made-up event rows for the store: nothing in them happened."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from incidentmap.model import ImportRecord
from incidentmap.store.events import Events, open_events
from incidentmap.tables.schema import EVENT_SCHEMA

Rows = Callable[..., pa.RecordBatch]


def batch_of(rows: Iterable[dict[str, Any]]) -> pa.RecordBatch:
    """A batch of the schema; what a row does not say is unknown."""
    plain = {"source": "made", "warnings": []}
    told = [
        {**plain, "event_id": f"{row.get('source', 'made')}:{row['source_id']}", "file_row": number, **row}
        for number, row in enumerate(rows, 1)
    ]
    return pa.RecordBatch.from_pylist(told, schema=EVENT_SCHEMA)


def record_of(source: str = "made", **more: Any) -> ImportRecord:
    """What is known of an import."""
    return ImportRecord(source, "made.csv", "0" * 64, "{}", 1, "2026-11-22T19:00:00Z", "anna", **more)


@pytest.fixture
def events(tmp_path: Path) -> Events:
    """Empty event tables."""
    return open_events(tmp_path / "case.sqlite")
