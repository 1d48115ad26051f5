"""What is known of a layer: a small YAML file beside its data, which people can read."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from incidentmap.model import BadValue

KINDS = ("geojson", "csv", "geonames", "world")
"""In order of precedence where two layers hold the same place."""


@dataclass(frozen=True, slots=True)
class LayerRecord:
    """One added source.

    Parameters
    ----------
    id
        Names the layer in its shelf; adding another file under it replaces the layer.
    kind
        One of `KINDS`.
    file, input_sha256
        The origin's file name and hash.
    data, data_sha256, data_bytes
        File of the normalised places in the shelf, its hash and size.
    date
        Day of the youngest row, or the one that was given; ISO 8601, empty where unknown.
    valid_from, valid_to
        Days between which the source says that it holds (P-codes), ISO 8601, empty where open or unknown.
    columns
        Pairs of our column and theirs, for tables.
    read, kept, refused
        Rows.
    countries
        ISO 3166-1 alpha-2 codes of the places kept.
    """

    id: str
    kind: str
    title: str
    file: str
    input_sha256: str
    data: str
    data_sha256: str
    data_bytes: int
    date: str
    licence: str
    attribution: str
    valid_from: str
    valid_to: str
    columns: tuple[tuple[str, str], ...]
    read: int
    kept: int
    refused: int
    countries: tuple[str, ...]


def record_text(record: LayerRecord) -> str:
    """The record as YAML, the same bytes for the same record."""
    entries = asdict(record) | {"columns": dict(record.columns), "countries": list(record.countries)}
    return yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=128)


def read_record(path: Path) -> LayerRecord:
    """A record from its file.

    Raises
    ------
    BadValue
        If it is no record of ours; the message names the file and what is missing or odd.
    """
    todo = "Add the layer again, or remove the file."
    try:
        entries = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadValue(f"layer record {path}", str(error), "YAML", todo) from error
    names = {field.name for field in fields(LayerRecord)}
    if not isinstance(entries, Mapping) or set(entries) != names or entries["kind"] not in KINDS:
        odd = sorted(names ^ set(entries)) if isinstance(entries, Mapping) else [type(entries).__name__]
        raise BadValue(f"layer record {path}", ", ".join(map(str, odd)), "the keys " + ", ".join(sorted(names)), todo)
    return LayerRecord(**_typed(entries))


def _typed(entries: Mapping[str, Any]) -> dict[str, Any]:
    columns = tuple((str(ours), str(theirs)) for ours, theirs in dict(entries["columns"]).items())
    return dict(entries) | {"columns": columns, "countries": tuple(map(str, entries["countries"]))}
