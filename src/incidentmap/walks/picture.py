"""From a query to a picture of the map."""

from pathlib import Path

from incidentmap.briefing.picture import Picture
from incidentmap.briefing.picture import picture_bytes as drawn_bytes
from incidentmap.export import write_file
from incidentmap.model import ALL_SOURCES, BadValue, IncidentQuery, TotalRule
from incidentmap.walks.select import Selection, select
from incidentmap.walks.totals import selection_totals
from incidentmap.walks.workspace import Workspace


def draw(
    workspace: Workspace, query: IncidentQuery, path: Path, language: str = "fr", theme: str = "light", *,
    rule: TotalRule = ALL_SOURCES,
) -> Selection:
    """Draw what a query selects as a PNG file; the file is replaced whole or not at all.

    Returns
    -------
    Selection
        What was drawn.

    Raises
    ------
    UnwritablePlace
        If the file cannot be written there.
    BadValue
        If its name ends in anything but `.png`.
    """
    if path.suffix.lower() != ".png":
        raise BadValue("picture file", str(path), "a name that ends in .png, the one format there is")
    selection = select(workspace, query, language)
    write_file(path, _bytes(workspace, selection, language, theme, rule))
    return selection


def picture_bytes(
    workspace: Workspace, query: IncidentQuery, *, language: str = "fr", theme: str = "light", rule: TotalRule = ALL_SOURCES,
) -> bytes:
    """The picture of what a query selects, as PNG bytes."""
    return _bytes(workspace, select(workspace, query, language), language, theme, rule)


def _bytes(workspace: Workspace, selection: Selection, language: str, theme: str, rule: TotalRule) -> bytes:
    drawn = Picture(
        selection.frame, selection.region, selection.query, selection.data_version,
        totals=selection_totals(workspace, selection, rule), counted=selection.counted,
        counted_days=selection.counted_days, bins=selection.bins,
    )
    return drawn_bytes(drawn, language=language, theme=theme)
