"""`incidentmap review ...`: the queue of drafts, what people decide about them, and the history of it."""

import argparse
from collections.abc import Iterable, Mapping
from functools import partial

from incidentmap.cli.cases import opened_case
from incidentmap.cli.logs import add_log
from incidentmap.cli.options import DONE, SHOWN, add_action, add_actions, add_json, add_who, say, say_json
from incidentmap.cli.review_words import incident_lines, queue_lines, record, review_lines, review_record
from incidentmap.model import IN_REVIEW, ActorRole, BadValue, Incident, Position, Review, Status
from incidentmap.walks import review
from incidentmap.walks import review_values as values
from incidentmap.walks.replay import Log
from incidentmap.walks.review_queue import doubt, queue
from incidentmap.walks.review_values import Wanted
from incidentmap.walks.workspace import Workspace


def add_options(whole: argparse.ArgumentParser) -> None:
    """What the command can do."""
    each = add_actions(whole)
    command = add_json(add_action(each, "list", list_queue, "list incidents, the most doubtful first"))
    states = [one.value for one in IN_REVIEW]
    command.add_argument("--status", action="append", choices=states, help="default: draft; repeatable")
    command.add_argument("--report", default="", metavar="ID", help="only those of this report")
    command.add_argument("--limit", type=int, metavar="N", help=f"show at most N; default: {SHOWN}, all for --json")
    _incident(add_json(add_action(each, "show", show, "show an incident: its fields, claims, version and history")))
    for name, told in (("accept", "confirm an incident"), ("reject", "say that it is no incident"),
                       ("reopen", "make it a draft again")):
        _who(_incident(add_action(each, name, _set_status, told)))
    _fields(_who(_incident(add_action(each, "edit", edit, "set fields of an incident"))))
    command = _who(_incident(add_action(each, "split", split, "make two incidents of one")))
    command.add_argument("--claims", nargs="+", type=int, default=[], metavar="N", help="numbers of the claims that go along")
    _fields(command, claims=False)
    command = _who(_incident(add_action(each, "merge", merge, "put another draft of the same report into an incident")))
    command.add_argument("other", metavar="OTHER", help="id of the draft that goes into it")
    command = _who(add_action(each, "undo", undo, "take a decision back"), based=False)
    command.add_argument("number", type=int, metavar="NUMBER", help="of the decision (see: incidentmap review history)")
    command = add_json(add_action(each, "history", history, "list the decisions, newest first"))
    command.add_argument("incident", nargs="?", default="", metavar="INCIDENT", help="only those about this incident")
    add_log(partial(add_action, each), Log.REVIEWS)


def list_queue(options: argparse.Namespace) -> int:
    """List the queue."""
    statuses = tuple(Status(each) for each in options.status or [Status.DRAFT.value])
    rows = queue(opened_case(options.workspace), statuses, options.report)
    limit = options.limit if options.limit is not None else len(rows) if options.json else SHOWN
    shown = rows[:max(limit, 0)]
    if options.json:
        say_json([record(each.incident, each.version, each.doubt) for each in shown])
        return DONE
    say(line for each in shown for line in queue_lines(each))
    more = f", {len(rows) - len(shown)} more with --limit" if len(shown) < len(rows) else ""
    say([f"{len(rows)} to review{more}"])
    return DONE


def show(options: argparse.Namespace) -> int:
    """Show an incident."""
    workspace = opened_case(options.workspace)
    version = review.version(workspace, options.incident)
    incident = _found(workspace, options.incident)
    log = review.history(workspace, incident.id)
    if options.json:
        own = record(incident, version, doubt(incident.review))
        say_json({**own, "history": [review_record(each) for each in log]})
        return DONE
    say(incident_lines(incident, version))
    say(line for each in log for line in review_lines(each))
    return DONE


def edit(options: argparse.Namespace) -> int:
    """Set fields."""
    workspace = opened_case(options.workspace)
    incident = _found(workspace, options.incident)
    wanted = [*_wanted(workspace, incident, options), *_claims(workspace, incident, options)]
    if not wanted:
        raise BadValue("edit", "nothing", "at least one field", "See: incidentmap review edit --help")
    return _told(review.edit(workspace, incident.id, wanted, options.who, options.based_on, options.why))


def split(options: argparse.Namespace) -> int:
    """Make two of one."""
    workspace = opened_case(options.workspace)
    wanted = _wanted(workspace, _found(workspace, options.incident), options)
    made = review.split(workspace, options.incident, options.claims, wanted, options.who, options.based_on, options.why)
    return _told(made)


def merge(options: argparse.Namespace) -> int:
    """Make one of two."""
    workspace = opened_case(options.workspace)
    made = review.merge_drafts(workspace, options.incident, options.other, options.who, options.based_on, why=options.why)
    return _told(made)


def undo(options: argparse.Namespace) -> int:
    """Take a decision back."""
    workspace = opened_case(options.workspace)
    return _all_told(workspace, review.undo(workspace, options.number, options.who, options.why))


def history(options: argparse.Namespace) -> int:
    """List decisions."""
    log = review.history(opened_case(options.workspace), options.incident)
    if options.json:
        say_json([review_record(each) for each in log])
        return DONE
    say(line for each in log for line in review_lines(each))
    say([f"{len(log)} decision{'' if len(log) == 1 else 's'}"])
    return DONE


def _set_status(options: argparse.Namespace) -> int:
    run = {"accept": review.accept, "reject": review.reject, "reopen": review.reopen}[options.action]
    workspace = opened_case(options.workspace)
    return _all_told(workspace, run(workspace, options.incident, options.who, options.based_on, options.why))


