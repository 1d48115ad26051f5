"""Files of events as raw columns of text, the same cells whatever the format. Home of python-calamine."""

from incidentmap.tables.formats.open import READABLE, open_source

__all__ = ["READABLE", "open_source"]
