"""What follows from decisions: the reports in which their names stand are read again."""

from collections.abc import Sequence
from dataclasses import replace

from incidentmap.model import Decision, Reason, Report, Status, reason
from incidentmap.reports import read_report
from incidentmap.store import Said
from incidentmap.walks.workspace import Workspace

_FOLLOWED = "_decisions_followed"
"""Setting: the number of decisions whose reports have been read again; bookkeeping, no part of the data version."""


def follow(workspace: Workspace) -> tuple[str, ...]:
    """Read again the reports that decisions may change and nothing has followed from yet. What people said of incidents stays.

    Returns
    -------
    tuple of str
        Ids of these reports, sorted.
    """
    decisions = workspace.store.decisions.all()
    reports = _touched(workspace, decisions[_followed(workspace):])
    for each in reports:
        read_again(workspace, each)
    if len(decisions) > _followed(workspace):  # another process may have come further meanwhile
        workspace.store.set_setting(_FOLLOWED, str(len(decisions)))
    return reports


def read_all_again(workspace: Workspace) -> int:
    """Read every report again: the gazetteer or the program may know more than when they came; how many there are."""
    reports = workspace.store.reports()
    for each in reports:
        read_again(workspace, each.id)
    return len(reports)


def read_again(workspace: Workspace, report_id: str) -> None:
    """Read a known report again with the decisions in force, until none was made meanwhile."""
    report, seal = workspace.store.report(report_id), ""
    while report and seal != workspace.store.decisions.last():
        seal = workspace.store.decisions.last()
        _read(workspace, report)


def _read(workspace: Workspace, report: Report) -> None:
    read = read_report(report, workspace.gazetteer, workspace.region_id)
    lost = workspace.store.replace(report, read)
    if lost:
        told = (_lost(each) for each in lost)
        workspace.store.replace(report, replace(read, warnings=(*read.warnings, *told)))


def _lost(said: Said) -> Reason:
    if said.status is Status.DRAFT:
        return reason("review_lost", words=said.trigger.quote)
    return reason("status_lost", status=said.status.value, words=said.trigger.quote)


def _followed(workspace: Workspace) -> int:
    return int(workspace.store.setting(_FOLLOWED) or 0)


def _touched(workspace: Workspace, decisions: Sequence[Decision]) -> tuple[str, ...]:
    everywhere = {each.asked.name for each in decisions if not each.asked.report}
    told = {each.asked.report for each in decisions if each.asked.report}
    known = {each for each in told if workspace.store.report(each)}
    return tuple(sorted(known.union(*(workspace.store.reports_naming(name) for name in everywhere))))
