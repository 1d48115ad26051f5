"""`incidentmap names ...`: names of actors that nobody knows, and what people decide about them."""

import argparse
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from incidentmap.cli.cases import opened_case
from incidentmap.cli.options import DONE, LANGUAGE, SHOWN, add_action, add_actions, add_json, add_who, plural, say, say_json
from incidentmap.model import Actor, BadValue, Naming, NamingVerdict
from incidentmap.store import naming_record
from incidentmap.walks import names
from incidentmap.walks.workspace import Workspace, open_workspace
from incidentmap.words import say_reason

_NAME = re.compile(r"n-[0-9a-f]{8}")


def add_options(whole: argparse.ArgumentParser) -> None:
    """What the command can do."""
    each = add_actions(whole)
    command = add_json(add_action(each, "list", list_names, "list the names to decide, the most frequent first"))
    command.add_argument("--limit", type=int, metavar="N", help=f"the first N alone; default: {SHOWN}, all for --json")
    other = command.add_mutually_exclusive_group()
    other.add_argument("--log", action="store_true", help="list instead what was decided, newest first, the chain checked")
    other.add_argument("--known", action="store_true", help="list instead all known actors, own ones last")
    _name(add_json(add_action(each, "show", show, "show a name: where it stands, and the known actors most like it")))
    command = _name(add_action(each, "same-as", same_as, "say that a name is another one of a known actor"))
    command.add_argument("actor", metavar="ACTOR", help="its id (see: incidentmap names list --known)")
    _decides(command)
    _new(_name(add_action(each, "new", new, "add an actor of your own")))
    _decides(_name(add_action(each, "not-an-actor", not_an_actor, "say that a name is none of an actor")))
    command = add_action(each, "undo", undo, "take back what was decided")
    command.add_argument("number", type=int, metavar="NUMBER", help="of the naming (see: incidentmap names list --log)")
    _decides(command)
    command = add_action(each, "export", export, "write the log as namings.csv, to read, compare and replay")
    command.add_argument("--output", required=True, type=Path, metavar="FILE.csv", help="file to write; - for standard output")
    command = add_action(each, "replay", replay, "append the namings of a namings.csv that are not here yet")
    command.add_argument("file", type=Path, metavar="FILE.csv", help="an exported log; this workspace's must be its beginning")


def list_names(options: argparse.Namespace) -> int:
    """List the queue, the log or the registry."""
    workspace = opened_case(options.workspace)
    if options.log:
        return _list_log(workspace, as_json=options.json)
    if options.known:
        return _list_known(workspace, as_json=options.json)
    found = names.open_names(workspace)
    limit = options.limit if options.limit is not None else len(found) if options.json else SHOWN
    shown = found[:max(limit, 0)]
    if options.json:
        say_json([_open_record(each) for each in shown])
        return DONE
    say(line for each in shown for line in _open_lines(each))
    more = f", {len(found) - len(shown)} more with --limit" if len(shown) < len(found) else ""
    say([f"{plural(len(found), 'unknown name')}{more}"])
    return DONE


def show(options: argparse.Namespace) -> int:
    """Show a name."""
    workspace = opened_case(options.workspace)
    found = names.open_name(workspace, options.name)
    if found is None:
        raise BadValue("name", options.name, "an open name or its id", "See: incidentmap names list")
    near = names.alike(workspace, found.name)
    if options.json:
        alike = [{"actor": each.actor.id, "alias": each.alias, "score": round(each.score, 1)} for each in near]
        say_json({**_open_record(found), "alike": alike})
        return DONE
    say(_open_lines(found))
    say(f"    {say_reason(LANGUAGE, why)}" for why in found.why)
    say(f"    {number}  {each.actor.id}: {each.alias}  {each.score:.0f}" for number, each in enumerate(near, 1))
    return DONE


def same_as(options: argparse.Namespace) -> int:
    """Another name of a known actor."""
    workspace = opened_case(options.workspace)
    made = names.same_as(workspace, _written(workspace, options.name), options.actor, options.who, options.why)
    return _told(made, as_json=options.json)


def new(options: argparse.Namespace) -> int:
    """An own actor."""
    workspace = opened_case(options.workspace)
    valid = (_day("--valid-from", options.valid_from), _day("--valid-to", options.valid_to))
    made = names.new_actor(workspace, _written(workspace, options.name), options.kind, options.who, called=options.called,
                           parent=options.parent, valid=valid, why=options.why)
    return _told(made, as_json=options.json)


def not_an_actor(options: argparse.Namespace) -> int:
    """No actor."""
    workspace = opened_case(options.workspace)
    made = names.not_an_actor(workspace, _written(workspace, options.name), options.who, options.why)
    return _told(made, as_json=options.json)


def undo(options: argparse.Namespace) -> int:
    """Take back."""
    made = names.undo(opened_case(options.workspace), options.number, options.who, options.why)
    return _told(made, as_json=options.json)


