"""`incidentmap tables ...`: the snapshots of imported tables, what differs between two, and the events themselves."""

import argparse
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa

from incidentmap.cli.import_table import kept
from incidentmap.model import Changes, EventChange, IncidentQuery, Snapshot
from incidentmap.store.events.queries import Order, Shown
from incidentmap.walks import decide
from incidentmap.walks import import_tables as walk
from incidentmap.walks.refused_rows import Waiting, waiting

DONE = 0
_EPILOG = """\
exit codes:
  0  done
  1  refused; the message on stderr says what was wrong and what to do, and nothing was changed
  2  the command line could not be understood
"""
_SHOWN = 20
_FILTERS = {
    "from": "DATE", "to": "DATE", "actors": "IDS", "types": "TYPES", "region": "ID", "bbox": "W,S,E,N", "precision": "N",
    "text": "WORDS",
}

Run = Callable[[argparse.Namespace], int]


def add_options(whole: argparse.ArgumentParser) -> None:
    """What the command can do."""
    whole.epilog = _EPILOG
    each = whole.add_subparsers(dest="action", required=True, metavar="ACTION")
    _json(_action(each, "list", list_snapshots, "list all imports and undoings, in order"))
    command = _json(_action(each, "compare", compare, "count what is new, changed and gone from one snapshot to another"))
    command.add_argument("older", type=int, metavar="A", help="number of the older snapshot")
    command.add_argument("newer", type=int, metavar="B", help="number of the newer one")
    told = "list the first N events of each kind, with what their fields were and are"
    command.add_argument("--events", type=_count, default=0, metavar="N", help=told)
    command = _action(each, "undo", undo, "take the last import of a source back, or an undoing")
    command.add_argument("snapshot", type=int, metavar="SNAPSHOT", help="its number")
    command.add_argument("--who", default=decide.person(), metavar="NAME", help=f"who undoes; default: {decide.PERSON}")
    command.add_argument("--why", default="", metavar="WORDS", help="for whoever reads the log later")
    _events(_json(_action(each, "events", events, "list events")))
    command = _action(each, "refused", refused, "say where the rows are that an import refused, or list those that still wait")
    told = "number of the import; without it, all imports whose refused rows were not imported again"
    command.add_argument("snapshot", type=int, nargs="?", metavar="SNAPSHOT", help=told)


def list_snapshots(options: argparse.Namespace) -> int:
    """List the log."""
    log = walk.snapshots(options.workspace)
    if options.json:
        _say_json([_snapshot_record(each) for each in log])
    else:
        _say(line for each in log for line in _snapshot_lines(each))
        _say([f"{len(log)} snapshot{'' if len(log) == 1 else 's'}"])
    return DONE


def compare(options: argparse.Namespace) -> int:
    """Compare two snapshots."""
    asked = (options.workspace, options.older, options.newer)
    found, events = walk.compare_closely(*asked, options.events) if options.events else (walk.compare(*asked), ())
    if options.json:
        _say_json(_changes_record(found) | ({"events": [asdict(each) for each in events]} if options.events else {}))
    else:
        _say([f"{found.new:,} new, {found.changed:,} changed, {found.gone:,} gone"])
        _say(f"  {field}: {rows:,} changed" for field, rows in found.fields)
        _say(line for each in events for line in _change_lines(each))
    return DONE


def undo(options: argparse.Namespace) -> int:
    """Take an import back."""
    made = walk.undo(options.workspace, options.snapshot, options.who, options.why)
    shows = f"shows snapshot {made.shows} again" if made.shows else "shows no rows now"
    _say([f"snapshot {made.number}: {options.snapshot} is taken back; {made.source} {shows}"])
    return DONE


def events(options: argparse.Namespace) -> int:
    """List events, the latest first unless asked otherwise."""
    query = IncidentQuery.from_params({name: getattr(options, name) for name in _FILTERS if getattr(options, name)})
    shown = walk.events_page(
        options.workspace, query, snapshot=options.snapshot, first=options.first, size=options.limit,
        order=Order(options.order),
    )
    if options.json:
        _say([_as_json(shown)])
    else:
        _say(_event_lines(shown))
    return DONE


def refused(options: argparse.Namespace) -> int:
    """Say where the refused rows are."""
    if options.snapshot is None:
        _say(_waiting_lines(waiting(walk.snapshots(options.workspace))))
        return DONE
    path = walk.refused_of(options.workspace, options.snapshot)
    _say([str(path) if path else f"snapshot {options.snapshot} refused no row"])
    return DONE


