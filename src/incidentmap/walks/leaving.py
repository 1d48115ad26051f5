"""What a query selects, as a profile lets it out, told one by one: for map files, pictures and briefings."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from incidentmap.export import Head
from incidentmap.maps import number_words
from incidentmap.model import ALL_SOURCES, BadValue, Incident, IncidentQuery, Report, Total, TotalRule
from incidentmap.publish import INTERNAL, Profile, check_tellable, load_profile, published_case
from incidentmap.store.events.queries import POINT_LIMIT
from incidentmap.walks.export_records import opened_records
from incidentmap.walks.publishing import Publication, check_licences, publication
from incidentmap.walks.select import Counts, Selection, frame_of, select
from incidentmap.walks.totals import selection_totals
from incidentmap.walks.workspace import Workspace
from incidentmap.words import say

MOST_INCIDENTS = 20_000
"""Rows of tables that are told one by one under a profile, which lets nothing out that is only counted."""
Choose = Callable[[Sequence[Incident]], Collection[str]]
"""Of incidents as they are told, the ids of those to tell."""


@dataclass(frozen=True)
class Leaving:
    """What leaves.

    Parameters
    ----------
    selection
        Incidents and rows as they are told, with the question as it is told.
    reports
        Those that they name, by id.
    tables
        The tables' source of each report that is a row, by the report's id.
    totals
        Of all of them.
    head, profile
        What the file says of itself, and the profile that let it out.
    """

    selection: Selection
    reports: Mapping[str, Report]
    tables: Mapping[str, str]
    totals: tuple[Total, ...]
    head: Head
    profile: Profile


def leaving(
    workspace: Workspace, query: IncidentQuery, *, day: date, profile: str = INTERNAL, rule: TotalRule = ALL_SOURCES,
    language: str = "en", acknowledged: bool = False, most: int = POINT_LIMIT, choose: Choose | None = None,
) -> Leaving:
    """Ask a workspace and let a profile tell the answer.

    Parameters
    ----------
    workspace, query, rule
        What is asked, and how rival figures become ranges.
    day
        From which an embargo counts.
    profile, acknowledged
        A shipped one or one of the workspace; whether the person has looked at the terms of sources that ask for it.
    language
        Of the reasons in the frame.
    most
        Rows of tables that are told one by one; under a profile that holds something back, :data:`MOST_INCIDENTS`.
    choose
        Told all that leaves, it says what of it to keep; what the file says of itself stays that of all.

    Raises
    ------
    BadValue
        If there is no such profile, it refuses the licence of a source, or there are too many rows to tell them under it.
    UnknownRegion
        If the query filters by a region that is not known.
    """
    chosen = load_profile(profile, workspace.folder)
    with opened_records(workspace) as records:
        found = publication(records, query, rule, chosen, day)
        head = found.head()
        check_licences(head, chosen, acknowledged=acknowledged)
        if found.publisher is None:
            whole = select(workspace, query, language, most)
            if choose:
                check_told(whole, most)
                whole = _kept(whole, choose(whole.incidents))
            reports = (*workspace.store.reports(), *whole.row_reports)
            return Leaving(whole, _by_id(reports), _tables(whole), selection_totals(workspace, whole, rule), head, chosen)
        check_tellable(chosen)
        whole = select(workspace, query, language, MOST_INCIDENTS)
        check_told(whole, MOST_INCIDENTS)
        return _published(workspace, whole, found, head, choose=choose, language=language)


def profile_words(left: Leaving, language: str) -> str:
    """The profile and what it holds back, in words; empty under one that lets everything out as it is."""
    if left.profile.lets_all_out:
        return ""
    named = f"{say(language, 'file.profile')}: {left.profile.title(language)}"
    return " · ".join(each for each in (named, held_words(left, language)) if each)


def held_words(left: Leaving, language: str) -> str:
    """How many records stay in the house and how many are told coarser than they are known; empty if none."""
    withheld = sum(count for _, count in left.head.withheld)
    numbers = (("file.withheld.some", withheld), ("file.coarsened.some", left.head.coarsened))
    return " · ".join(say(language, key, count=number_words(number, language)) for key, number in numbers if number)


def check_told(selection: Selection, most: int) -> None:
    """Raise `BadValue` if rows of a selection were only counted."""
    if selection.counted:
        todo = "Narrow the filters: fewer days (--from, --to), a region, a source."
        raise BadValue("rows of tables that are told one by one", selection.counted, f"at most {most:,}", todo)


def _published(
    workspace: Workspace, whole: Selection, found: Publication, head: Head, *, choose: Choose | None, language: str,
) -> Leaving:
    if found.publisher is None:
        raise ValueError("this profile lets everything out as it is")
    fates = dict(found.fates())
    known = _by_id((*workspace.store.reports(), *whole.row_reports))
    told = published_case(found.publisher, whole.incidents, known, whole.report_claims, fates)
    frame = frame_of(told.incidents, workspace, language)
    frame.loc[frame["id"].isin(told.coarse), "inside_region"] = None  # a cercle told instead of a place lies on no side
    left = [each for each in whole.incidents if fates[each.id].why is None]
    stay = sum(count for _, count in told.stay)
    counts = Counts(
        shown=len(left), total=len(left) + stay, unmapped=sum(each.location is None for each in told.incidents),
        undated=sum(each.date is None for each in told.incidents),
    )
    selection = replace(
        whole, query=found.told_query, incidents=told.incidents, frame=frame, report_claims=told.report_claims, row_reports=(),
        counts=counts,
    )
    sources, pairs = _tables(whole), [*zip(told.incidents, left, strict=True)]
    tables = {new.report: sources[own.report] for new, own in pairs if own.report in sources}
    if choose:
        kept = choose(told.incidents)
        selection, left = _kept(selection, kept), [own for new, own in pairs if new.id in kept]
    return Leaving(selection, _by_id(told.reports), tables, found.totals(left, whole.report_claims), head, found.profile)


def _kept(selection: Selection, ids: Collection[str]) -> Selection:
    """A selection of some of its incidents alone."""
    incidents = tuple(each for each in selection.incidents if each.id in ids)
    shown = replace(
        selection.counts, shown=len(incidents), unmapped=sum(each.location is None for each in incidents),
        undated=sum(each.date is None for each in incidents),
    )
    return replace(
        selection, incidents=incidents, frame=selection.frame[selection.frame["id"].isin(ids)].reset_index(drop=True),
        report_claims=tuple(each for each in selection.report_claims if not set(ids).isdisjoint(each.incidents)), counts=shown,
    )


def _tables(selection: Selection) -> dict[str, str]:
    return {report.id: report.id.partition(":")[0] for report in selection.row_reports}


def _by_id(reports: Sequence[Report]) -> dict[str, Report]:
    return {report.id: report for report in reports}
