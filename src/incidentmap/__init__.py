"""incidentmap: from a report to a map that can be checked and cited."""

__version__ = "0.1.0"
