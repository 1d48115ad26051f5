"""A report's reading as one line of JSON, for other programs."""

from incidentmap.export.geojson import Json, claim_list, compact, feature_list
from incidentmap.frames import incidents_frame
from incidentmap.frames.geometry import Boundary
from incidentmap.model import Mention, Reading, Reason
from incidentmap.words import say_reason

_LANGUAGE = "en"
"""Of the words; machine output is English."""


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
        `incidents` are the features of the GeoJSON export, `report_claims` its member of that name, `warnings` pairs of code
        and words.
    """
    frame = incidents_frame(reading.incidents, region=region, boundary=boundary, language=_LANGUAGE)
    record: Json = {"id": line_id, "incidents": feature_list(frame), "report_claims": claim_list(reading.report_claims)}
    if mentions:
        record["mentions"] = [_mention(each) for each in reading.mentions]
    said = [{"code": why.code, "words": say_reason(_LANGUAGE, why)} for why in (*warnings, *reading.warnings)]
    return compact(record | {"warnings": said})


def refusal_line(line_id: str | int, why: str) -> str:
    """A report that could not be read, as a JSON object without line ends."""
    return compact({"id": line_id, "error": why})


def _mention(mention: Mention) -> Json:
    span = mention.span
    return {"kind": mention.kind.value, "start": span.start, "end": span.end, "quote": span.quote, "meaning": mention.meaning}
