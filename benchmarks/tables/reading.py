"""How fast files of events become raw columns: opening (which goes through the whole file once) and reading, on one core."""

import resource
import time
from dataclasses import dataclass
from pathlib import Path

from incidentmap.tables.formats import open_source


@dataclass(frozen=True)
class Reading:
    """What one file took."""

    name: str
    rows: int
    columns: int
    open_s: float
    read_s: float
    peak_mb: float

    @property
    def rows_per_s(self) -> float:
        """Rows a second, opening included."""
        return self.rows / (self.open_s + self.read_s)


def reading(path: Path) -> Reading:
    """Open a file and read all of it; seconds of the processor, so that others at work do not count."""
    begun = time.process_time()
    source = open_source(path)
    opened = time.process_time()
    rows = sum(batch.table.num_rows for batch in source.read())
    ended = time.process_time()
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Reading(path.name, rows, len(source.columns), opened - begun, ended - opened, peak_mb)
