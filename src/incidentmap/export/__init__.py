"""Incidents -> files for other tools; one module a format."""

from incidentmap.export.files import write_file
from incidentmap.export.geojson import geojson_text
from incidentmap.export.reading import reading_line, refusal_line
from incidentmap.export.totals import totals_record

__all__ = ["geojson_text", "reading_line", "refusal_line", "totals_record", "write_file"]
