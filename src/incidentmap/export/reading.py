"""A report's reading as one line of JSON, for other programs."""

from typing import Any

from incidentmap.export.columns import compact
from incidentmap.export.geojson import feature_texts
from incidentmap.export.head import LANGUAGE, claim_list
from incidentmap.frames.flat import flat_schema, incident_batches
from incidentmap.frames.geometry import Boundary
from incidentmap.model import ALL_SOURCES, Mention, Reading, Reason
from incidentmap.words import say_reason

_OF_REPORT = {"source", "url"}
"""Columns that tell of the report, which whoever asks knows."""


def reading_line(
    line_id: str | int, reading: Reading, *, region: str | None, boundary: Boundary, warnings: tuple[Reason, ...] = (),
    mentions: bool = False,
) -> str:
    """What was read from a report, as a JSON object without line ends.

    Parameters
    ----------
    line_id
        What the asking program calls the report.
    reading
        What was read from it.
    region
        Region of interest that `inside_region` refers to.
    boundary
        Gives the polygon (WGS 84) of an area id, None if it knows none.
    warnings
        What is to be said before the reading's own warnings.
    mentions
        Whether to add every marked piece of the text: kind, offsets (code points), quote and what it was read as.

    Returns
    -------
    str
        `incidents` are the features of the GeoJSON export, without `source` and `url`; `report_claims` is its member of that
        name, `warnings` are pairs of code and words.
    """
    names = [name for name in flat_schema(incidents=True, events=False).names if name not in _OF_REPORT]
    batches = incident_batches(reading.incidents, region=region, boundary=boundary, rule=ALL_SOURCES, reports={})
    features = ",".join(text for batch in batches for text in feature_texts(batch.select(names)).to_pylist())
    record: dict[str, Any] = {"report_claims": claim_list(reading.report_claims)}
    if mentions:
        record["mentions"] = [_mention(each) for each in reading.mentions]
    said = [{"code": why.code, "words": say_reason(LANGUAGE, why)} for why in (*warnings, *reading.warnings)]
    return f'{{"id": {compact(line_id)}, "incidents": [{features}], {compact(record | {"warnings": said})[1:]}'


def refusal_line(line_id: str | int, why: str) -> str:
    """A report that could not be read, as a JSON object without line ends."""
    return compact({"id": line_id, "error": why})


def _mention(mention: Mention) -> dict[str, Any]:
    span = mention.span
    return {"kind": mention.kind.value, "start": span.start, "end": span.end, "quote": span.quote, "meaning": mention.meaning}
