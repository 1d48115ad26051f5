"""Query result -> GeoDataFrame in EPSG:4326."""

from incidentmap.frames.incidents import COLUMNS, incidents_frame
from incidentmap.frames.record import ClaimRecord, IncidentRecord, claim_record, incident_record

__all__ = ["COLUMNS", "ClaimRecord", "IncidentRecord", "claim_record", "incident_record", "incidents_frame"]
