"""`incidentmap decisions ...`: the queue of doubtful names, what people decide about them, and the log of it."""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from incidentmap.cli.cases import opened_case
from incidentmap.cli.options import DONE, LANGUAGE, SHOWN, add_action, add_actions, add_json, add_who, plural, say, say_json
from incidentmap.gazetteer.record import rival_record
from incidentmap.model import BadValue, Candidate, Decision, NameAsked, Place, PlaceKind, Position, Resolution, Verdict
from incidentmap.store import record_of
from incidentmap.walks import decide
from incidentmap.walks.follow import read_all_again
from incidentmap.walks.replay import decisions_csv, export_decisions
from incidentmap.walks.replay import replay as replay_walk
from incidentmap.walks.workspace import Workspace, open_workspace
from incidentmap.words import say_reason

_QUESTION = re.compile(r"q-[0-9a-f]{8}")


def add_options(whole: argparse.ArgumentParser) -> None:
    """What the command can do."""
    each = add_actions(whole)
    add_json(add_action(each, "list", list_decisions, "list all decisions, newest first"))
    command = add_action(each, "export", export, "write the log as decisions.csv, to read, compare and replay")
    command.add_argument("--output", required=True, type=Path, metavar="FILE.csv", help="file to write; - for standard output")
    command = add_action(each, "replay", replay, "append the decisions of a decisions.csv that are not here yet")
    command.add_argument("file", type=Path, metavar="FILE.csv", help="an exported log; this workspace's must be its beginning")
    command = add_json(add_action(each, "queue", queue, "list the place names to decide, with their candidates"))
    command.add_argument("--limit", type=int, metavar="N", help=f"the first N alone; default: {SHOWN}, all for --json")
    command.add_argument("--again", action="store_true", help="read all reports again first: the gazetteer may know more")
    command = _name(add_action(each, "pick", pick, "say which place a name means"))
    command.add_argument("place", metavar="PLACE", help="id of a candidate, or its number in the queue")
    command.add_argument("--searched", default="", metavar="NAME", help="another spelling, whose candidates count too")
    _own_place(_name(add_action(each, "override", override, "set a place that the gazetteer lacks")))
    _name(add_action(each, "reject", reject, "say that a name is no place, or none of those known"))
    command = add_action(each, "undo", undo, "take a decision back")
    command.add_argument("number", type=int, metavar="NUMBER", help="of the decision (see: incidentmap decisions list)")
    add_who(command)


def list_decisions(options: argparse.Namespace) -> int:
    """List the log, its chain checked."""
    decisions = opened_case(options.workspace).store.decisions.verify()[::-1]
    undone = {each.undoes: each.number for each in decisions if each.undoes}
    if options.json:
        say_json([{**record_of(each), "undone_by": undone.get(each.number)} for each in decisions])
    else:
        say(line for each in decisions for line in _decision_lines(each, undone.get(each.number)))
        say([f"{plural(len(decisions), 'decision')}, {len(undone)} undone, chain unbroken"])
    return DONE


def export(options: argparse.Namespace) -> int:
    """Write the log."""
    workspace = opened_case(options.workspace)
    if options.output == Path("-"):
        sys.stdout.write(decisions_csv(workspace))
    else:
        count = export_decisions(workspace, options.output)
        say([f"{options.output}: {plural(count, 'decision')}"])
    return DONE


def replay(options: argparse.Namespace) -> int:
    """Append another copy of the log; a workspace that is not there is made."""
    done = replay_walk(open_workspace(options.workspace), options.file)
    read = plural(len(done.reports), "report")
    say([f"{options.file}: {plural(done.new, 'new decision')}, {done.known} known already; {read} read again"])
    return DONE


def queue(options: argparse.Namespace) -> int:
    """List what is to be decided."""
    workspace = opened_case(options.workspace)
    if options.again:
        read_all_again(workspace)
    questions = decide.open_questions(workspace)
    limit = options.limit if options.limit is not None else len(questions) if options.json else SHOWN
    shown = [(each, decide.answer(workspace, each)) for each in questions[:max(limit, 0)]]
    if options.json:
        say_json([_question_record(question, answer) for question, answer in shown])
        return DONE
    say(line for question, answer in shown for line in _question_lines(question, answer))
    more = f", {len(questions) - len(shown)} more with --limit" if len(shown) < len(questions) else ""
    say([f"{plural(len(questions), 'open question')}{more}"])
    return DONE


def pick(options: argparse.Namespace) -> int:
    """Choose a candidate."""
    workspace, asked = _asked(options)
    place = _place_id(decide.offers(workspace, asked, options.searched), options.place)
    made = decide.pick(workspace, asked, place, options.who, options.why, everywhere=not options.report,
                       searched=options.searched)
    return _told(made)


def override(options: argparse.Namespace) -> int:
    """Set an own place."""
    workspace, asked = _asked(options)
    made = decide.override(
        workspace, asked, Position(options.lon, options.lat), options.radius_km, PlaceKind(options.kind), who=options.who,
        name=options.place_name, why=options.why, everywhere=not options.report,
    )
    return _told(made)


def reject(options: argparse.Namespace) -> int:
    """Say that a name is no place."""
    workspace, asked = _asked(options)
    return _told(decide.reject(workspace, asked, options.who, options.why, everywhere=not options.report))


