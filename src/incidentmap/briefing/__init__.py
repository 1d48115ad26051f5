"""The citable briefing: PDF, HTML and pages from one document, and the picture of its map alone."""

from incidentmap.briefing.compose import Material, compose
from incidentmap.briefing.document import Briefing
from incidentmap.briefing.picture import Picture, draw_picture, picture_bytes
from incidentmap.briefing.series import SERIES
from incidentmap.briefing.typeset import as_pages, as_pdf
from incidentmap.briefing.web import as_html

__all__ = [
    "SERIES", "Briefing", "Material", "Picture", "as_html", "as_pages", "as_pdf", "compose", "draw_picture", "picture_bytes",
]
