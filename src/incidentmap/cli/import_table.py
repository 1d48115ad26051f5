"""`incidentmap import FILE ...`: a table of events into a workspace, with a verdict for every row."""

import argparse
import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from incidentmap.cli.import_watch import add_watch_options, run_watch
from incidentmap.cli.progress import Advance, progress
from incidentmap.cli.stopping import told_to_stop
from incidentmap.model import ImportProgress, IncidentmapError, Snapshot, Stopped
from incidentmap.tables.formats import READABLE
from incidentmap.tables.verdicts import RULES, Level
from incidentmap.walks import decide
from incidentmap.walks.import_asked import ImportAsked, ImportDone
from incidentmap.walks.import_mapping import AUTO, MappingAsked
from incidentmap.walks.import_table import import_table
from incidentmap.walks.import_tables import snapshots
from incidentmap.words import LANGUAGES, say_reason

DONE, REFUSED, SOME_REFUSED, STOPPED = 0, 1, 3, 130
_LANGUAGE = "en"
_EPILOG = """\
Rows with an id that the source already has take the place of what stood; rows that the file lacks are gone, unless --partial.
Every import is a snapshot: see, compare and undo them with: incidentmap tables. With --json the last line on stdout is one JSON
object: rows, accepted, warned, refused, refused_file (null if none was refused), snapshot (null if nothing was kept), and more.

exit codes:
  0  every row was accepted (some perhaps with a warning)
  1  the file was refused; the message on stderr says what was wrong and what to do, and nothing was changed
  2  the command line could not be understood
  3  some rows were refused, the others are kept; mend the refused ones in their file and import it again
"""


def add_options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    command.epilog = _EPILOG
    command.set_defaults(run=run)
    command.add_argument("file", nargs="?", type=Path, metavar="FILE", help=f"a table: {', '.join(READABLE)}")
    add_watch_options(command)
    command.add_argument("--workspace", required=True, type=Path, metavar="DIR", help="folder of the case; made if need be")
    told = f"what the table is: {AUTO} (default), csv for a plain table, acled, ucdp, gdelt, or the id of a preset"
    command.add_argument("--as", dest="kind", default=AUTO, metavar="KIND", help=told)
    command.add_argument("--mapping", type=Path, metavar="FILE.yaml", help="read the columns as this preset file says")
    command.add_argument("--sheet", metavar="NAME", help="sheet, layer or file in a zip file, where there are several")
    told = "who publishes it, in place of what the table tells: rows with the same source and id are the same event"
    command.add_argument("--source", metavar="ID", help=told)
    command.add_argument("--country", metavar="CODE", help="country of rows that name none (ISO 3166-1 alpha-2)")
    command.add_argument("--partial", action="store_true", help="the file has some rows of its source only: keep the others")
    command.add_argument("--no-places", action="store_true", help="neither look names up nor hold points against them")
    command.add_argument("--dry-run", action="store_true", help="tell what would come of it and change nothing")
    known = decide.person()
    told = f"who imports; default: {decide.PERSON}, else the system's user name ({known.replace('%', '%%')})"
    command.add_argument("--who", default=known, metavar="NAME", help=told)
    told = f"of the messages in the file of refused rows; default: {LANGUAGES[0]}"
    command.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0], help=told)
    command.add_argument("--json", action="store_true", help="as one JSON object")


