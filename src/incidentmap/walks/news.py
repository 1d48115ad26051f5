"""What a question finds beside what the last edition of a schedule told: counted, and told record by record."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from incidentmap.frames.compare import compare_records
from incidentmap.frames.flat import FLAT, incident_batches
from incidentmap.gazetteer import boundary
from incidentmap.maps import number_words, span_words
from incidentmap.model import ALL_SOURCES, Aspect, Incident, IncidentQuery, RecordChange, RecordChanges
from incidentmap.publish import Profile
from incidentmap.registry import in_force
from incidentmap.store.editions import Edition, OpenEditions, Standing
from incidentmap.walks.workspace import Workspace
from incidentmap.words import say, say_count

_KEPT = tuple(name for name in FLAT.names if name != "geometry")
_FRESH, _GONE = frozenset({Aspect.NEW, Aspect.PARTED}), frozenset({Aspect.GONE, Aspect.MERGED})
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class News:
    """How what a question finds differs from what the last edition stood on.

    Parameters
    ----------
    changes
        As they may be told. An incident that is found no more counts as gone only if the question is the same.
    last
        The last edition, None if this is the first; then everything is new.
    standing
        What is found now.
    """

    changes: RecordChanges
    last: Edition | None
    standing: Standing

    @property
    def fresh(self) -> tuple[str, ...]:
        """Ids that were not there."""
        return tuple(each.id for each in self.changes.changes if _FRESH & set(each.aspects))

    @property
    def gone(self) -> tuple[str, ...]:
        """Ids that are found no more."""
        return tuple(each.id for each in self.changes.changes if _GONE & set(each.aspects))

    @property
    def changed(self) -> tuple[str, ...]:
        """Ids of what was told otherwise."""
        return tuple(each.id for each in self.changes.changes if not (_FRESH | _GONE) & set(each.aspects))

    @property
    def told(self) -> Collection[str]:
        """What a briefing tells one by one."""
        return {*self.fresh, *self.changed}

    def words(self, language: str) -> str:
        """In a sentence."""
        if self.last is None:
            return say(language, "briefing.since_first")
        numbers = (("fresh", self.fresh), ("changed", self.changed), ("gone", self.gone))
        parts = [say_count(language, f"briefing.since_{key}", len(ids), count=number_words(len(ids), language))
                 for key, ids in numbers if ids]
        return say(language, "briefing.since", day=_day_words(self.last, language), news=", ".join(parts))

    def section(self, language: str) -> RecordChanges | None:
        """What a section of the briefing tells; None in a first edition, where nothing was told before."""
        if self.last is None:
            return None
        return replace(self.changes, before=say(language, "briefing.changed_edition", day=_day_words(self.last, language)))


def told_records(workspace: Workspace, incidents: Sequence[Incident]) -> pa.Table:
    """Incidents as they are told, as the flat records that are compared.

    Their figures are those of all sources and the reports themselves stay out, so that another rule is no news.
    """
    with in_force(workspace.registry):
        batches = incident_batches(incidents, region=workspace.region_id, boundary=boundary, rule=ALL_SOURCES, reports={})
        return pa.Table.from_batches(batches, FLAT).select(_KEPT)


def news_of(records: pa.Table, editions: OpenEditions, query: IncidentQuery, profile: Profile) -> News:
    """What is new of some records, as they are told."""
    before, last = editions.standing(), editions.last()
    now = Standing(hashlib.sha256(repr(profile).encode()).hexdigest()[:_DIGITS], records)
    if before is None or last is None:
        return News(compare_records(records.slice(0, 0), records, ("", "")), None, now)
    shared = [name for name in records.column_names if name in before.records.column_names]  # another program had others
    found = compare_records(before.records, records.select(shared), ("", ""))
    same_question = last.question == question_text(query)
    changes = tuple(
        _tellable(each, profile, same_rules=before.profile == now.profile) for each in found.changes
        if same_question or Aspect.GONE not in each.aspects
    )
    return News(replace(found, changes=changes), last, now)


def question_text(query: IncidentQuery) -> str:
    """A question as the record keeps it."""
    return json.dumps(query.to_params(), sort_keys=True)


def _tellable(change: RecordChange, profile: Profile, *, same_rules: bool) -> RecordChange:
    """What may be told of a change.

    Under a profile that holds something back, what is told no more is not told again; and what was told under other rules
    may be finer than they are now.
    """
    if profile.lets_all_out or (same_rules and change.after):
        return change
    return change if _FRESH & set(change.aspects) else replace(change, before=None, km=None, fields=())


def _day_words(edition: Edition, language: str) -> str:
    return span_words(edition.day, edition.day, language)
