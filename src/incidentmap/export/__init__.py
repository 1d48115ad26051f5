"""Incidents -> files for other tools; one module a format."""

from incidentmap.export.files import write_file
from incidentmap.export.geojson import geojson_text

__all__ = ["geojson_text", "write_file"]
