"""From a query to a picture of the map."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from incidentmap.briefing.picture import HEIGHT_PX, WIDTH_PX, Picture
from incidentmap.briefing.picture import picture_bytes as drawn_bytes
from incidentmap.export import write_file
from incidentmap.maps import Window, touches
from incidentmap.model import ALL_SOURCES, BadValue, IncidentQuery, TotalRule
from incidentmap.publish import INTERNAL
from incidentmap.walks.export import export_day
from incidentmap.walks.leaving import Leaving, leaving, profile_words
from incidentmap.walks.workspace import Workspace


def draw(
    workspace: Workspace, query: IncidentQuery, path: Path, language: str = "fr", theme: str = "light", *,
    rule: TotalRule = ALL_SOURCES, profile: str = INTERNAL, day: date | None = None, acknowledged: bool = False,
    size_px: tuple[int, int] = (WIDTH_PX, HEIGHT_PX),
) -> Leaving:
    """Draw what a query selects as a PNG file; the file is replaced whole or not at all.

    Parameters
    ----------
    workspace, query, rule
        What is drawn, and how rival figures become ranges.
    path, language, theme
        Where, with words of which language, `light` or `dark`.
    profile, day, acknowledged
        What leaves, and how fine; the day from which an embargo counts; whether the person has looked at the terms of sources.
    size_px
        Width and height.

    Returns
    -------
    Leaving
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
    left = leaving(
        workspace, query, day=day or export_day(), profile=profile, rule=rule, language=language, acknowledged=acknowledged,
    )
    write_file(path, _bytes(left, language, theme, size_px))
    return left


def picture_bytes(
    workspace: Workspace, query: IncidentQuery, *, language: str = "fr", theme: str = "light", rule: TotalRule = ALL_SOURCES,
    profile: str = INTERNAL, acknowledged: bool = False,
) -> bytes:
    """The picture of what a query selects, as PNG bytes; errors as :func:`draw`."""
    left = leaving(
        workspace, query, day=export_day(), profile=profile, rule=rule, language=language, acknowledged=acknowledged,
    )
    return _bytes(left, language, theme)


def frame_bytes(left: Leaving, window: Window, language: str, theme: str, size_px: tuple[int, int]) -> bytes:
    """The picture of what leaves on some days alone, on the ground and with the actors of all of it."""
    selection = left.selection
    shown = [touches(each.date, window) for each in selection.incidents]
    query = replace(selection.query, start=window[0], end=window[1])
    drawn = Picture(
        selection.frame[shown].reset_index(drop=True), selection.region, query, left.head.data_version, whole=selection.frame,
        held=profile_words(left, language), terms=left.head.terms,
    )
    return drawn_bytes(drawn, language=language, theme=theme, size_px=size_px)


def _bytes(left: Leaving, language: str, theme: str, size_px: tuple[int, int] = (WIDTH_PX, HEIGHT_PX)) -> bytes:
    selection = left.selection
    drawn = Picture(
        selection.frame, selection.region, selection.query, left.head.data_version, totals=left.totals,
        counted=selection.counted, counted_days=selection.counted_days, bins=selection.bins,
        held=profile_words(left, language), terms=left.head.terms,
    )
    return drawn_bytes(drawn, language=language, theme=theme, size_px=size_px)