def run(options: argparse.Namespace) -> int:
    """Import the table, or what is watched, and tell what came of it."""
    if (options.file is None) == (options.watch is None):
        options.refuse("name either a FILE, or what to watch: --watch URL-or-folder")
    if options.watch is not None:
        return run_watch(options, _asked(options), StageProgress, partial(lines, dry_run=False), record)
    before = _last(options.workspace)
    try:
        # An exception of a signal may be raised in a finalizer, where it is lost; a flag is heard between two pieces of work.
        with told_to_stop((signal.SIGINT,)) as stop, StageProgress() as stages:
            done = import_table(_asked(options), stages.tell, stop.is_set)
    except (Stopped, KeyboardInterrupt):
        after = _last(options.workspace)
        stands = "nothing was changed" if after == before else f"snapshot {after} was kept before"
        print(f"incidentmap import: stopped; {stands}.", file=sys.stderr)
        return STOPPED
    except IncidentmapError as error:
        if options.json:
            print(json.dumps({**_NOTHING, "error": str(error)}, ensure_ascii=False))
        raise
    if options.json:
        print(json.dumps(record(done), ensure_ascii=False))
    else:
        for line in lines(done, dry_run=options.dry_run):
            print(line)
    return SOME_REFUSED if done.refused else DONE


class StageProgress:
    """Shows the stages of an import one after another, each by its own bar or lines."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._stage = ""
        self._done = 0
        self._advance: Advance = lambda _: None

    def __enter__(self) -> "StageProgress":
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def tell(self, far: ImportProgress) -> None:
        """Show how far it is now."""
        if far.stage != self._stage:
            self._open.close()
            self._stage, self._done = far.stage, 0
            self._advance = self._open.enter_context(progress(far.stage, far.total))
        self._advance(far.done - self._done)
        self._done = far.done


def lines(done: ImportDone, *, dry_run: bool) -> Iterator[str]:
    """What came of a table, for a person."""
    mapping = done.guess.mapping
    yield f"{done.path}: {say_reason(_LANGUAGE, done.told)}"
    yield f"  read as {mapping.preset}, source {mapping.source}"
    yield from (f"  note: {say_reason(_LANGUAGE, note)}" for note in done.notes)
    yield from _mapped(done)
    yield from (f"  to decide: {say_reason(_LANGUAGE, question)}" for question in done.guess.questions)
    merged = f" ({done.merged:,} of them tell an event again, with its sides swapped)" if done.merged else ""
    yield f"{done.rows:,} rows = {done.accepted:,} accepted{merged} + {done.refused:,} refused; {done.warned:,} with a warning"
    yield from _rules("refused", done, lambda rule: RULES.get(rule) is Level.REFUSED)
    yield from _rules("warning", done, lambda rule: RULES.get(rule) is not Level.REFUSED)
    yield from _places(done)
    if done.refused_file:
        yield f"refused rows: {done.refused_file}"
        yield f"  mend them there, then: incidentmap import {done.refused_file} --partial --workspace {_folder(done)}"
    if done.warn_export:
        yield f"licence: {done.licence}. Its rows may not be published freely: read its terms before you export them."
    elif done.licence:
        yield f"licence: {done.licence}"
    yield _kept(done, dry_run=dry_run)
    yield from _much_gone(done)


def record(done: ImportDone) -> dict[str, object]:
    """The same as a JSON object."""
    run = done.snapshot.run if done.snapshot else None
    changes = run.changes if run else None
    mapping = done.guess.mapping
    return {
        "rows": done.rows, "accepted": done.accepted, "warned": done.warned, "refused": done.refused,
        "refused_file": str(done.refused_file) if done.refused_file else None,
        "snapshot": done.snapshot.number if done.snapshot else None,
        "new": changes.new if changes else None, "changed": changes.changed if changes else None,
        "gone": changes.gone if changes else None, "unchanged": changes.unchanged if changes else None,
        "changed_fields": dict(changes.fields) if changes else {}, "based_on": run.based_on if run else None,
        "by_rule": dict(done.by_rule), "merged": done.merged, "source": mapping.source, "mapping": mapping.preset,
        "columns": {field: list(names) for field, names in mapping.columns.items()}, "unused": list(done.guess.unused),
        "read_as": say_reason(_LANGUAGE, done.told), "located": dict(done.located),
        "far": [{"name": far.name, "country": far.country, "km": far.km, "nearest": far.nearest, "rows": far.rows}
                for far in done.far],
        "questions": done.questions, "licence": done.licence, "warn_export": done.warn_export,
        "notes": [say_reason(_LANGUAGE, note) for note in (*done.notes, *done.guess.questions)],
        "seconds": round(done.seconds, 3),
    }


_NOTHING = dict.fromkeys(("rows", "accepted", "warned", "refused", "refused_file", "snapshot"))


def _asked(options: argparse.Namespace) -> ImportAsked:
    return ImportAsked(
        path=options.file or Path(), workspace=options.workspace,
        mapping=MappingAsked(options.kind, options.mapping, options.source, options.country), sheet=options.sheet,
        partial=options.partial, dry_run=options.dry_run, places=not options.no_places, who=options.who,
        language=options.language,
    )


def _last(folder: Path) -> int:
    """Number of the last snapshot, 0 if there is none."""
    return max((each.number for each in snapshots(folder)), default=0)


def _mapped(done: ImportDone) -> Iterator[str]:
    why: dict[str, list[str]] = {}
    for each in done.guess.evidence:
        why.setdefault(say_reason(_LANGUAGE, each.why), []).append(f"{each.field} <- {each.column}")
    for told, pairs in why.items():
        yield f"  {told}: {', '.join(pairs)}"
    if done.guess.unused:
        yield f"  kept beside, in no field: {', '.join(done.guess.unused)}"


def _rules(title: str, done: ImportDone, is_one: Callable[[str], bool]) -> Iterator[str]:
    for rule, count in done.by_rule.items():
        if count and is_one(rule):
            examples = [str(each.sheet_row) for each in done.examples.get(rule, ())]
            rows = ", ".join(examples if count == len(examples) else [*examples, "..."])
            yield f"  {title}: {rule} {count:,}{f' (row {rows})' if examples else ''}"


def _places(done: ImportDone) -> Iterator[str]:
    for who, rows in done.located.items():
        yield f"  {rows:,} rows without coordinates were placed by their name ({who})"
    for far in done.far[:5]:
        where = f", {far.country}" if far.country else ""
        yield f"  {far.name}{where}: {far.km:,.0f} km from {far.nearest} ({far.rows:,} row{'' if far.rows == 1 else 's'})"
    if done.questions:
        yield f"  {done.questions:,} names wait for a decision (incidentmap decisions queue); then import the file again"


def _kept(done: ImportDone, *, dry_run: bool) -> str:
    if dry_run:
        return "dry run: nothing was changed"
    if done.snapshot is None:
        return "no row was accepted: nothing was changed"
    return kept(done.snapshot)


def kept(snapshot: Snapshot) -> str:
    """What an import changed, in words."""
    run = snapshot.run
    if run is None:
        return f"snapshot {snapshot.number}"
    changes = run.changes
    against = f" against snapshot {run.based_on}" if run.based_on else ""
    if run.based_on and not (changes.new or changes.changed or changes.gone):
        return f"snapshot {snapshot.number}: nothing changed{against}"
    told = f"{changes.new:,} new, {changes.changed:,} changed, {changes.gone:,} gone, {changes.unchanged or 0:,} as before"
    fields = ", ".join(f"{field} {rows:,}" for field, rows in changes.fields[:6])
    gone = "; --partial would have kept those that the file lacks" if changes.gone else ""
    return f"snapshot {snapshot.number}: {told}{against}{f' (changed: {fields})' if fields else ''}{gone}"


def _much_gone(done: ImportDone) -> Iterator[str]:
    """What to do if the file was another part of its source, not a newer state of it."""
    run = done.snapshot.run if done.snapshot else None
    if done.snapshot and run and run.changes.gone > run.changes.changed + (run.changes.unchanged or 0):
        yield "  most of what the source had is gone. Is the file another part of it? Then take this back and import it again:"
        yield f"  incidentmap tables undo {done.snapshot.number} --workspace DIR, then the same command with --partial"


def _folder(done: ImportDone) -> Path | str:
    return done.refused_file.parent.parent if done.refused_file else "DIR"
