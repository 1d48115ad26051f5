"""From a query to a briefing: PDF, HTML or pages as PNG."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from incidentmap.briefing import Material, as_html, as_pages, as_pdf, compose
from incidentmap.briefing.changed import since_words
from incidentmap.briefing.document import Briefing
from incidentmap.export import Head, write_file
from incidentmap.model import ALL_SOURCES, BadValue, IncidentQuery, RecordChanges, TotalRule
from incidentmap.publish import INTERNAL
from incidentmap.registry import in_force
from incidentmap.walks.changes_since import changes_since
from incidentmap.walks.export import Exported
from incidentmap.walks.leaving import Leaving, leaving, profile_words
from incidentmap.walks.workspace import Workspace

TEMPLATE = "briefing"
"""A template of this name in the workspace's folder, `.typ` or `.html`, takes the place of the shipped one."""
KINDS = ("pdf", "html", "png")


@dataclass(frozen=True, slots=True)
class BriefingAsked:
    """What to tell, and how.

    Parameters
    ----------
    query, rule, language
        What is told, how rival figures become ranges, and in which language.
    issued
        The day to print, and from which an embargo counts.
    profile, acknowledged
        What leaves, and how fine; whether the person has looked at the terms of sources that ask for it.
    title
        Made from the region's name where empty.
    series
        Maps of each `actor` or `month` besides the one of all.
    template, logo
        A user's own; without a template that of the workspace, else the shipped one.
    changes_since
        An earlier version whose differences are told besides, as :func:`incidentmap.walks.changes_since.changes_since`.
    """

    query: IncidentQuery
    language: str
    issued: date
    profile: str = INTERNAL
    rule: TotalRule = ALL_SOURCES
    title: str = ""
    series: tuple[str, ...] = ()
    template: Path | None = None
    logo: Path | None = None
    acknowledged: bool = False
    changes_since: str = ""


def write_briefing(workspace: Workspace, asked: BriefingAsked, path: Path, *, pages: bool = False) -> Exported:
    """Write the briefing of what a query selects; each file is replaced whole or not at all.

    Parameters
    ----------
    workspace, asked
        What is told, and how.
    path, pages
        Ends in `.pdf` or `.html`; or in `.png` with `pages`, for one file a page: `name-1.png`, `name-2.png`...

    Raises
    ------
    BadValue
        If the name ends otherwise, template or logo cannot be used, or as :func:`incidentmap.walks.leaving.leaving`.
    UnwritablePlace
        If a file cannot be written there.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in KINDS or (kind == "png" and not pages):
        raise BadValue("briefing file", str(path), "a name that ends in .pdf or .html, or in .png together with --pages")
    told, head = _told(workspace, asked)
    return Exported(write_told(workspace, told, asked, path), head)


def write_told(workspace: Workspace, told: Briefing, asked: BriefingAsked, path: Path) -> tuple[Path, ...]:
    """Write a briefing as the file's ending asks for, with the template and logo that were asked for."""
    kind = path.suffix.lower().removeprefix(".")
    made = _set(workspace, told, asked, kind)
    paths: tuple[Path, ...] = (path,)
    if kind == "png":
        paths = tuple(path.with_name(f"{path.stem}-{number}.png") for number in range(1, len(made) + 1))
    for each, content in zip(paths, made, strict=True):
        write_file(each, content)
    return paths


@dataclass(frozen=True, slots=True)
class Prepared:
    """What :func:`write_briefing` writes, in all its kinds, for a browser."""

    pdf: bytes
    html: bytes
    pages: tuple[bytes, ...]

    @property
    def packed(self) -> bytes:
        """The pages in a zip file, the same bytes for the same pages."""
        whole = BytesIO()
        with ZipFile(whole, "w", ZIP_STORED) as archive:
            for number, page in enumerate(self.pages, 1):
                archive.writestr(ZipInfo(f"briefing-{number}.png"), page)
        return whole.getvalue()


def prepare(workspace: Workspace, asked: BriefingAsked, progress: Callable[[int, int], None]) -> Prepared:
    """A briefing in all its kinds; `progress` is told how many steps are done, and of how many. Errors as above."""
    steps = len(KINDS) + 1
    told = briefing_of(workspace, asked)
    made = {}
    for done, kind in enumerate(KINDS, 1):
        progress(done, steps)
        made[kind] = _set(workspace, told, asked, kind)
    progress(steps, steps)
    return Prepared(made["pdf"][0], made["html"][0], made["png"])


def briefing_of(workspace: Workspace, asked: BriefingAsked) -> Briefing:
    """What a query selects, told as a profile lets it out on the day of issue."""
    return _told(workspace, asked)[0]


def briefing_from(
    workspace: Workspace, left: Leaving, asked: BriefingAsked, since: str = "", changes: RecordChanges | None = None,
) -> Briefing:
    """What leaves, told; `since` says in words beside what it is new, if it was chosen so; `changes` are told besides."""
    found, head = left.selection, left.head
    material = Material(
        incidents=found.incidents, frame=found.frame, shared=found.report_claims, reports=left.reports, tables=left.tables,
        region=found.region, query=found.query, rule=asked.rule, totals=left.totals, data_version=head.data_version,
        gazetteer_version=head.gazetteer_version, counted=found.counted, counted_days=found.counted_days, bins=found.bins,
        held=profile_words(left, asked.language), terms=head.terms, since=since, changes=changes,
    )
    with in_force(workspace.registry):
        return compose(material, language=asked.language, issued=asked.issued, title=asked.title, series=asked.series)


def _told(workspace: Workspace, asked: BriefingAsked) -> tuple[Briefing, Head]:
    left = leaving(
        workspace, asked.query, day=asked.issued, profile=asked.profile, rule=asked.rule, language=asked.language,
        acknowledged=asked.acknowledged,
    )
    if not asked.changes_since:
        return briefing_from(workspace, left, asked), left.head
    changes = changes_since(workspace, asked.query, asked.changes_since, left.profile)
    return briefing_from(workspace, left, asked, since_words(changes, asked.language), changes), left.head


def _set(workspace: Workspace, told: Briefing, asked: BriefingAsked, kind: str) -> tuple[bytes, ...]:
    template = asked.template or _own_template(workspace, "html" if kind == "html" else "typ")
    if kind == "png":
        return as_pages(told, template, asked.logo)
    return ((as_html if kind == "html" else as_pdf)(told, template, asked.logo),)


def _own_template(workspace: Workspace, ending: str) -> Path | None:
    own = workspace.folder / f"{TEMPLATE}.{ending}"
    return own if own.is_file() else None
