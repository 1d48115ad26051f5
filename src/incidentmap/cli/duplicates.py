"""`incidentmap duplicates ...`: incidents that several reports may tell of, and what people say about them."""

import argparse
from collections.abc import Iterator, Mapping
from functools import partial

from incidentmap.cli.cases import opened_case
from incidentmap.cli.logs import add_log
from incidentmap.cli.options import DONE, LANGUAGE, SHOWN, add_action, add_actions, add_json, add_who, plural, say, say_json
from incidentmap.model import Incident, MergeRecord, MergeVerdict, Overruled, Pair, Sameness
from incidentmap.walks import duplicates
from incidentmap.walks.replay import Log
from incidentmap.walks.workspace import Workspace
from incidentmap.words import say_reason

_VERDICTS = {MergeVerdict.SAME: "the same", MergeVerdict.NOT_SAME: "not the same"}


def add_options(whole: argparse.ArgumentParser) -> None:
    """What the command can do."""
    each = add_actions(whole)
    command = add_json(add_action(each, "list", list_pairs, "list the pairs that may be one incident, best first"))
    command.add_argument("--all", action="store_true", help="possible ones too; default: likely ones")
    command.add_argument("--limit", type=int, metavar="N", help=f"the first N alone; default: {SHOWN}, all for --json")
    command.add_argument("--log", action="store_true", help="list instead what was said, newest first, and what is merged")
    _ids(add_action(each, "merge", merge, "say that incidents are the same: they are shown as one, none of them is changed"))
    _ids(add_action(each, "keep-apart", keep_apart, "say that incidents are not the same, each from each"))
    command = _said(add_action(each, "undo", undo, "take back what was said"))
    command.add_argument("number", type=int, metavar="NUMBER", help="of the record (see: incidentmap duplicates list --log)")
    add_log(partial(add_action, each), Log.MERGES)


def list_pairs(options: argparse.Namespace) -> int:
    """List pairs, or the log."""
    workspace = opened_case(options.workspace)
    if options.log:
        return _list_log(workspace, as_json=options.json)
    every = duplicates.candidates(workspace)
    pairs = [pair for pair in every if options.all or pair.sameness is Sameness.LIKELY]
    limit = options.limit if options.limit is not None else len(pairs) if options.json else SHOWN
    shown = pairs[:max(limit, 0)]
    incidents = {each.id: each for each in workspace.store.as_told({one for pair in shown for one in pair.ids})}
    if options.json:
        say_json([_pair_record(pair, incidents) for pair in shown])
        return DONE
    say(line for pair in shown for line in _pair_lines(pair, incidents))
    more = f", {len(pairs) - len(shown)} more with --limit" if len(shown) < len(pairs) else ""
    possible = len(every) - len(pairs)
    say([f"{plural(len(pairs), 'pair')}{more}" + (f"; {possible} only possible (--all)" if possible else "")])
    return DONE


def merge(options: argparse.Namespace) -> int:
    """Say that incidents are the same."""
    said = duplicates.merge(opened_case(options.workspace), options.incidents, options.who, options.why)
    return _told(said, as_json=options.json)


def keep_apart(options: argparse.Namespace) -> int:
    """Say that incidents are not the same."""
    said = duplicates.keep_apart(opened_case(options.workspace), options.incidents, options.who, options.why)
    return _told(said, as_json=options.json)


def undo(options: argparse.Namespace) -> int:
    """Take a record back."""
    said = duplicates.undo(opened_case(options.workspace), options.number, options.who, options.why)
    return _told(said, as_json=options.json)


def _list_log(workspace: Workspace, *, as_json: bool) -> int:
    log, groups = workspace.store.merges.all()[::-1], workspace.store.merges.groups()
    undone = {each.undoes: each.number for each in log if each.undoes}
    missing = workspace.store.merges.missing()
    if as_json:
        say_json({
            "log": [{**_log_record(each), "undone_by": undone.get(each.number)} for each in log], "merged": dict(groups.parts),
            "overruled": [_overruled_record(each) for each in groups.overruled], "missing": list(missing),
        })
        return DONE
    say(line for each in log for line in _log_lines(each, undone.get(each.number)))
    say(f"merged {group}: {' '.join(parts)}" for group, parts in groups.parts.items())
    say(_overruled_line(each) for each in groups.overruled)
    say(f"{each} is read no longer; what was said of it holds again once it is" for each in missing)
    say([f"{plural(len(log), 'record')}, {len(undone)} undone, {plural(len(groups.parts), 'merged incident')}"])
    return DONE


def _told(said: duplicates.Said, *, as_json: bool) -> int:
    if as_json:
        overruled = [_overruled_record(each) for each in said.overruled]
        say_json({"record": _log_record(said.record), "merged": dict(said.groups.parts), "overruled": overruled})
        return DONE
    say(_log_lines(said.record, None))
    merged = dict.fromkeys(said.groups.id_of(each) for each in said.record.incidents if each in said.groups.group_of)
    say(f"    shown as {group}: {' '.join(said.groups.parts[group])}" for group in merged)
    say(_overruled_line(each) for each in said.overruled)
    return DONE


def _pair_lines(pair: Pair, incidents: Mapping[str, Incident]) -> Iterator[str]:
    yield f"{pair.ids[0]} {pair.ids[1]}  {pair.sameness.value}, score {pair.score:.2f}"
    yield from (f"    {_incident_words(incidents[each])}" for each in pair.ids)
    yield from (f"    {each.weight:+.2f}  {say_reason(LANGUAGE, each.why)}" for each in pair.evidence)


def _incident_words(incident: Incident) -> str:
    when = incident.date
    days = "undated" if when is None else when.start.isoformat() if when.start == when.end else f"{when.start}..{when.end}"
    place = incident.location.name if incident.location else "no place"
    return f"{incident.id}: {days}, {place}, {incident.sub_event_type or incident.event_type} (report {incident.report})"


def _pair_record(pair: Pair, incidents: Mapping[str, Incident]) -> dict[str, object]:
    told = ((each.why.code, say_reason(LANGUAGE, each.why), each.weight) for each in pair.evidence)
    return {
        "ids": list(pair.ids), "reports": [incidents[each].report for each in pair.ids], "score": pair.score,
        "sameness": pair.sameness.value,
        "reasons": [{"code": code, "words": words, "weight": weight} for code, words, weight in told],
    }


def _log_lines(record: MergeRecord, undone_by: int | None) -> Iterator[str]:
    what = f"undo of {record.undoes}" if record.undoes else f"{_VERDICTS[record.verdict]}: {' '.join(record.incidents)}"
    gone = f"  (undone by {undone_by})" if undone_by else ""
    yield f"{record.number}  {record.at}  {record.who}: {what}{gone}"
    yield from ([f"    why: {record.why}"] if record.why else [])


def _log_record(record: MergeRecord) -> dict[str, object]:
    return {
        "number": record.number, "at": record.at, "who": record.who, "verdict": record.verdict.value,
        "incidents": list(record.incidents), "undoes": record.undoes, "why": record.why,
    }


def _overruled_line(each: Overruled) -> str:
    one, other = each.pair
    apart = " and ".join(each.apart)
    return f"record {each.merge} no longer joins {one} and {other}: {apart} are not the same (record {each.by})"


def _overruled_record(each: Overruled) -> dict[str, object]:
    return {"merge": each.merge, "pair": list(each.pair), "by": each.by, "apart": list(each.apart)}


def _ids(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("incidents", nargs="+", metavar="INCIDENT", help="ids of two or more incidents")
    return _said(command)


def _said(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    return add_json(add_who(command))
