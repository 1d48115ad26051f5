"""From a query to a briefing: PDF, HTML or pages as PNG."""

from datetime import date
from pathlib import Path

from incidentmap.briefing import Material, as_html, as_pages, as_pdf, compose
from incidentmap.briefing.document import Briefing
from incidentmap.export import write_file
from incidentmap.model import ALL_SOURCES, BadValue, IncidentQuery, TotalRule
from incidentmap.registry import in_force
from incidentmap.walks.select import Selection, select
from incidentmap.walks.totals import selection_totals
from incidentmap.walks.versions import data_version
from incidentmap.walks.workspace import Workspace

TEMPLATE = "briefing"
"""A template of this name in the workspace's folder, `.typ` or `.html`, takes the place of the shipped one."""


def write_briefing(
    workspace: Workspace, query: IncidentQuery, path: Path, *, language: str, issued: date, rule: TotalRule = ALL_SOURCES,
    title: str = "", series: tuple[str, ...] = (), template: Path | None = None, logo: Path | None = None, pages: bool = False,
) -> tuple[Path, ...]:
    """Write the briefing of what a query selects; each file is replaced whole or not at all.

    Parameters
    ----------
    workspace, query, rule, language
        What is told, how rival figures become ranges, and in which language.
    path, pages
        Ends in `.pdf` or `.html`; or in `.png` with `pages`, for one file a page: `name-1.png`, `name-2.png`...
    title
        Made from the region's name where empty.
    issued
        The day to print.
    series
        Maps of each `actor` or `month` besides the one of all.
    template, logo
        A user's own; without a template that of the workspace, else the shipped one.

    Returns
    -------
    tuple of Path
        What was written.

    Raises
    ------
    BadValue
        If the name ends otherwise, or template or logo cannot be used.
    UnwritablePlace
        If a file cannot be written there.
    """
    kind = path.suffix.lower()
    if kind not in {".pdf", ".html"} and not (kind == ".png" and pages):
        raise BadValue("briefing file", str(path), "a name that ends in .pdf or .html, or in .png together with --pages")
    told = briefing_of(workspace, query, language=language, issued=issued, rule=rule, title=title, series=series)
    used = template or _own_template(workspace, ".html" if kind == ".html" else ".typ")
    if kind == ".png":
        images = as_pages(told, used, logo)
        named = tuple(path.with_name(f"{path.stem}-{number}.png") for number in range(1, len(images) + 1))
        for name, image in zip(named, images, strict=True):
            write_file(name, image)
        return named
    write_file(path, as_pdf(told, used, logo) if kind == ".pdf" else as_html(told, used, logo))
    return (path,)


def briefing_of(
    workspace: Workspace, query: IncidentQuery, *, language: str, issued: date, rule: TotalRule = ALL_SOURCES, title: str = "",
    series: tuple[str, ...] = (),
) -> Briefing:
    """What a query selects, told."""
    selection = select(workspace, query, language)
    with in_force(workspace.registry):
        return compose(_material(workspace, selection, rule), language=language, issued=issued, title=title, series=series)


def _material(workspace: Workspace, selection: Selection, rule: TotalRule) -> Material:
    return Material(
        incidents=selection.incidents, frame=selection.frame, shared=selection.report_claims,
        reports={report.id: report for report in (*workspace.store.reports(), *selection.row_reports)},
        region=selection.region, query=selection.query, rule=rule, totals=selection_totals(workspace, selection, rule),
        data_version=data_version(workspace), gazetteer_version=workspace.gazetteer.version,
        counted=selection.counted, counted_days=selection.counted_days, bins=selection.bins,
    )


def _own_template(workspace: Workspace, ending: str) -> Path | None:
    own = workspace.folder / f"{TEMPLATE}{ending}"
    return own if own.is_file() else None
