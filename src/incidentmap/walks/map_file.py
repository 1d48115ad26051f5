"""From a query to the map as one file: ground, incidents, time, actors, claims and table, for a reader without a network."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from xstatic.pkg import leaflet

from incidentmap import __version__
from incidentmap.export import write_file
from incidentmap.export.question import question_words
from incidentmap.maps import MapView, PrecisionLimit, map_view, scene, standalone_page
from incidentmap.maps.file_parts import About, about_html, head_html, list_html
from incidentmap.model import BBox, TotalRule
from incidentmap.publish import load_profile
from incidentmap.registry import actors, in_force
from incidentmap.walks.export import ExportAsked, Exported, export_day
from incidentmap.walks.leaving import MOST_INCIDENTS, Leaving, check_told, held_words, leaving
from incidentmap.walks.workspace import Workspace
from incidentmap.words import LANGUAGES, say

HTML = "html"
"""What the format is called, and how its files end."""
_ANYWHERE: BBox = (-13.0, 9.0, 5.0, 26.0)
"""Mali: where there is neither region nor place."""
_POINT = 0.5
"""Degrees around a single place."""


def export_map(workspace: Workspace, asked: ExportAsked, path: Path, language: str = LANGUAGES[0]) -> Exported:
    """Write what a query selects as a map in a file of its own; the file is replaced whole or not at all.

    Raises
    ------
    BadValue
        If there is no such profile, it refuses the licence of a source, or there are too many rows for one file.
    UnknownRegion
        If the query filters by a region that is not known.
    UnwritablePlace
        If the file cannot be written there.
    """
    text, left = _made(workspace, asked, language)
    write_file(path, text.encode())
    return Exported((path,), left.head)


def map_bytes(workspace: Workspace, asked: ExportAsked, language: str) -> bytes:
    """What :func:`export_map` writes."""
    return _made(workspace, asked, language)[0].encode()


def _made(workspace: Workspace, asked: ExportAsked, language: str) -> tuple[str, Leaving]:
    left = leaving(
        workspace, asked.query, day=asked.day or export_day(), profile=asked.profile, rule=asked.rule, language=language,
        acknowledged=asked.acknowledged, most=MOST_INCIDENTS,
    )
    check_told(left.selection, MOST_INCIDENTS)
    with in_force(workspace.registry):
        return _text(workspace, left, asked, language), left


def _text(workspace: Workspace, left: Leaving, asked: ExportAsked, language: str) -> str:
    view, title = told_view(left, asked.rule, language), map_title(left, language)
    return standalone_page(
        view, scene(view, actors(), whole_cards=True, every_area=True), title=title, credit=say(language, "picture.credit"),
        bounds=bounds_of(view), leaflet=Path(leaflet.BASE_DIR), before=head_html(view, title),
        after=list_html(view) + about_html(_about(workspace, left, asked, language), language),
    )


def told_view(left: Leaving, rule: TotalRule, language: str, **seen: Any) -> MapView:
    """What leaves, arranged for the map; `seen` are more arguments of :func:`incidentmap.maps.map_view`."""
    found = left.selection
    view = map_view(
        found.incidents, found.frame, total=found.counts.total, actors=actors(), language=language, region=found.region,
        reports=left.reports.values(), shared=found.report_claims, rule=rule,
        limit=PrecisionLimit(found.query.worst_precision), **({"theme": "light"} | seen),
    )
    return replace(view, totals=left.totals)


def map_title(left: Leaving, language: str) -> str:
    """The title of a map that was given none."""
    where = left.selection.region
    return say(language, "picture.title", region=where.name(language)) if where else say(language, "picture.title_anywhere")


def bounds_of(view: MapView) -> BBox:
    """All incidents, else the region."""
    placed = [mark.geometry.bounds for layer in view.layers for mark in layer.marks if mark.geometry is not None]
    if not placed:
        return view.region.bounds if view.region else _ANYWHERE
    west, south, east, north = (side(each) for side, each in zip((min, min, max, max), zip(*placed, strict=True), strict=True))
    more = _POINT if (west, south) == (east, north) else 0.0
    return west - more, south - more, east + more, north + more


def _about(workspace: Workspace, left: Leaving, asked: ExportAsked, language: str) -> list[About]:
    head, profile = left.head, load_profile(asked.profile, workspace.folder)
    question = [question_words(left.selection.query, language)]
    question += [say(language, "file.untold")] if left.selection.query != asked.query else []
    lines = {
        "question": " · ".join(question), "profile": profile.title(language), "withheld": held_words(left, language),
        "date": head.day.isoformat(), "data": head.data_version, "gazetteer": head.gazetteer_version,
        "credit": " · ".join((say(language, "picture.credit"), *head.terms)), "program": f"incidentmap {__version__}",
    }
    return [About(say(language, f"file.{name}"), words) for name, words in lines.items()]
