"""A briefing on a schedule: each edition tells what is new or told otherwise since the last one, in files of its own."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from incidentmap.briefing.document import Briefing
from incidentmap.export import Head
from incidentmap.model import BadValue, Incident, UnwritablePlace
from incidentmap.publish import load_profile
from incidentmap.store.editions import Edition, OpenEditions, open_editions
from incidentmap.walks.briefing import BriefingAsked, briefing_from, write_told
from incidentmap.walks.leaving import MOST_INCIDENTS, leaving
from incidentmap.walks.news import News, news_of, question_text, told_records
from incidentmap.walks.versions import data_version
from incidentmap.walks.workspace import Workspace

FOLDER = "briefings"
"""Of a workspace: what its schedules have told."""
KINDS = ("pdf", "html")
_KEY_DIGITS = 12


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
        editions.keep(_edition(workspace, asked, paths[0], news), news.standing)
    return Issued(paths, news, head)


def _told(workspace: Workspace, asked: BriefingAsked, editions: OpenEditions) -> tuple[Briefing, News, Head]:
    found: list[News] = []
    profile = load_profile(asked.profile, workspace.folder)

    def choose(incidents: Sequence[Incident]) -> Collection[str]:
        found.append(news_of(told_records(workspace, incidents), editions, asked.query, profile))
        return found[-1].told

    left = leaving(
        workspace, asked.query, day=asked.issued, profile=asked.profile, rule=asked.rule, language=asked.language,
        acknowledged=asked.acknowledged, most=MOST_INCIDENTS, choose=choose,
    )
    (news,) = found
    told = briefing_from(workspace, left, asked, since=news.words(asked.language), changes=news.section(asked.language))
    return told, news, left.head


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