def export(options: argparse.Namespace) -> int:
    """Write the log."""
    workspace = opened_case(options.workspace)
    if options.output == Path("-"):
        sys.stdout.write(names.namings_csv(workspace))
    else:
        say([f"{options.output}: {plural(names.export_namings(workspace, options.output), 'naming')}"])
    return DONE


def replay(options: argparse.Namespace) -> int:
    """Append another copy of the log; a workspace that is not there is made."""
    done = names.replay_namings(open_workspace(options.workspace), options.file)
    read = plural(len(done.reports), "report")
    say([f"{options.file}: {plural(done.new, 'new naming')}, {done.known} known already; {read} read again"])
    return DONE


def _list_log(workspace: Workspace, *, as_json: bool) -> int:
    log = workspace.store.names.verify()[::-1]
    undone = {each.undoes: each.number for each in log if each.undoes}
    if as_json:
        say_json([{**naming_record(each), "undone_by": undone.get(each.number)} for each in log])
        return DONE
    say(line for each in log for line in _naming_lines(each, undone.get(each.number)))
    say([f"{plural(len(log), 'naming')}, {len(undone)} undone, chain unbroken"])
    return DONE


def _list_known(workspace: Workspace, *, as_json: bool) -> int:
    known = workspace.registry.actors.values()
    if as_json:
        say_json([_actor_record(each) for each in known])
        return DONE
    say(f"{each.id}: {each.name(LANGUAGE)}  {each.inter or '-'}{f'  part of {each.parent}' if each.parent else ''}"
        for each in known)
    say([plural(len(known), "known actor")])
    return DONE


def _written(workspace: Workspace, name: str) -> str:
    """The name as given, or that of an open one's id."""
    if not _NAME.fullmatch(name):
        return name
    found = names.open_name(workspace, name)
    if found is None:
        raise BadValue("name", name, "the id of an open name", "See: incidentmap names list")
    return found.name


def _day(option: str, words: str) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError as error:
        raise BadValue(option, words, "a day such as 2017-03-02") from error


def _told(made: Naming, *, as_json: bool) -> int:
    if as_json:
        say_json(naming_record(made))
    else:
        say(_naming_lines(made, None))
    return DONE


def _open_lines(found: names.OpenName) -> Iterator[str]:
    where = plural(len(found.reports), "report")
    yield f"{found.id}  \"{found.name}\": {plural(found.count, 'time')} in {where}, first in {found.reports[0]}"
    yield f"    {' '.join(found.words.split())}"


def _open_record(found: names.OpenName) -> dict[str, object]:
    return {
        "id": found.id, "name": found.name, "count": found.count, "reports": list(found.reports), "words": found.words,
        "start": found.start, "end": found.end, "proposers": list(found.proposers),
        "reasons": [{"code": why.code, "words": say_reason(LANGUAGE, why)} for why in found.why],
    }


def _naming_lines(naming: Naming, undone_by: int | None) -> Iterator[str]:
    what = {
        NamingVerdict.SAME_AS: f"\"{naming.name}\" is {naming.actor}",
        NamingVerdict.NEW: f"\"{naming.name}\" is a new actor, {naming.actor}",
        NamingVerdict.NOT_AN_ACTOR: f"\"{naming.name}\" is no actor",
        NamingVerdict.UNDO: f"undo of {naming.undoes}, \"{naming.name}\"",
    }[naming.verdict]
    gone = f"  (undone by {undone_by})" if undone_by else ""
    yield f"{naming.number}  {naming.at}  {naming.who}: {what}{gone}"
    yield from ([f"    why: {naming.why}"] if naming.why else [])


def _actor_record(actor: Actor) -> dict[str, object]:
    first, last = (day.isoformat() if day else None for day in (actor.valid_from, actor.valid_to))
    return {
        "id": actor.id, "names": dict(actor.names), "aliases": list(dict.fromkeys(alias for _, alias in actor.aliases)),
        "inter": actor.inter, "parent": actor.parent or None, "valid_from": first, "valid_to": last,
    }


def _name(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("name", metavar="NAME", help="as reports write it, or the id of a name of the list (n-...)")
    return command


def _new(command: argparse.ArgumentParser) -> None:
    told = ("1 state forces, 2 rebel group, 3 political militia, 4 identity militia, 5 rioters, 6 protesters, 7 civilians, "
            "8 others")
    command.add_argument("--kind", required=True, type=int, metavar="1-8", help=f"ACLED's interaction code: {told}")
    command.add_argument("--called", default="", metavar="NAME", help="its proper name; default: as reports write it")
    command.add_argument("--parent", default="", metavar="ACTOR", help="id of the actor that it is part of")
    command.add_argument("--valid-from", default="", metavar="DAY", help="first day of its life, such as 2017-03-02")
    command.add_argument("--valid-to", default="", metavar="DAY", help="last day")
    _decides(command)


def _decides(command: argparse.ArgumentParser) -> None:
    add_json(add_who(command))