def _waiting_lines(found: Sequence[Waiting]) -> Iterator[str]:
    for each in found:
        yield f"snapshot {each.number}  {each.source}: {each.rows:,} row{'' if each.rows == 1 else 's'}  {each.file}"
    yield "mend them there and import the file" if found else "no refused rows wait"


def _change_lines(each: EventChange) -> Iterator[str]:
    yield " | ".join(filter(None, (each.fate, each.event_id, each.day, each.place)))
    for field in each.fields:
        yield f"    {field.field}: {field.old or 'empty'} -> {field.new or 'empty'}"


def _snapshot_lines(each: Snapshot) -> Iterator[str]:
    head = f"{each.number}  {each.at}  {each.who}: {each.source}"
    why = f" ({each.why})" if each.why else ""
    if each.run is None:
        yield f"{head}  takes back {each.undoes}; shows {each.shows or 'no rows'}{why}"
        return
    record, counts = each.run.record, each.run.counts
    yield f"{head}  {record.file_name}{'  partial' if record.partial else ''}{why}"
    told = f"{counts.rows:,} rows = {counts.accepted:,} accepted + {counts.refused:,} refused"
    yield f"    {told}; {counts.warned:,} with a warning"
    yield f"    {kept(each)}"


def _snapshot_record(each: Snapshot) -> dict[str, object]:
    record: dict[str, object] = {
        "number": each.number, "at": each.at, "who": each.who, "source": each.source, "shows": each.shows,
        "undoes": each.undoes, "why": each.why,
    }
    if each.run:
        own, counts = each.run.record, each.run.counts
        record |= {
            "file": own.file_name, "sha256": own.sha256, "partial": own.partial, "licence": own.licence, "rows": counts.rows,
            "accepted": counts.accepted, "warned": counts.warned, "refused": counts.refused,
            "refused_file": counts.refused_file,
            "based_on": each.run.based_on, **_changes_record(each.run.changes),
        }
    return record


def _changes_record(found: Changes) -> dict[str, object]:
    return {
        "new": found.new, "changed": found.changed, "gone": found.gone, "unchanged": found.unchanged,
        "changed_fields": dict(found.fields),
    }


def _event_lines(shown: Shown | None) -> Iterator[str]:
    rows = shown.rows.to_pylist() if shown else []
    for row in rows:
        days = " to ".join(dict.fromkeys(str(row[name]) for name in ("date_start", "date_end") if row[name])) or "undated"
        where = ", ".join(filter(None, (row["place"], row["admin1"], row["country"]))) or "no place"
        sides = " / ".join(filter(None, (row["actor1"], row["actor2"])))
        yield " | ".join(filter(None, (row["event_id"], days, row["event_type"], where, sides)))
    yield f"{len(rows):,} of {shown.total if shown else 0:,} events"


def _as_json(shown: Shown | None) -> str:
    rows: pa.Table | None = shown.rows if shown else None
    listed = {"total": shown.total if shown else 0, "events": rows.to_pylist() if rows is not None else []}
    return json.dumps(listed, ensure_ascii=False, indent=1, default=str)


def _events(command: argparse.ArgumentParser) -> None:
    for name, metavar in _FILTERS.items():
        command.add_argument(f"--{name}", metavar=metavar, help="as in the address of the map")
    command.add_argument("--order", choices=[each.value for each in Order], default=Order.LATEST.value, help="default: latest")
    command.add_argument("--first", type=int, default=0, metavar="N", help="leave out the first N")
    command.add_argument("--limit", type=int, default=_SHOWN, metavar="N", help=f"how many; default: {_SHOWN}")
    command.add_argument("--snapshot", type=int, metavar="N", help="as of an earlier snapshot; default: now")


def _action(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, run: Run, told: str,
) -> argparse.ArgumentParser:
    made = commands.add_parser(name, help=told, description=f"{told[0].upper()}{told[1:]}.")
    made.add_argument("--workspace", required=True, type=Path, metavar="DIR", help="folder of the case")
    made.set_defaults(run=run)
    return made


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def _json(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("--json", action="store_true", help="as JSON")
    return command


def _say_json(value: object) -> None:
    _say([json.dumps(value, ensure_ascii=False, indent=1)])


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
