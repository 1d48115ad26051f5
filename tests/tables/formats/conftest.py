from pathlib import Path

from incidentmap.tables.formats import open_source
from incidentmap.tables.source import Source

COLUMNS = ("id", "date", "lieu", "lon", "lat", "tués", "note")
ROWS = [
    ("1", "2024-03-05", "Niafunké", "-3.99", "15.93", "3", 'dit "oui", puis non'),
    ("2", "2024-11-30", "Gao", "-0.05", "16.25", None, "deux\nlignes"),
    ("3", "2023-01-01", "Ségou", "-6.25", "13.5", "0", None),
]
"""The table that every format holds, as it must come out."""


def opened(tmp_path: Path, content: bytes, name: str = "in.csv", sheet: str | None = None) -> Source:
    path = tmp_path / name
    path.write_bytes(content)
    return open_source(path, sheet=sheet)


def rows_of(source: Source) -> list[tuple[str | None, ...]]:
    return [tuple(row.values()) for batch in source.read() for row in batch.table.to_pylist()]


def marked(source: Source) -> dict[int, str]:
    """Marks by number of row."""
    return {batch.first_row + index: why.code for batch in source.read() for index, why in batch.marks.items()}


def notes_of(source: Source) -> list[str]:
    return [note.code for note in source.notes]
