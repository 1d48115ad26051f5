"""Event tables at rest: immutable GeoParquet parts under snapshots of the case file, and the questions asked of them."""

from incidentmap.store.events.log import Events, open_events
from incidentmap.store.events.write import write_events

__all__ = ["Events", "open_events", "write_events"]
