"""From a file of events to a snapshot of the workspace: every row accepted or refused with a reason, all of it kept or nothing.

open -> mapping -> check -> places -> store; the refused rows go to a file of the workspace, doubtful names to its queue.
"""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pyarrow as pa

from incidentmap.gazetteer import Gazetteer, open_gazetteer
from incidentmap.gazetteer.decided import NOTHING, decided
from incidentmap.model import BadValue, ImportProgress, ImportRecord, Snapshot, UnwritablePlace, reason
from incidentmap.paths import shipped
from incidentmap.registry import shipped_registry
from incidentmap.store.events import Events, open_events, write_events
from incidentmap.tables.guess import Guess
from incidentmap.tables.presets import mapping_text
from incidentmap.tables.schema import SCHEMA_VERSION
from incidentmap.tables.source import Source
from incidentmap.walks.decide import PERSON, person, utc_now
from incidentmap.walks.gazetteer import shelves_of
from incidentmap.walks.import_actors import ActorNames
from incidentmap.walks.import_asked import AS_IT_LOOKS, ImportAsked, ImportDone
from incidentmap.walks.import_mapping import REFUSED, MappingAsked, is_refused_again, keep_beside, mapped
from incidentmap.walks.import_own import PRESET, OwnPart, open_table, own_parts
from incidentmap.walks.import_places import PlaceNames
from incidentmap.walks.import_rows import EventRows
from incidentmap.walks.import_sample import RowVerdict
from incidentmap.walks.import_units import units_in
from incidentmap.walks.questions import note_questions
from incidentmap.walks.workspace import CASE_FILE, Workspace, has_case, open_workspace