def _found(workspace: Workspace, incident_id: str) -> Incident:
    review.version(workspace, incident_id)  # refuses an unknown one
    found = workspace.store.incident(incident_id)
    if found is None:
        raise BadValue("incident", incident_id, "the id of an incident of this workspace")
    return found


def _wanted(workspace: Workspace, incident: Incident, options: argparse.Namespace) -> list[Wanted]:
    """Event, date, place and actors, as far as they were given."""
    found: list[Wanted] = []
    if options.event or options.event_type:
        found += values.event(options.event or "", options.event_type or "")
    if options.date:
        start, _, end = options.date.partition("..")
        found.append(values.when(start, end, options.date_precision))
    elif options.no_date:
        found.append(values.NO_DATE)
    if options.place:
        found.append(values.place(workspace, incident, options.place))
    elif options.at:
        found.append(values.point(workspace, incident, _position(options.at), options.radius_km, options.place_name))
    elif options.no_place:
        found.append(values.NO_PLACE)
    if options.actor or options.no_actors:
        found.append(values.parts(tuple(_part(each) for each in options.actor or ())))
    return found


def _position(words: str) -> Position:
    try:
        lat, lon = (float(each) for each in words.split(","))
    except ValueError as error:
        raise BadValue("position", words, "latitude and longitude in degrees, such as 15.93,-3.99") from error
    return Position(lon, lat)


def _part(words: str) -> ActorRole:
    who, sign, role = words.rpartition("=")
    if not sign:
        raise BadValue("actor", words, "ACTOR=ROLE, such as jnim=attacker")
    return values.part(who, role)


def _claims(workspace: Workspace, incident: Incident, options: argparse.Namespace) -> list[Wanted]:
    """The claims with those changed, dropped and added that were named; numbers are those before the edit."""
    kept = dict(enumerate(incident.claims, 1))
    for number, *words in options.claim or ():
        if not number.isdecimal() or int(number) not in kept:
            raise BadValue("number of a claim", number, f"1 to {len(incident.claims)}", "See: incidentmap review show")
        kept[int(number)] = values.claim(kept[int(number)], _pairs(words))
    for number in options.drop_claim or ():
        if kept.pop(number, None) is None:
            raise BadValue("number of a claim to drop", number, f"1 to {len(incident.claims)}", "See: incidentmap review show")
    report = workspace.store.report(incident.report)
    new = [values.new_claim(report.text if report else "", incident, quote, _pairs(words))
           for quote, *words in options.new_claim or ()]
    return [values.claims((*kept.values(), *new))] if options.claim or options.drop_claim or new else []


def _pairs(words: Iterable[str]) -> Mapping[str, str]:
    found = {}
    for each in words:
        name, sign, value = each.partition("=")
        if not sign:
            raise BadValue("part of a claim", each, "NAME=VALUE, such as low=40 or claimant=jnim")
        found[name] = value
    return found


def _all_told(workspace: Workspace, made: Review) -> int:
    """A decision about a merged incident is a record for each report that tells of it."""
    later = (each for each in review.history(workspace)[::-1] if each.number >= made.number)
    say(line for each in later if (each.at, each.who, each.action) == (made.at, made.who, made.action)
        for line in review_lines(each))
    return DONE


def _told(made: Review) -> int:
    say(review_lines(made))
    return DONE


def _incident(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("incident", metavar="INCIDENT", help="its id (see: incidentmap review list)")
    return command


def _who(command: argparse.ArgumentParser, *, based: bool = True) -> argparse.ArgumentParser:
    add_who(command, "whoever reads the history later")
    if based:
        command.add_argument("--based-on", default="", metavar="VERSION",
                             help="refuse if it is another version by now; default: the version it has")
    return command


def _fields(command: argparse.ArgumentParser, *, claims: bool = True) -> None:
    command.add_argument("--event", default="", metavar="SUB-TYPE", help="ACLED's sub-event type; the type follows")
    command.add_argument("--event-type", default="", metavar="TYPE", help="ACLED's event type")
    date = command.add_mutually_exclusive_group()
    date.add_argument("--date", default="", metavar="DAY[..DAY]", help="such as 2023-11-24 or 2023-11-23..2023-11-24")
    date.add_argument("--no-date", action="store_true", help="it is not known when")
    command.add_argument("--date-precision", default="", metavar="WORD", help="day, range, about, month or year")
    place = command.add_mutually_exclusive_group()
    place.add_argument("--place", default="", metavar="ID", help="id of a place (see: incidentmap geocode)")
    place.add_argument("--at", default="", metavar="LAT,LON", help="an own point, WGS 84: --at=15.93,-3.99")
    place.add_argument("--no-place", action="store_true", help="it is not known where")
    command.add_argument("--radius-km", type=float, default=5.0, metavar="KM", help="of the own point; default: 5")
    command.add_argument("--place-name", default="", metavar="NAME", help="of the own point; default: as drafted")
    command.add_argument("--actor", action="append", metavar="ACTOR=ROLE", help="the whole list: an id or a name, repeatable")
    command.add_argument("--no-actors", action="store_true", help="nobody is named")
    if claims:
        told = "change claim N: low, best, high, claimant, stance, scope, field, subject, value; repeatable"
        command.add_argument("--claim", action="append", nargs="+", metavar=("N", "NAME=VALUE"), help=told)
        command.add_argument("--drop-claim", action="append", type=int, metavar="N", help="leave claim N out; repeatable")
        command.add_argument("--new-claim", action="append", nargs="+", metavar=("QUOTE", "NAME=VALUE"),
                             help="a claim whose words stand in the report; repeatable")


