"""What an extractor points at in the reports of a workspace: unknown names for a person to decide, drafts for review."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from incidentmap.gazetteer import fold_name
from incidentmap.model import (
    BadValue,
    Dropped,
    Extractor,
    ExtractorUnavailable,
    ExtractorUnreadable,
    Incident,
    MentionKind,
    NameKind,
    Proposal,
    ProposalKind,
    Proposed,
    Reading,
    Reason,
    Report,
    ResolutionStatus,
    UnknownName,
    checked,
    excerpt,
    name_key,
    reason,
)
from incidentmap.registry import Registry, in_force, registry
from incidentmap.reports.pointed import overlap, read_pointed
from incidentmap.walks.follow import read_again, read_now
from incidentmap.walks.proposed import read_already, with_drafts, with_proposed
from incidentmap.walks.workspace import Workspace

_NAMES: Mapping[ProposalKind, NameKind] = {
    ProposalKind.ACTOR_NAME: NameKind.ACTOR, ProposalKind.PLACE_NAME: NameKind.PLACE,
}


@dataclass(frozen=True, slots=True)
class Told:
    """What came of asking about one report.

    Parameters
    ----------
    names
        Names that nobody knows; kept for a person to decide, once each.
    drafts
        Events that our rules could read in the words pointed at; kept as drafts for review.
    dropped
        What was found and is not used, with the reasons.
    failure
        Why there is no answer, empty where there is one.
    asked
        Whether it was asked about: not after an extractor turned out to be unavailable.
    """

    report: Report
    names: tuple[UnknownName, ...] = ()
    drafts: tuple[Incident, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    failure: str = ""
    asked: bool = True


def propose(workspace: Workspace, extractor: Extractor, report_ids: Sequence[str] = ()) -> Iterator[Told]:
    """Run an extractor over reports and keep what is new; whoever wrote the extractor, every span is checked again.

    Parameters
    ----------
    workspace
        Where the reports are, and where what is new goes.
    extractor
        Points at words; see :mod:`incidentmap.model.proposal`.
    report_ids
        Which reports; all of the workspace where none is named.

    Yields
    ------
    Told
        One for each report, as soon as it is done. After the first that finds the extractor unavailable, the rest goes unasked.

    Raises
    ------
    BadValue
        If a report is not in the workspace; nothing was asked then.
    """
    down = False
    for report in _reports(workspace, report_ids):
        told = Told(report, asked=False) if down else _ask(workspace, extractor, report)
        down = down or not told.asked
        yield told


def _reports(workspace: Workspace, ids: Sequence[str]) -> tuple[Report, ...]:
    known = {each.id: each for each in workspace.store.reports()}
    for each in ids:
        if each not in known:
            raise BadValue("--report", each, "the id of a report of this workspace")
    return tuple(known[each] for each in dict.fromkeys(ids)) or tuple(known.values())


def _ask(workspace: Workspace, extractor: Extractor, report: Report) -> Told:
    reading = workspace.store.reading(report.id) or Reading((), (), (), ())
    try:
        proposed = checked(report, extractor.propose(report, reading), extractor.name)
    except ExtractorUnavailable as error:
        return Told(report, failure=str(error), asked=False)
    except ExtractorUnreadable as error:
        return Told(report, failure=str(error))
    with in_force(workspace.registry):
        told = _sorted_out(workspace, report, reading, proposed)
    _keep(workspace, told)
    return told


def _keep(workspace: Workspace, told: Told) -> None:
    workspace.store.names.note(told.names)
    if told.drafts:
        read = with_proposed(workspace.store, told.report.id, read_now(workspace, told.report))
        workspace.store.replace(told.report, with_drafts(read, told.drafts))
        read_again(workspace, told.report.id)  # somebody may have decided meanwhile


def _sorted_out(workspace: Workspace, report: Report, reading: Reading, proposed: Proposed) -> Told:
    dropped, names, drafts = list(proposed.dropped), dict[tuple[str, NameKind], UnknownName](), dict[str, Incident]()
    for each in proposed.proposals:
        if each.kind is ProposalKind.EVENT:
            draft, left = _event(workspace, report, replace(reading, incidents=(*reading.incidents, *drafts.values())), each)
            drafts |= {draft.id: draft} if draft else {}
            dropped += left
            continue
        kind = _NAMES[each.kind]
        why = _known(workspace, reading, each)
        if why:
            dropped.append(Dropped(excerpt(each.span.quote), why))
        else:
            names.setdefault((fold_name(each.span.quote), kind), UnknownName(report.id, each.span, kind, each.by, each.why))
    return Told(report, tuple(names.values()), tuple(drafts.values()), tuple(dropped))


def _event(
    workspace: Workspace, report: Report, reading: Reading, proposal: Proposal,
) -> tuple[Incident | None, tuple[Dropped, ...]]:
    read = read_pointed(report, proposal, workspace.gazetteer, workspace.region_id)
    if read.draft is None:
        return None, read.unread
    if any(each.id == read.draft.id for each in reading.incidents) or read_already(read.draft, reading):
        return None, (Dropped(excerpt(proposal.span.quote), reason("proposal_event_known")),)
    return read.draft, read.unread


def _known(workspace: Workspace, reading: Reading, proposal: Proposal) -> Reason | None:
    """Why a name needs nobody's decision, None if nobody knows it."""
    name, span = proposal.span.quote, proposal.span
    if not fold_name(name):
        return reason("proposal_no_letters")
    marked = any(each.kind in {MentionKind.ACTOR, MentionKind.PLACE, MentionKind.DATE} and overlap(each.span, span)
                 for each in reading.mentions)
    listed = [each.span for each in reading.unknown] + [each.span for each in reading.doubts]
    if marked or any(overlap(each, span) for each in listed):
        return reason("proposal_known")
    if name_key(name) in registry().never:
        return reason("proposal_no_actor")
    if fold_name(name) in _actor_names(registry()):
        return reason("proposal_known_actor")
    meant = workspace.gazetteer.resolve(name, region=workspace.region_id, report=proposal.report).status
    unknown = {ResolutionStatus.MISS, ResolutionStatus.AMBIGUOUS} if proposal.kind is ProposalKind.ACTOR_NAME \
        else {ResolutionStatus.MISS}
    return None if meant in unknown else reason("proposal_known_place")


@lru_cache(maxsize=4)
def _actor_names(known: Registry) -> frozenset[str]:
    """All names and aliases of a registry, folded."""
    told = (name for actor in known.actors.values() for _, name in (*actor.names, *actor.aliases))
    return frozenset(fold_name(each) for each in told)
