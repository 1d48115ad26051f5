"""What a query selects from a workspace, ready to be drawn, listed or written."""

from dataclasses import dataclass

import geopandas as gpd

from incidentmap.frames import incidents_frame
from incidentmap.gazetteer import Region, boundary, region
from incidentmap.model import Incident, IncidentQuery, ReportClaim
from incidentmap.registry import in_force
from incidentmap.walks.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Counts:
    """How many incidents there are.

    Parameters
    ----------
    shown
        Selected by the query. Of these `unmapped` have no place and `undated` no date.
    total
        In the workspace, rejected ones included.
    """

    shown: int
    total: int
    unmapped: int
    undated: int


@dataclass(frozen=True)
class Selection:
    """The answer to a query.

    Parameters
    ----------
    frame
        One row per incident, in the same order; see :func:`incidentmap.frames.incidents_frame`.
    report_claims
        Claims over several incidents that cover at least one selected; each names all incidents it covers.
    region
        The workspace's region of interest, None if none was chosen. (`query.region` filters and may be another.)
    data_version
        Of the workspace when it was asked.
    """

    query: IncidentQuery
    incidents: tuple[Incident, ...]
    frame: gpd.GeoDataFrame
    report_claims: tuple[ReportClaim, ...]
    region: Region | None
    counts: Counts
    data_version: str


def select(workspace: Workspace, query: IncidentQuery, language: str = "en") -> Selection:
    """Ask a workspace.

    Raises
    ------
    UnknownRegion
        If the query filters by a region that is not known.
    """
    if query.region:
        region(query.region)
    data_version = workspace.store.version()
    incidents = workspace.store.incidents(query)
    with in_force(workspace.registry):
        frame = incidents_frame(incidents, region=workspace.region_id, boundary=boundary, language=language)
    return Selection(
        query=query,
        incidents=incidents,
        frame=frame,
        report_claims=workspace.store.report_claims(incident.id for incident in incidents),
        region=region(workspace.region_id) if workspace.region_id else None,
        counts=Counts(
            shown=len(incidents), total=workspace.store.count(),
            unmapped=sum(incident.location is None for incident in incidents),
            undated=sum(incident.date is None for incident in incidents),
        ),
        data_version=data_version,
    )
