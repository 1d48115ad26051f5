"""A briefing on a schedule: each edition tells what is new or told otherwise since the last one, in files of its own."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from incidentmap.briefing.document import Briefing
from incidentmap.export import Head
from incidentmap.maps import number_words, span_words
from incidentmap.model import BadValue, Incident, IncidentQuery, Location, UnwritablePlace
from incidentmap.store.editions import Edition, OpenEditions, open_editions
from incidentmap.walks.briefing import BriefingAsked, briefing_from, write_told
from incidentmap.walks.leaving import MOST_INCIDENTS, leaving
from incidentmap.walks.versions import data_version
from incidentmap.walks.workspace import Workspace
from incidentmap.words import say, say_count

FOLDER = "briefings"
"""Of a workspace: what its schedules have told."""
KINDS = ("pdf", "html")
_KEY_DIGITS = 12


@dataclass(frozen=True, slots=True)
class News:
    """What a question finds beside what the last edition of a schedule stood on.

    Parameters
    ----------
    fresh, changed, gone
        Ids that were not there, that were told otherwise, and that are found no more (only if the question is the same).
    marks
        What stands of each incident now.
    last
        The last edition, None if this is the first.
    """

    fresh: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    marks: Mapping[str, str]
    last: Edition | None

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
        return say(language, "briefing.since", day=span_words(self.last.day, self.last.day, language), news=", ".join(parts))


@dataclass(frozen=True, slots=True)
class Issued:
    """What a run did: the files written, none if there was nothing to tell, the news, and what of all is held back."""

    paths: tuple[Path, ...]
    news: News
    head: Head


def issue(workspace: Workspace, asked: BriefingAsked, folder: Path, kinds: Sequence[str] = KINDS[:1]) -> Issued:
    """Write the next edition of a briefing, if there is anything to tell.

    A schedule is the same folder, profile, language and question; only the question's days may differ from run to run. What
    counts as told is what readers of that profile were shown: an incident that leaves an embargo is new to them. The record of
    the edition is kept after its files are whole; a run that was stopped between is done again, in files of other names.

    Parameters
    ----------
    workspace, asked
        What is told, and how.
    folder
        Where editions gather; made if the folder above it is there.
    kinds
        Of :data:`KINDS`; one file each, `briefing-<profile>-<language>-<day>.<kind>`. No file is ever replaced.

    Raises
    ------
    ScheduleBusy
        If another run of this schedule is at work.
    BadValue
        As :func:`incidentmap.walks.leaving.leaving`, and if there are more rows than can be told one by one.
    UnwritablePlace
        If a file cannot be written there.
    """
    wrong = [kind for kind in kinds if kind not in KINDS]
    if wrong or not kinds:
        raise BadValue("kind of briefing", ", ".join(wrong), " or ".join(KINDS))
    _make(folder)
    with open_editions(_record(workspace, asked, folder)) as editions:
        told, news, head = _told(workspace, asked, editions)
        if not (news.fresh or news.changed or news.gone):
            return Issued((), news, head)
        paths = tuple(
            path for kind in kinds for path in write_told(workspace, told, asked, _free(folder, asked, kind))
        )
        editions.keep(_edition(workspace, asked, paths[0], news), news.marks)
    return Issued(paths, news, head)


def _told(workspace: Workspace, asked: BriefingAsked, editions: OpenEditions) -> tuple[Briefing, News, Head]:
    found: list[News] = []

    def choose(incidents: Sequence[Incident]) -> Collection[str]:
        found.append(news_of(incidents, editions, asked.query))
        return found[-1].told

    left = leaving(
        workspace, asked.query, day=asked.issued, profile=asked.profile, rule=asked.rule, language=asked.language,
        acknowledged=asked.acknowledged, most=MOST_INCIDENTS, choose=choose,
    )
    (news,) = found
    return briefing_from(workspace, left, asked, since=news.words(asked.language)), news, left.head


def news_of(incidents: Sequence[Incident], editions: OpenEditions, query: IncidentQuery) -> News:
    """What is new of some incidents, as they are told."""
    before, last = editions.marks(), editions.last()
    marks = {each.id: mark(each) for each in incidents}
    same = last is not None and last.question == question_text(query)
    return News(
        fresh=tuple(own for own in marks if own not in before),
        changed=tuple(own for own, new in marks.items() if before.get(own, new) != new),
        gone=tuple(sorted(before.keys() - marks.keys())) if same else (), marks=marks, last=last,
    )


def mark(incident: Incident) -> str:
    """A short text that is the same as long as a briefing tells the same of an incident: 16 hexadecimal digits."""
    claims = [
        (each.claimant, each.stance, each.field, each.subject, each.value, each.low, each.best, each.high, each.hedged,
         each.span.quote)
        for each in incident.claims
    ]
    when = (incident.date.start.isoformat(), incident.date.end.isoformat(), incident.date.precision) if incident.date else None
    told = (
        incident.status, incident.event_type, incident.sub_event_type, when, _place(incident.location),
        [(each.id, each.name, each.role) for each in incident.actors], claims, [each.id for each in incident.parts],
    )
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def question_text(query: IncidentQuery) -> str:
    """A question as the record keeps it."""
    return json.dumps(query.to_params(), sort_keys=True)


def _place(where: Location | None) -> tuple[object, ...] | None:
    if where is None:
        return None
    line = [(each.lon, each.lat) for each in where.line]
    return (where.name, where.position.lon, where.position.lat, line, where.radius_km, where.area_id, where.where_prec,
            where.geo_precision)


def _record(workspace: Workspace, asked: BriefingAsked, folder: Path) -> Path:
    """Of this schedule alone."""
    question = question_text(replace(asked.query, start=None, end=None))
    told = [asked.profile, asked.language, str(folder.resolve()), question]
    key = hashlib.sha256(json.dumps(told).encode()).hexdigest()[:_KEY_DIGITS]
    return workspace.folder / FOLDER / f"{asked.profile}-{key}.sqlite"


def _edition(workspace: Workspace, asked: BriefingAsked, path: Path, news: News) -> Edition:
    return Edition(
        asked.issued, question_text(asked.query), data_version(workspace), path.name, len(news.fresh), len(news.changed),
        len(news.gone),
    )


def _free(folder: Path, asked: BriefingAsked, kind: str) -> Path:
    """A name that no edition has yet: a second one of the same day is numbered."""
    stem, number = f"briefing-{asked.profile}-{asked.language}-{asked.issued.isoformat()}", 1
    path = folder / f"{stem}.{kind}"
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.{kind}"
    return path


def _make(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        todo = "Name a folder, in one that is there and that you may write."
        raise UnwritablePlace(f"{folder}: cannot be made ({error.strerror}). {todo}") from error
