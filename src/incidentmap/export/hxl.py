"""CSV with a row of HXL hashtags (HXL standard 1.1) under the names of the columns."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pyarrow as pa
import yaml

from incidentmap.export.csv_file import write_rows
from incidentmap.export.head import Head
from incidentmap.paths import shipped


def write_hxl(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch], head: Head) -> None:  # noqa: ARG001 - told beside
    """As CSV, with the row of hashtags."""
    write_rows(path, schema, batches, [[hashtags()[name] for name in schema.names if name != "geometry"]])


@cache
def hashtags() -> Mapping[str, str]:
    """The hashtag with its attributes for each column."""
    tags: dict[str, str] = yaml.safe_load(shipped("data", "schemas", "hxl_tags.yaml").read_text("utf-8"))
    return tags
