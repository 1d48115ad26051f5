"""GeoPackage: one layer `incidents`, written by GDAL batch by batch."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import move
from tempfile import TemporaryDirectory
from threading import Lock

import pyarrow as pa
import pyarrow.compute as pc
import pyogrio

from incidentmap.export.columns import compact
from incidentmap.export.head import Head
from incidentmap.model import UnwritablePlace

LAYER = "incidents"
_ONE_AT_A_TIME = Lock()
"""GDAL's options are those of the whole process."""


def write_geopackage(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch], head: Head) -> None:
    """Records as features of one layer; what belongs to the whole in the GeoPackage's table of metadata."""
    bare = pa.schema([pa.field(field.name, field.type) for field in schema])
    told = {name: value if isinstance(value, str) else compact(value) for name, value in head.record().items()}
    given = _Given(batches)
    rows = pa.RecordBatchReader.from_batches(bare, (_holdable(batch.select(bare.names)) for batch in given.each()))
    with TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder, _dated(head):
        made = Path(folder) / "incidents.gpkg"
        try:
            pyogrio.write_arrow(
                rows, made, driver="GPKG", layer=LAYER, geometry_name="geometry", geometry_type="Unknown", crs="EPSG:4326",
                dataset_metadata=told, layer_options={"FID": "fid", "DESCRIPTION": told["attribution"]},
            )
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, RuntimeError) as error:
            if given.failed:
                raise given.failed from error
            raise UnwritablePlace(f"{path}: GDAL cannot write it ({error}). Check the room on the disk.") from error
        move(made, path)


class _Given:
    """Batches given to GDAL, which has no words of its own for what goes wrong while they are made."""

    def __init__(self, batches: Iterable[pa.RecordBatch]) -> None:
        self._batches = batches
        self.failed: Exception | None = None

    def each(self) -> Iterator[pa.RecordBatch]:
        """The batches; what breaks them off is kept."""
        try:
            yield from self._batches
        except Exception as error:
            self.failed = error
            raise


def _holdable(batch: pa.RecordBatch) -> pa.RecordBatch:
    """A batch without NUL in its texts: SQLite ends a text there."""
    columns = [pc.replace_substring(each, "\0", "\ufffd") if each.type == pa.string() else each for each in batch.columns]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


@contextmanager
def _dated(head: Head) -> Iterator[None]:
    """GDAL notes when a layer was last changed: the day of the export, so that the same input gives the same bytes."""
    with _ONE_AT_A_TIME:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{head.day.isoformat()}T00:00:00.000Z"})
        try:
            yield
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