Clock = Callable[[], datetime]
Restored = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]
"""Gives accepted rows what only an export of ours knows of them."""
LICENCES = {"acled": "ACLED terms of use", "ucdp": "CC BY 4.0, UCDP", "gdelt": "GDELT, free with citation"}
_WARN_EXPORT = frozenset({"acled"})
_CHUNK = 1 << 20
_MOST_FAR = 20


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an import goes: the workspace, None for a dry run where there is none yet."""

    workspace: Workspace | None
    events: Events | None

    def names(self) -> PlaceNames:
        """Who looks up the names."""
        decisions = decided(self.workspace.store.decisions.all()) if self.workspace else NOTHING
        gazetteer: Gazetteer = self.workspace.gazetteer if self.workspace else open_gazetteer(shelves=shelves_of(None))
        return PlaceNames(gazetteer, decisions, self.workspace.region_id if self.workspace else None)


def import_table(
    asked: ImportAsked, progress: Callable[[ImportProgress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False, clock: Clock = utc_now,
) -> ImportDone:
    """Take the rows of a file into a workspace.

    Until all of it is kept nothing has changed: whoever stops, kills or refuses an import leaves what was there.

    Raises
    ------
    UnreadableTable
        If the file cannot be read, or holds no incidents.
    BadValue
        If preset, mapping, source or country cannot be.
    Stopped
        If it was cancelled.
    UnwritablePlace
        If another import is at work, or the disk has no room.
    """
    source = open_table(asked.path, asked.sheet)
    parts = own_parts(source) if asked.mapping == AS_IT_LOOKS else ()
    taken = partial(_import, progress=progress, cancelled=cancelled, clock=clock)
    done = [taken(_of_part(asked, part), part.source, part.restored) for part in parts]
    return _together(done) if done else taken(asked, source, _actors(asked.workspace).all_named)


def _actors(folder: Path) -> ActorNames:
    """Those of a workspace, and the shipped ones where there is none yet."""
    return ActorNames(open_workspace(folder).registry if has_case(folder) else shipped_registry())


def _of_part(asked: ImportAsked, part: OwnPart) -> ImportAsked:
    """The import of one source of an export of ours: its rows were placed before."""
    return replace(asked, mapping=MappingAsked(PRESET, source=part.publisher), places=False)


def _together(done: Sequence[ImportDone]) -> ImportDone:
    """What came of the sources of one file, in sum; each made a snapshot of its own, of which the last is told."""
    if len(done) == 1:
        return done[0]
    found = sum((Counter(each.by_rule) for each in done), Counter())
    told = reason("import_own_sources", sources=", ".join(
        f"{each.guess.mapping.source} ({each.accepted:,}{f', snapshot {each.snapshot.number}' if each.snapshot else ''})"
        for each in done))
    return replace(
        done[-1], rows=sum(each.rows for each in done), accepted=sum(each.accepted for each in done),
        merged=sum(each.merged for each in done), warned=sum(each.warned for each in done),
        refused=sum(each.refused for each in done), by_rule=dict(found.most_common()),
        refused_file=next((each.refused_file for each in done if each.refused_file), None),
        shown=tuple(row for each in done for row in each.shown), notes=(told, *done[-1].notes),
        warn_export=any(each.warn_export for each in done), seconds=sum(each.seconds for each in done),
    )


def _import(
    asked: ImportAsked, source: Source, restored: Restored, *, progress: Callable[[ImportProgress], None],
    cancelled: Callable[[], bool], clock: Clock,
) -> ImportDone:
    """Import the rows of one source."""
    begun, now = time.monotonic(), clock()
    log = _log(asked.workspace)
    guess = mapped(source, asked.mapping, asked.workspace, log)
    place = _place(asked)
    names = place.names() if asked.places else None
    refused = None if asked.dry_run else _refused_path(asked.workspace / REFUSED, guess.mapping.source, now)
    rows = EventRows(source, guess, names, refused, now.date(), asked.language, cancelled)
    apart = asked.beside and _has_others(log, guess.mapping.source, asked.path.name)
    asked = replace(asked, partial=asked.partial or apart or is_refused_again(source.columns))
    snapshot, questions = None, None
    if place.events and place.workspace and not asked.dry_run:
        try:
            snapshot = _write(place.events, rows, restored, _record(asked, guess, now), progress=progress, cancelled=cancelled)
        except BaseException:
            if refused:
                refused.unlink(missing_ok=True)
            raise
        if refused and snapshot is None:
            keep_beside(refused, guess.mapping)
        if names:
            questions = note_questions(place.workspace, asked.path.name, names.tally.doubts())
    else:
        _look(rows, progress)
    return _done(asked, source, rows, snapshot=snapshot, questions=questions, seconds=time.monotonic() - begun)


def _log(folder: Path) -> tuple[Snapshot, ...]:
    """The imports so far; no workspace is made for a file that may be refused."""
    return open_events(folder / CASE_FILE).snapshots() if has_case(folder) else ()


def _has_others(log: tuple[Snapshot, ...], source: str, name: str) -> bool:
    """Whether files of another name were imported of the source."""
    return any(each.run and each.source == source and each.run.record.file_name != name for each in log)


def _place(asked: ImportAsked) -> _Place:
    if asked.dry_run and not has_case(asked.workspace):
        return _Place(None, None)
    return _Place(open_workspace(asked.workspace), open_events(asked.workspace / CASE_FILE))


def _write(
    events: Events, rows: EventRows, restored: Restored, record: ImportRecord, *, progress: Callable[[ImportProgress], None],
    cancelled: Callable[[], bool],
) -> Snapshot | None:
    return write_events(
        events, restored(rows.read()), record, counts=lambda: rows.tally.counts(rows.refused if rows.tally.refused else None),
        units=units_in(shipped("geo")), progress=progress, cancelled=cancelled, expected=rows.source.rows,
    )


def _look(rows: EventRows, progress: Callable[[ImportProgress], None]) -> None:
    """Go through all rows and keep none."""
    for _ in rows.read():
        progress(ImportProgress("reading", rows.tally.rows, rows.source.rows, None))
    rows.tally.counts(None)


def _record(asked: ImportAsked, guess: Guess, now: datetime) -> ImportRecord:
    who = " ".join((asked.who or person()).split())
    if not who:
        raise BadValue("who imports", who, f"a name: --who NAME, or the environment variable {PERSON}")
    source = guess.mapping.source
    return ImportRecord(
        source=source, file_name=asked.path.name, sha256=_digest(asked.path), mapping=mapping_text(guess.mapping),
        schema_version=SCHEMA_VERSION, at=now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), who=who,
        licence=LICENCES.get(source, ""), warn_export=source in _WARN_EXPORT, partial=asked.partial,
    )


def _digest(path: Path) -> str:
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            whole.update(chunk)
    return whole.hexdigest()


def _refused_path(folder: Path, source: str, now: datetime) -> Path:
    """A file that is not there yet."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritablePlace(f"{folder}: cannot be made ({error.strerror}). Check the rights of the workspace.") from error
    stamp, count = f"{source}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}", 1
    while (path := folder / f"{stamp}{f'-{count}' if count > 1 else ''}.csv").exists():
        count += 1
    return path


def _done(
    asked: ImportAsked, source: Source, rows: EventRows, *, snapshot: Snapshot | None, questions: int | None, seconds: float,
) -> ImportDone:
    tally, names = rows.tally, rows.places.tally if rows.places else None
    found = tally.by_rule + (names.by_rule if names else Counter())
    notes = (
        *source.notes,
        *([reason("import_refused_again")] if is_refused_again(source.columns) else ()),
        *([reason("import_names_partial")] if names and names.partial else ()),
        *([reason("import_points_partial", points=f"{names.held:,}")] if names and names.unheld else ()),
    )
    publisher = rows.guess.mapping.source
    return ImportDone(
        path=asked.path, told=source.told, guess=rows.guess, rows=tally.rows, accepted=tally.accepted, merged=tally.merged,
        warned=tally.warned, refused=tally.refused, by_rule=dict(found.most_common()),
        refused_file=rows.refused if tally.refused else None, shown=rows.sample.shown(RowVerdict.REFUSED),
        passed=rows.sample.shown(RowVerdict.WARNED, RowVerdict.CLEAN),
        examples={rule: tuple(found) for rule, found in rows.sample.examples.items()},
        located=dict(names.located) if names else {}, far=names.far_points(_MOST_FAR) if names else (), questions=questions,
        snapshot=snapshot, licence=LICENCES.get(publisher, ""), warn_export=publisher in _WARN_EXPORT, notes=notes,
        seconds=seconds,
    )
