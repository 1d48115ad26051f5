"""What every writer of rows is."""

from collections.abc import Callable, Sequence

from incidentmap.tables.table import Batch

Put = Callable[[Batch, Sequence[Sequence[object]]], None]
"""Takes a batch of the table that is read and, row by row, the cells to add."""
