"""`incidentmap totals`: how many victims, as ranges under a named rule."""

import argparse
import json
from collections.abc import Iterator

from incidentmap.cli.cases import add_filters, add_workspace, asked
from incidentmap.cli.options import DONE
from incidentmap.export import totals_record
from incidentmap.maps import toll_words
from incidentmap.model import Total, TotalRule
from incidentmap.walks.totals import KEYS, Group, Totals, totals

_LANGUAGE = "en"
_RULE_HELP = (
    "how rival figures of an incident become one range: the lowest figure, the highest, all of them from least to greatest, or"
    " what one source alone says (source:ID, a claimant or report); default: all"
)


def add_rule_option(command: argparse.ArgumentParser) -> None:
    """The rule for totals."""
    command.add_argument("--rule", default="all", metavar="RULE", help=_RULE_HELP)


def add_options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_workspace(command)
    add_filters(command)
    command.set_defaults(run=show_totals)
    add_rule_option(command)
    told = "also group by group; by actor (with its role) groups overlap and do not add up"
    command.add_argument("--by", choices=list(KEYS), help=told)
    command.add_argument("--json", action="store_true", help="as a JSON object")


def show_totals(options: argparse.Namespace) -> int:
    """Tell totals."""
    rule = TotalRule.parse(options.rule)
    workspace, query = asked(options)
    found = totals(workspace, query, rule, options.by)
    print(json.dumps(_record(found), ensure_ascii=False, indent=1) if options.json else "\n".join(_lines(found)))
    return DONE


def _record(found: Totals) -> dict[str, object]:
    record: dict[str, object] = {"incidents": found.whole.incidents, "data_version": found.data_version}
    record |= totals_record(found.whole.totals)
    if found.by:
        record |= {"by": found.by, "groups": [_group_record(each) for each in found.groups]}
    return record


def _group_record(group: Group) -> dict[str, object]:
    return {"key": group.key or None, "incidents": group.incidents, "fields": totals_record(group.totals)["fields"]}


def _lines(found: Totals) -> Iterator[str]:
    yield f"rule: {found.rule}"
    yield from _group_lines("all incidents", found.whole)
    for group in found.groups:
        yield from _group_lines(group.key or f"no {found.by} known", group)
    if found.by == "actor":
        yield "(an incident stands under each of its actors: these groups overlap and do not add up)"


def _group_lines(name: str, group: Group) -> Iterator[str]:
    yield f"{name}: {_plural(group.incidents, 'incident')}"
    told = [each for each in group.totals if each.incidents or each.aggregates]
    yield from (f"  {_line(each)}" for each in told)
    if not told:
        yield "  no figure"


def _line(total: Total) -> str:
    if total.low is None or total.high is None:
        parts = ["no figure for any single incident"]
    else:
        parts = [toll_words(total.low, total.high, _LANGUAGE, open_high=total.open_high),
                 f"in {_plural(total.incidents, 'incident')}", f"{total.unknown} without a figure"]
    if total.contested:
        parts.append(f"{total.contested} contested")
    if total.aggregates:
        words = "; ".join(f'"{each}"' for each in total.aggregates)
        many = "figure covers" if len(total.aggregates) == 1 else "figures cover"
        parts.append(f"not in it: {len(total.aggregates)} aggregate {many} {total.aggregate_incidents} of them ({words})")
    return f"{total.field}: {', '.join(parts)}"


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
