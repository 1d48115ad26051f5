"""How many victims a query's incidents have, under a named rule: in all, and group by group."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from incidentmap.model import (
    COUNTED,
    BadValue,
    Incident,
    IncidentQuery,
    ReportClaim,
    Role,
    RuleKind,
    Total,
    TotalRule,
    all_totals,
    joined_totals,
)
from incidentmap.store.events.all_rows import by_source
from incidentmap.store.events.asked import Asks
from incidentmap.store.events.casualties import grouped_totals, row_totals
from incidentmap.store.events.queries import count
from incidentmap.walks.event_rows import opened_rows
from incidentmap.walks.select import Selection
from incidentmap.walks.workspace import Workspace

_TAKING_PART = frozenset({Role.ATTACKER, Role.TARGET, Role.PARTY})


@dataclass(frozen=True, slots=True)
class Group:
    """The totals of the incidents that share something; `key` is empty where it is unknown."""

    key: str
    incidents: int
    totals: tuple[Total, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """The answer to "how many".

    Parameters
    ----------
    whole
        All incidents of the query.
    by
        What `groups` go by, None where nothing was asked for.
    groups
        By actor they overlap: an incident stands under each actor and role that has a part in it, so they do not add up.
    data_version
        Of the workspace when it was asked.
    """

    rule: TotalRule
    whole: Group
    by: str | None
    groups: tuple[Group, ...]
    data_version: str


def totals(workspace: Workspace, query: IncidentQuery, rule: TotalRule, by: str | None = None) -> Totals:
    """The totals of what a query selects.

    Parameters
    ----------
    workspace, query, rule
        Which incidents are meant, and how rival figures of one become a range.
    by
        `actor`, `month`, `admin1` or `event_type`, or None for no groups.

    Raises
    ------
    BadValue
        If the rule names a source that says nothing in this case, or `by` is something else.
    """
    if by is not None and by not in KEYS:
        raise BadValue("what to group by", by, f"one of: {', '.join(KEYS)}")
    version = workspace.store.version()
    incidents = workspace.store.incidents(query)
    published = workspace.store.report_days()
    shared = workspace.store.report_claims(each.id for each in incidents)
    with opened_rows(workspace) as rows:
        check_source(rule, incidents, rows, query)
        beside = grouped_totals(rows, query, rule, by) if rows and by else {}
        imported = (count(rows, query), row_totals(rows, query, rule)) if rows else None
    found = _grouped(incidents, by) if by else {}
    groups = (
        _with(_group(key, found.get(key, ()), rule, shared, published), beside.get(key)) for key in sorted({*found, *beside})
    )
    return Totals(rule, _with(_group("", incidents, rule, shared, published), imported), by, tuple(groups), version)


def selection_totals(workspace: Workspace, selection: Selection, rule: TotalRule) -> tuple[Total, ...]:
    """The totals of what was selected, with the rows that were only counted."""
    own = all_totals(selection.incidents, rule, selection.report_claims, workspace.store.report_days())
    if not selection.counted:
        return own
    with opened_rows(workspace) as rows:
        return joined_totals(own, row_totals(rows, selection.query, rule)) if rows else own


def check_source(rule: TotalRule, incidents: Iterable[Incident], rows: Asks | None, query: IncidentQuery) -> None:
    """Raise `BadValue`, with those who say something, if a rule's one source gives none of these incidents a figure."""
    if rule.kind is not RuleKind.SOURCE:
        return
    claims = [claim for each in incidents for claim in each.claims if claim.field in COUNTED]
    tables = by_source(rows, query) if rows else {}
    heard = {*tables, *(name for claim in claims for name in (claim.claimant, claim.report))}
    if rule.source not in heard and not (rows and any(each.incidents for each in row_totals(rows, query, rule))):
        choices = ", ".join(sorted({*tables, *(claim.claimant for claim in claims)})) or "nobody gives any figure"
        raise BadValue("source of the rule", rule.source, f"a claimant of these incidents ({choices}), or the id of a report")


def _actor_keys(incident: Incident) -> list[str]:
    acting = {f"{part.id or part.name} ({part.role.value})" for part in incident.actors if part.role in _TAKING_PART}
    return sorted(acting) or [""]


def _month_key(incident: Incident) -> list[str]:
    """The month that holds all of its days; none where they touch several."""
    if incident.date is None:
        return [""]
    first, last = (day.isoformat()[:7] for day in (incident.date.start, incident.date.end))
    return [first if first == last else ""]


def _admin1_key(incident: Incident) -> list[str]:
    return [incident.location.admin1 if incident.location else ""]


KEYS: Mapping[str, Callable[[Incident], list[str]]] = {
    "actor": _actor_keys, "month": _month_key, "admin1": _admin1_key, "event_type": lambda incident: [incident.event_type],
}
"""What totals can be grouped by, with the groups that an incident belongs to."""


def _grouped(incidents: Iterable[Incident], by: str) -> Mapping[str, list[Incident]]:
    groups: defaultdict[str, list[Incident]] = defaultdict(list)
    for incident in incidents:
        for key in KEYS[by](incident):
            groups[key].append(incident)
    return groups


def _group(
    key: str, incidents: Sequence[Incident], rule: TotalRule, shared: Sequence[ReportClaim], published: Mapping[str, date],
) -> Group:
    return Group(key, len(incidents), all_totals(incidents, rule, shared, published))


def _with(group: Group, rows: tuple[int, tuple[Total, ...]] | None) -> Group:
    """A group with its rows of tables, if it has any."""
    return Group(group.key, group.incidents + rows[0], joined_totals(group.totals, rows[1])) if rows else group
