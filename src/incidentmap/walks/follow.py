"""What follows from decisions: the reports in which their names stand are read again."""

from collections.abc import Sequence
from dataclasses import replace

from incidentmap.model import Decision, Naming, Reading, Reason, Report, Status, reason
from incidentmap.registry import in_force
from incidentmap.reports import read_report
from incidentmap.reports.files import FILE_NOTES
from incidentmap.store import Said
from incidentmap.walks.proposed import with_proposed
from incidentmap.walks.workspace import Workspace

_FOLLOWED, _NAMINGS_FOLLOWED = "_decisions_followed", "_namings_followed"
"""Settings: the number of records whose reports have been read again; bookkeeping, no part of the data version."""


def follow(workspace: Workspace) -> tuple[str, ...]:
    """Read again the reports that decisions may change and nothing has followed from yet. What people said of incidents stays.

    Returns
    -------
    tuple of str
        Ids of these reports, sorted.
    """
    decisions, namings = workspace.store.decisions.all(), workspace.store.names.all()
    told = _touched(workspace, decisions[_done(workspace, _FOLLOWED):])
    named = _holding(workspace, namings[_done(workspace, _NAMINGS_FOLLOWED):])
    reports = tuple(sorted(told | named))
    for each in reports:
        read_again(workspace, each)
    for setting, count in ((_FOLLOWED, len(decisions)), (_NAMINGS_FOLLOWED, len(namings))):
        if count > _done(workspace, setting):  # another process may have come further meanwhile
            workspace.store.set_setting(setting, str(count))
    return reports


def read_now(workspace: Workspace, report: Report) -> Reading:
    """Read a report with the places and actors as people decided them until now."""
    with in_force(workspace.registry):
        return read_report(report, workspace.gazetteer, workspace.region_id)


def decided_until_now(workspace: Workspace) -> tuple[str, str]:
    """The same as long as nobody decides what changes how reports are read."""
    return workspace.store.decisions.last(), workspace.store.names.last()


def read_all_again(workspace: Workspace) -> int:
    """Read every report again: the gazetteer or the program may know more than when they came; how many there are."""
    reports = workspace.store.reports()
    for each in reports:
        read_again(workspace, each.id)
    return len(reports)


def read_again(workspace: Workspace, report_id: str) -> None:
    """Read a known report again with the decisions in force, until none was made meanwhile."""
    report, seal = workspace.store.report(report_id), ("", "")
    while report and seal != decided_until_now(workspace):
        seal = decided_until_now(workspace)
        _read(workspace, report)


def _read(workspace: Workspace, report: Report) -> None:
    read = with_proposed(workspace.store, report.id, read_now(workspace, _noted(workspace, report)))
    lost = workspace.store.replace(report, read)
    if lost:
        told = (_lost(each) for each in lost)
        workspace.store.replace(report, replace(read, warnings=(*read.warnings, *told)))


def _noted(workspace: Workspace, report: Report) -> Report:
    """The report with the notes on its file, which its text alone cannot tell again."""
    before = workspace.store.reading(report.id)
    notes = tuple(each for each in before.warnings if each.code in FILE_NOTES) if before else ()
    return replace(report, notes=notes)


def _lost(said: Said) -> Reason:
    if said.status is Status.DRAFT:
        return reason("review_lost", words=said.trigger.quote)
    return reason("status_lost", status=said.status.value, words=said.trigger.quote)


def _done(workspace: Workspace, setting: str) -> int:
    return int(workspace.store.setting(setting) or 0)


def _holding(workspace: Workspace, namings: Sequence[Naming]) -> set[str]:
    """Reports in which names of actors may stand, by their own spelling and that of the actor added."""
    names = {each.name for each in namings} | {each.own.name for each in namings if each.own}
    return {report for name in names for report in workspace.store.names.reports_holding(name)}


def _touched(workspace: Workspace, decisions: Sequence[Decision]) -> set[str]:
    everywhere = {each.asked.name for each in decisions if not each.asked.report}
    told = {each.asked.report for each in decisions if each.asked.report}
    known = {each for each in told if workspace.store.report(each)}
    return known.union(*(workspace.store.reports_naming(name) for name in everywhere))
