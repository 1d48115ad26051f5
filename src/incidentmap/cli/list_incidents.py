"""`incidentmap list`: the incidents of a workspace."""

import argparse
from collections.abc import Iterator

from incidentmap.cli.cases import add_filters, add_workspace, asked
from incidentmap.cli.options import DONE, plural, say, say_json
from incidentmap.frames import IncidentRecord
from incidentmap.walks.listing import Listing, listing
from incidentmap.walks.select import Counts


def add_options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_workspace(command)
    add_filters(command)
    command.add_argument("--json", action="store_true", help="as a JSON list, with the properties of the GeoJSON export")
    command.set_defaults(run=list_incidents)


def list_incidents(options: argparse.Namespace) -> int:
    """List incidents."""
    workspace, query = asked(options)
    found = listing(workspace, query)
    if options.json:
        say_json(found.records)
    else:
        say(_incidents(found))
    return DONE


def _incidents(found: Listing) -> Iterator[str]:
    """Two lines an incident, then the counts."""
    for record in found.records:
        kind = " / ".join(filter(None, (record["event_type"], record["sub_event_type"]))) or "type not told"
        yield f"{_when(record)}  {_where(record)}  {kind}"
        parts = [f"{actor['name']} ({actor['role']})" for actor in record["actors"]]
        parts += [plural(len(record["claims"]), "claim"), record["status"], record["id"]]
        yield f"    {', '.join(parts)}"
        yield from (f"    review: {why}" for why in record["review"])
    yield counted(found.counts)


def counted(counts: Counts) -> str:
    """How many of how many, and how many of them are on no map or in no window."""
    return (
        f"{counts.shown} of {plural(counts.total, 'incident')} ({counts.unmapped} without a place, {counts.undated} undated)"
    )


def _when(record: IncidentRecord) -> str:
    if record["date_start"] is None:
        return "undated"
    exact = record["date_start"] == record["date_end"]
    days = record["date_start"] if exact else f"{record['date_start']}..{record['date_end']}"
    return days if record["date_precision"] == "day" else f"{days} ({record['date_precision']})"


def _where(record: IncidentRecord) -> str:
    if record["place"] is None:
        return "no place"
    side = {True: ", inside", False: ", OUTSIDE", None: ""}[record["inside_region"]]
    precision = "not told" if record["geo_precision"] is None else record["geo_precision"]
    return f"{record['place']} (precision {precision}{side})"
