"""`incidentmap geocode`: where places are, with every rival."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from incidentmap.cli.online import add_online, with_online
from incidentmap.cli.options import DONE, IN_DOUBT, plural, say, say_json
from incidentmap.gazetteer import Located, located_record
from incidentmap.model import Candidate, Position, Relation, Resolution, ResolutionStatus, Situation
from incidentmap.walks import geocode as geocode_walk
from incidentmap.words import say_reason

_LANGUAGE = "en"
_SIDE = {True: "inside", False: "OUTSIDE", None: "?"}
_EPILOG = """\
exit codes:
  0  every name was found, beyond doubt
  1  the question itself was refused (for example an unknown region)
  2  the command line could not be understood
  3  at least one name is ambiguous or a miss; what was found is printed all the same
"""


def add_options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    command.epilog = _EPILOG
    command.set_defaults(run=geocode)
    told = 'a place name in any spelling, or words such as "à 37 km au nord de Gao"'
    command.add_argument("names", nargs="+", metavar="NAME", help=told)
    command.add_argument("--region", metavar="ID", help="region of interest: a hint for the ranking, and what inside refers to")
    command.add_argument("--workspace", type=Path, metavar="DIR", help="take region, layers and decisions of this workspace")
    command.add_argument("--admin", default="", metavar="UNIT", help="the unit that the names lie in (\"cercle de Douentza\")")
    command.add_argument("--country", default="", metavar="CODE", help="the country that the names lie in (ISO 3166-1 alpha-2)")
    command.add_argument("--json", action="store_true", help="as a JSON list, one object a name")
    command.add_argument("--explain", action="store_true", help="show every rival with its score and reasons")
    add_online(command)


def geocode(options: argparse.Namespace) -> int:
    """Find places; doubt and misses are answers too, and change the exit code."""
    region_id = options.region or geocode_walk.region_of(options.workspace)
    found = geocode_walk.geocode(
        options.names, region_id, folder=options.workspace, admin=options.admin, country=options.country,
    )
    found, notes = with_online(options, found, region_id)
    say(notes, to_stderr=True)
    if options.json:
        say_json([located_record(each, region_id) for each in found])
    else:
        for each in found:
            say(_located(each, region_id, explain=options.explain))
    return DONE if all(each.status is ResolutionStatus.FOUND for each in found) else IN_DOUBT


def _located(found: Located, region_id: str | None, *, explain: bool) -> Iterator[str]:
    """What a cell is about: place, point, line, precision, inside or outside, reasons, rivals."""
    name, where = found.main, found.situation
    if where is None or name.chosen is None:
        yield f"\"{found.asked.name}\": not found"
        yield from (f"  {say_reason(_LANGUAGE, why)}" for why in found.why)
        return
    yield f"\"{found.asked.name}\": {found.status.value}, {_meant(found)}"
    regions = name.regions if where.regions is None else where.regions
    side = f", {_SIDE[region_id in regions]} {region_id}" if region_id else ""
    yield f"  {_degrees(where.position)}, within {where.radius_km:g} km{side}"
    yield f"  {_precision(where)}"
    yield from (f"  because: {say_reason(_LANGUAGE, why)}" for why in found.why)
    for each in found.resolutions:
        yield from _rivals(each, explain=explain)


def _meant(found: Located) -> str:
    """The relation where there is one, and the places."""
    relation = found.phrase.relation if found.phrase else Relation.IN
    places = [f"{_named(each.chosen)} [{each.chosen.place.id}]" for each in found.resolutions if each.chosen]
    told = dict.fromkeys(places if relation in {Relation.BETWEEN, Relation.BORDER} else places[:1])
    return f"{'' if relation is Relation.IN else f'{relation.value} '}{' - '.join(told)}"


def _precision(where: Situation) -> str:
    shape = f"line of {len(where.line)} points" if where.line else f"area {where.area_id}" if where.area_id else "point"
    return f"{shape}, UCDP where_prec {where.where_prec}, ACLED geo_precision {where.geo_precision}"


def _rivals(name: Resolution, *, explain: bool) -> Iterator[str]:
    for rival in name.rivals if explain else name.rivals[:3]:
        yield f"  rival: {_named(rival)}, {_degrees(rival.place.position)}"
        if explain and name.chosen:
            yield f"    score {rival.score:.2f} against {name.chosen.score:.2f}"
            yield from (f"    {say_reason(_LANGUAGE, why)}" for why in rival.reasons)
    if len(name.rivals) > 3 and not explain:
        yield f"  and {plural(len(name.rivals) - 3, 'more rival')} (--explain shows them)"


def _named(candidate: Candidate) -> str:
    place = candidate.place
    where = ", ".join(dict.fromkeys(part for part in (place.admin1, place.country) if part))
    return f"{place.name} ({place.kind.value}; {where})"


def _degrees(position: Position) -> str:
    return f"lat {position.lat:.4f} lon {position.lon:.4f}"
