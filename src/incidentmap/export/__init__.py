"""Incidents -> files for other tools; one module a format."""

from incidentmap.export.files import write_file
from incidentmap.export.formats import FORMATS, Format, write_export
from incidentmap.export.head import Asked, Head, Licence, claim_list
from incidentmap.export.reading import reading_line, refusal_line
from incidentmap.export.totals import totals_record

__all__ = [
    "FORMATS", "Asked", "Format", "Head", "Licence", "claim_list", "reading_line", "refusal_line", "totals_record",
    "write_export", "write_file",
]
