"""Incidents at rest: one SQLite case file a workspace, which several processes may read while one writes."""

from incidentmap.store.case import Added, Store, open_store

__all__ = ["Added", "Store", "open_store"]
