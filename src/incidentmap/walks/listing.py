"""From a query to plain records, without geometry."""

from dataclasses import dataclass

from incidentmap.frames import IncidentRecord, incident_record
from incidentmap.model import IncidentQuery
from incidentmap.walks.select import Counts, select
from incidentmap.walks.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Listing:
    """Records of the selected incidents, in the order of the store, and the counts."""

    records: tuple[IncidentRecord, ...]
    counts: Counts


def listing(workspace: Workspace, query: IncidentQuery) -> Listing:
    """What a query selects, as the records that the GeoJSON export has as properties."""
    selection = select(workspace, query)
    records = tuple(incident_record(incident, region=workspace.region_id) for incident in selection.incidents)
    return Listing(records, selection.counts)
