"""What a query selects from a workspace, ready to be drawn, listed or written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from incidentmap.frames import incidents_frame
from incidentmap.gazetteer import Region, boundary, region
from incidentmap.maps import Bin
from incidentmap.model import Incident, IncidentQuery, Report, ReportClaim
from incidentmap.registry import in_force
from incidentmap.store.events import queries
from incidentmap.store.events.layers import Layers, facts
from incidentmap.store.events.queries import POINT_LIMIT, Order
from incidentmap.walks.bins import common_leaders, row_bins
from incidentmap.walks.event_rows import OpenRows, opened_rows
from incidentmap.walks.row_incidents import row_incidents
from incidentmap.walks.viewport import viewport_of
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
    row_reports
        Imported rows are among the incidents while they are few; each is a report of its own.
    counted, counted_days, bins
        Beyond that, how many they are, their first and last day if they have any, and the cells that count those with a place.
    """

    query: IncidentQuery
    incidents: tuple[Incident, ...]
    frame: gpd.GeoDataFrame
    report_claims: tuple[ReportClaim, ...]
    region: Region | None
    counts: Counts
    data_version: str
    row_reports: tuple[Report, ...] = ()
    counted: int = 0
    counted_days: tuple[date, ...] = ()
    bins: tuple[Bin, ...] = ()


def select(workspace: Workspace, query: IncidentQuery, language: str = "en", most: int = POINT_LIMIT) -> Selection:
    """Ask a workspace: its case file, and the imported tables, of whose rows at most so many become incidents.

    Raises
    ------
    UnknownRegion
        If the query filters by a region that is not known.
    """
    found = select_case(workspace, query, language)
    with opened_rows(workspace) as rows:
        return _with_rows(found, rows, workspace, language, most) if rows else found


def select_case(workspace: Workspace, query: IncidentQuery, language: str = "en") -> Selection:
    """Ask the case file alone, as :func:`select`."""
    if query.region:
        region(query.region)
    data_version = workspace.store.version()
    incidents = workspace.store.incidents(query)
    return Selection(
        query=query,
        incidents=incidents,
        frame=frame_of(incidents, workspace, language),
        report_claims=workspace.store.report_claims(incident.id for incident in incidents),
        region=region(workspace.region_id) if workspace.region_id else None,
        counts=Counts(
            shown=len(incidents), total=workspace.store.count(),
            unmapped=sum(incident.location is None for incident in incidents),
            undated=sum(incident.date is None for incident in incidents),
        ),
        data_version=data_version,
    )


def _with_rows(found: Selection, rows: OpenRows, workspace: Workspace, language: str, most: int) -> Selection:
    told = facts(rows, found.query)
    number, unmapped, undated = (sum(told[name].to_pylist()) for name in ("events", "unplaced", "undated"))
    counts, every = found.counts, queries.count(rows, IncidentQuery())
    counted = replace(found, counts=Counts(
        counts.shown + number, counts.total + every, counts.unmapped + unmapped, counts.undated + undated,
    ))
    if number > most:
        return replace(counted, counted=number, counted_days=_ends(told), bins=_cells(rows, found, told))
    page = queries.page(rows, found.query, size=most, order=Order.EARLIEST)
    drawn = row_incidents(page.rows, workspace.region_id)
    frame = frame_of(drawn.incidents, workspace, language)
    return replace(
        counted, incidents=(*found.incidents, *drawn.incidents), row_reports=drawn.reports,
        frame=pd.concat([found.frame, frame], ignore_index=True) if number else found.frame,
    )


def _cells(rows: OpenRows, found: Selection, told: pa.Table) -> tuple[Bin, ...]:
    """Of a size that fits a picture of all of them."""
    box = queries.row_bounds(rows, found.query)
    layers = Layers(common_leaders(found.incidents, told))
    return row_bins(rows, found.query, viewport_of(box).zoom + 1, layers) if box else ()


def _ends(told: pa.Table) -> tuple[date, ...]:
    days = [day for name in ("first_day", "last_day") for day in told[name].to_pylist() if day]
    return (min(days), max(days)) if days else ()


def frame_of(incidents: Sequence[Incident], workspace: Workspace, language: str) -> gpd.GeoDataFrame:
    """Incidents of a workspace as a GeoDataFrame, see :func:`incidentmap.frames.incidents_frame`."""
    with in_force(workspace.registry):
        return incidents_frame(incidents, region=workspace.region_id, boundary=boundary, language=language)