def undo(options: argparse.Namespace) -> int:
    """Take a decision back."""
    return _told(decide.undo(opened_case(options.workspace), options.number, options.who, options.why))


def _asked(options: argparse.Namespace) -> tuple[Workspace, NameAsked]:
    """The workspace and the name: as given, or that of an open question."""
    workspace = opened_case(options.workspace)
    asked = NameAsked(options.name, options.admin, options.country)
    if _QUESTION.fullmatch(options.name):
        asked = _of_question(workspace, options.name)
    if options.report and workspace.store.report(options.report) is None:
        raise BadValue("report", options.report, "the id of a report of this workspace")
    return workspace, NameAsked(asked.name, asked.admin, asked.country, options.report or asked.report)


def _of_question(workspace: Workspace, question_id: str) -> NameAsked:
    known = {each.id: each.asked for each in decide.open_questions(workspace)}
    if question_id not in known:
        raise BadValue("question", question_id, "the id of an open question", "See: incidentmap decisions queue")
    return known[question_id]


def _place_id(offered: Sequence[Candidate], place: str) -> str:
    """The id of a candidate given by number; else the words themselves, which must be an id."""
    if not place.isdecimal():
        return place
    if not 1 <= int(place) <= len(offered):
        raise BadValue("number of the candidate", place, f"one from 1 to {len(offered)}" if offered else "none, there are none")
    return offered[int(place) - 1].place.id


def _told(made: Decision) -> int:
    say(_decision_lines(made, None))
    return DONE


def _decision_lines(decision: Decision, undone_by: int | None) -> Iterator[str]:
    asked = decision.asked
    beside = ", ".join(part for part in (asked.admin, asked.country, asked.report and f"report {asked.report}") if part)
    what = f"undo of {decision.undoes}, " if decision.verdict is Verdict.UNDO else f"{decision.verdict.value} "
    place = f" -> {_place_words(decision.place)}" if decision.place else ""
    gone = f"  (undone by {undone_by})" if undone_by else ""
    name = f"\"{asked.name}\"{f' ({beside})' if beside else ''}"
    yield f"{decision.number}  {decision.at}  {decision.who}: {what}{name}{place}{gone}"
    yield from ([f"    why: {decision.why}"] if decision.why else [])


def _question_lines(question: decide.OpenQuestion, answer: Resolution) -> Iterator[str]:
    asked = question.asked
    beside = ", ".join(part for part in (asked.admin, asked.country) if part)
    yield (
        f"{question.id}  \"{asked.name}\"{f' ({beside})' if beside else ''}: {question.status.value}, "
        f"{plural(question.count, 'time')}, first in {question.origin}"
    )
    words = " ".join(question.sentence.split())
    yield from ([f"    {words}"] if words else [])
    yield from (_candidate_line(n, each) for n, each in enumerate(_candidates(answer), 1))
    if answer.chosen is None:
        yield from (f"    {say_reason(LANGUAGE, why)}" for why in answer.reasons)


def _candidate_line(number: int, candidate: Candidate) -> str:
    return f"    {number}  {_place_words(candidate.place)}  score {candidate.score:.2f}"


def _place_words(place: Place) -> str:
    where = ", ".join(dict.fromkeys(part for part in (place.admin1, place.country) if part))
    position = f"lat {place.position.lat:.4f} lon {place.position.lon:.4f}"
    return f"{place.name} ({'; '.join(part for part in (place.kind.value, where) if part)}) {position} [{place.id}]"


def _question_record(question: decide.OpenQuestion, answer: Resolution) -> dict[str, object]:
    asked = question.asked
    return {
        "id": question.id, "name": asked.name, "admin": asked.admin, "country": asked.country, "report": asked.report,
        "status": question.status.value, "count": question.count, "origin": question.origin, "sentence": question.sentence,
        "start": question.start, "end": question.end,
        "candidates": [{"number": n, **rival_record(each)} for n, each in enumerate(_candidates(answer), 1)],
        "nearest": list(answer.nearest),
    }


def _candidates(answer: Resolution) -> tuple[Candidate, ...]:
    return (answer.chosen, *answer.rivals) if answer.chosen else ()


def _name(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("name", metavar="NAME", help="as the text writes it, or the id of a question of the queue (q-...)")
    command.add_argument("--admin", default="", metavar="UNIT", help="only where the name is asked with this admin unit")
    command.add_argument("--country", default="", metavar="CC", help="only where it is asked with this country")
    command.add_argument("--report", default="", metavar="ID", help="only in this report; else everywhere")
    return add_who(command)


def _own_place(command: argparse.ArgumentParser) -> None:
    command.add_argument("--lat", required=True, type=float, metavar="DEGREES", help="latitude, WGS 84")
    command.add_argument("--lon", required=True, type=float, metavar="DEGREES", help="longitude, WGS 84")
    command.add_argument("--radius-km", required=True, type=float, metavar="KM", help="the place lies within this distance")
    command.add_argument("--kind", choices=[each.value for each in PlaceKind], default="village", help="default: village")
    command.add_argument("--place-name", default="", metavar="NAME", help="the place's own name; default: as asked")


