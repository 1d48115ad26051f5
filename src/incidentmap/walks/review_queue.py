"""The queue of drafts by doubt: what several reports tell stands in it once, and a likely duplicate is a reason to look."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any

import yaml

from incidentmap.model import Incident, Pair, Reason, Sameness, Status, reason
from incidentmap.paths import shipped
from incidentmap.store import whole_incident
from incidentmap.walks.duplicates import candidates
from incidentmap.walks.workspace import Workspace

_OTHER = "other"


@dataclass(frozen=True, slots=True)
class Queued:
    """An incident in the queue, merged ones as one.

    Parameters
    ----------
    version
        To decide on; of a merged one those of all its parts.
    doubt
        How doubtful it is.
    parts
        Of a merged one: what each report tells, by id. Empty where one report alone tells of it.
    likely
        Pairs with what is likely the same incident elsewhere, best first.
    """

    incident: Incident
    version: str
    doubt: float
    parts: tuple["Queued", ...] = ()
    likely: tuple[Pair, ...] = ()

    @property
    def told(self) -> tuple["Queued", ...]:
        """What each report tells."""
        return self.parts or (self,)

    @property
    def ids(self) -> frozenset[str]:
        """Ids of all that is shown as this one."""
        return frozenset(each.incident.id for each in self.told)

    @property
    def reports(self) -> frozenset[str]:
        """Ids of the reports that tell of it."""
        return frozenset(each.incident.report for each in self.told)


def queue(
    workspace: Workspace, statuses: Sequence[Status] = (Status.DRAFT,), report: str = "", pairs: Sequence[Pair] | None = None,
) -> tuple[Queued, ...]:
    """Incidents by doubt: the most doubtful first, then by day and id.

    Parameters
    ----------
    workspace
        Where they are.
    statuses
        Where they stand in review.
    report
        The id of the only report whose incidents are meant; empty for all.
    pairs
        That may be one incident, where they are known already (:func:`incidentmap.walks.duplicates.candidates`).
    """
    known = candidates(workspace) if pairs is None else pairs
    rows = _with_likely(workspace, _rows(workspace), [each for each in known if each.sameness is Sameness.LIKELY])
    asked = (row for row in rows if row.incident.status in statuses and (not report or report in row.reports))
    return tuple(sorted(asked, key=lambda row: -row.doubt))


def doubt(reasons: Iterable[Reason]) -> float:
    """How doubtful a draft is: the sum of the weights of its reasons to look (`data/lexicons/review.yaml`)."""
    weights: Mapping[str, float] = review_settings()["weights"]
    return float(sum(weights.get(why.code, weights[_OTHER]) for why in reasons))


def joined(versions: Iterable[str]) -> str:
    """The version of an incident whose parts have these, in the order of their ids."""
    return "+".join(versions)


@cache
def review_settings() -> Mapping[str, Any]:
    """What `data/lexicons/review.yaml` says."""
    loaded: dict[str, Any] = yaml.safe_load(shipped("data", "lexicons", "review.yaml").read_text("utf-8"))
    return MappingProxyType(loaded)


def _rows(workspace: Workspace) -> list[Queued]:
    """All incidents, each merged one in the place of its first part, by day and id."""
    single = {each.id: Queued(each, told, doubt(each.review)) for each, told in workspace.store.reviews.states(tuple(Status))}
    groups = workspace.store.merges.groups()
    rows: dict[str, Queued] = {}
    for name, row in single.items():
        group = groups.id_of(name)
        if group not in rows:
            rows[group] = _merged([single[each] for each in groups.parts[group]]) if group in groups.parts else row
    return list(rows.values())


def _merged(parts: Sequence[Queued]) -> Queued:
    whole = whole_incident([each.incident for each in parts])
    return Queued(whole, joined(each.version for each in parts), doubt(whole.review), tuple(parts))


def _with_likely(workspace: Workspace, rows: Sequence[Queued], pairs: Sequence[Pair]) -> list[Queued]:
    """Rows with the pairs that they are in; of a draft the best pair is a reason to look."""
    by_part = {name: row for row in rows for name in row.ids}
    near: dict[str, list[Pair]] = {}
    for each in pairs:
        for name in each.ids:
            if name in by_part:
                near.setdefault(by_part[name].incident.id, []).append(each)
    beside = {report for each in pairs for name in each.ids if name in by_part for report in by_part[name].reports}
    sources = workspace.store.report_names(beside)
    return [_beside(row, tuple(near.get(row.incident.id, ())), by_part, sources) for row in rows]


def _beside(row: Queued, likely: tuple[Pair, ...], by_part: Mapping[str, Queued], sources: Mapping[str, str]) -> Queued:
    if not likely or row.incident.status is not Status.DRAFT:
        return replace(row, likely=likely)
    other = next(by_part[name].incident for name in likely[0].ids if name not in row.ids)
    why = reason("likely_duplicate", place=other.location.name if other.location else "?", day=_days(other),
                 source=sources.get(other.report, ""), score=f"{likely[0].score:.1f}")
    looked = replace(row.incident, review=(*row.incident.review, why))
    return replace(row, incident=looked, doubt=doubt(looked.review), likely=likely)


def _days(incident: Incident) -> str:
    stated = incident.date
    return "?" if stated is None else str(stated.start) if stated.start == stated.end else f"{stated.start}/{stated.end}"
