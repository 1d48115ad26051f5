"""From a query to a GeoJSON file."""

from pathlib import Path

from incidentmap import export
from incidentmap.model import ALL_SOURCES, IncidentQuery, TotalRule
from incidentmap.walks.gazetteer import added_attributions
from incidentmap.walks.select import Selection, select
from incidentmap.walks.totals import selection_totals
from incidentmap.walks.workspace import Workspace


def export_geojson(
    workspace: Workspace, query: IncidentQuery, path: Path, rule: TotalRule = ALL_SOURCES,
) -> Selection:
    """Write what a query selects as GeoJSON, its totals under a rule; the file is replaced whole or not at all.

    Returns
    -------
    Selection
        What was written.

    Raises
    ------
    UnwritablePlace
        If the file cannot be written there.
    """
    selection = select(workspace, query)
    export.write_file(path, _text(workspace, selection, rule).encode())
    return selection


def geojson_text(workspace: Workspace, query: IncidentQuery, rule: TotalRule = ALL_SOURCES) -> str:
    """What a query selects as the text of a GeoJSON file."""
    return _text(workspace, select(workspace, query), rule)


def _text(workspace: Workspace, selection: Selection, rule: TotalRule) -> str:
    return export.geojson_text(
        selection.frame, query=selection.query, report_claims=selection.report_claims, region=selection.region,
        data_version=selection.data_version, totals=selection_totals(workspace, selection, rule),
        attributions=added_attributions(workspace.folder),
    )
