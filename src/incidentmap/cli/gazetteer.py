"""`incidentmap gazetteer ...`: layers in and out, what there is, whether it is whole, and what a name may mean."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TypeAlias

from incidentmap.cli.progress import Advance, progress
from incidentmap.gazetteer.check import Checked
from incidentmap.gazetteer.layers import (
    OURS,
    Layer,
    Said,
    Table,
    open_csv,
    open_geojson,
    stage_geonames,
    stage_table,
    stage_world,
)
from incidentmap.model import BadValue, Candidate, Position
from incidentmap.walks import gazetteer as walk
from incidentmap.walks.find_place import find as find_walk
from incidentmap.words import say_reason

DONE, REFUSED, IN_DOUBT = 0, 1, 3
_LANGUAGE = "en"
_MOST_COUNTRIES = 8
_OPEN = {"csv": open_csv, "geojson": open_geojson}
_STAGES = {"read": "reading (bytes)", "places": "compiling places", "names": "compiling names"}
Run = Callable[[argparse.Namespace], int]
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - argparse has no public name for it


def add_options(whole: argparse.ArgumentParser) -> None:
    """What the command can do."""
    whole.epilog = None
    each = whole.add_subparsers(dest="action", required=True, metavar="ACTION")
    command = _action(each, "build", build, "compile the gazetteer now rather than at the next use")
    command.add_argument("--force", action="store_true", help="even if it is compiled already")
    added = each.add_parser("add", help="add a source", description="Add a source; one of the same name is replaced.")
    _add(added.add_subparsers(dest="kind", required=True, metavar="KIND"))
    _json(_action(each, "list", list_sources, "list the sources in order of precedence"))
    _json(_action(each, "check", check, "see whether all is whole, and what it holds; exit code 1 if something is damaged"))
    command = _json(_action(each, "find", find, "list all places that a name may mean; exit code 3: there are none"))
    command.add_argument("name", metavar="NAME")
    command.add_argument("--near", metavar="LAT,LON", help="nearest to these degrees first, e.g. --near=16.77,-3.01")
    command = _action(each, "remove", remove, "take a source out again")
    command.add_argument("layer", metavar="LAYER", help="its id (see: incidentmap gazetteer list)")


def _add(kinds: Commands) -> None:
    command = _action(kinds, "geonames", add_geonames, "a GeoNames dump: of a country (ML.txt, ML.zip) or allCountries")
    _named(command)
    for kind, told in (("csv", "a table of places with separated columns"), ("geojson", "a GeoJSON file of places")):
        command = _action(kinds, kind, add_table, told)
        _named(command)
        command.add_argument(
            "--map", metavar="OURS=COLUMN", action="append", default=[],
            help=f"which column holds {', '.join(OURS)}, where the guess (it is shown) is wrong; OURS= leaves it out; may be "
                 "repeated",
        )
        command.add_argument("--licence", default="", metavar="TEXT", help="under which the table may be used")
        command.add_argument("--attribution", default="", metavar="TEXT", help="line to stand beside what is made with it")
        command.add_argument("--valid-from", default="", metavar="DATE", help="day from which it holds (2021-12-20)")
        command.add_argument("--valid-to", default="", metavar="DATE", help="last day on which it holds")
    _action(kinds, "world", add_world, "GeoNames cities500 of all countries, from the extra incidentmap[world]")


def build(options: argparse.Namespace) -> int:
    """Compile."""
    with _Shown() as shown:
        built = walk.build(options.workspace, shown.tell, anew=options.force)
    where = f"{built.path} ({built.size / 1e6:.1f} MB)" if built.size else "in memory alone: the cache folder cannot be written"
    _say([f"gazetteer version {built.version}: {where}"])
    return DONE


def add_geonames(options: argparse.Namespace) -> int:
    """Add a dump."""
    return _added(options, lambda shelf, told: stage_geonames(shelf, options.file, options.name, options.title, told))


def add_world(options: argparse.Namespace) -> int:
    """Add the towns of the world."""
    return _added(options, stage_world)


def add_table(options: argparse.Namespace) -> int:
    """Add a user's table; the columns are told before it is read."""
    said = Said(
        options.name, options.title, options.licence, options.attribution, _day("--valid-from", options.valid_from),
        _day("--valid-to", options.valid_to),
    )
    table = _OPEN[options.kind](options.file, _mapped(options.map))
    _say(_table_lines(table))
    return _added(options, lambda shelf, told: stage_table(shelf, table, said, told))


def list_sources(options: argparse.Namespace) -> int:
    """List all sources."""
    found = walk.sources(options.workspace)
    if options.json:
        _say_json([asdict(source) for source in found])
    else:
        _say(line for source in found for line in _source_lines(source))
    return DONE


def check(options: argparse.Namespace) -> int:
    """Check; damage changes the exit code."""
    checked = walk.check(options.workspace)
    if options.json:
        _say_json(asdict(checked))
    else:
        _say(_checked_lines(checked))
    return REFUSED if checked.problems else DONE


def find(options: argparse.Namespace) -> int:
    """List candidates; a name without any changes the exit code."""
    found = find_walk(options.name, options.workspace, _near(options.near))
    if options.json:
        _say_json([_candidate_record(each) for each in found])
    else:
        _say(line for each in found for line in _candidate_lines(each))
        _say([f"\"{options.name}\": {_places(len(found))}" if found else f"\"{options.name}\": not in the gazetteer"])
    return DONE if found else IN_DOUBT


def remove(options: argparse.Namespace) -> int:
    """Take a layer out."""
    taken = walk.remove(options.layer, options.workspace)
    _say([f"{taken.record.id}: taken out, {_places(taken.record.kept)}"])
    return DONE


class _Shown:
    """Progress of several stages, one bar after the other."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._stage, self._done = "", 0
        self._advance: Advance = lambda _: None

    def __enter__(self) -> "_Shown":
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def tell(self, stage: str, done: int, total: int) -> None:
        """So much of a stage is done."""
        if stage != self._stage:
            self._open.close()
            self._stage, self._done = stage, 0
            self._advance = self._open.enter_context(progress(_STAGES[stage], total))
        self._advance(done - self._done)
        self._done = done


def _added(options: argparse.Namespace, stage: walk.Stage) -> int:
    with _Shown() as shown:
        layer = walk.add(stage, options.workspace, shown.tell)
    _say(_layer_lines(layer))
    return DONE


def _layer_lines(layer: Layer) -> Iterator[str]:
    record = layer.record
    few = " ".join(record.countries) or "no country"
    countries = f"{len(record.countries)} countries" if len(record.countries) > _MOST_COUNTRIES else few
    yield f"{record.id}: {record.kept:,} of {record.read:,} rows kept, {record.refused:,} refused; {countries}"
    if record.refused:
        yield f"  refused rows with their rules: {layer.refused}"
    yield f"  in force in {layer.shelf}; show beside what is made with it: {record.attribution}"


def _table_lines(table: Table) -> Iterator[str]:
    if table.kind == "csv":
        yield f"{table.path.name}: encoding {table.encoding}, columns parted by {table.delimiter!r}"
    yield "  columns taken: " + ", ".join(f"{ours}={theirs}" for ours, theirs in table.columns)
    left = [name for name in table.there if name not in dict(table.columns).values()]
    if left:
        yield "  columns left out: " + ", ".join(left)


def _source_lines(source: walk.Source) -> Iterator[str]:
    refused = f", {source.refused:,} refused" if source.refused else ""
    told = f"{source.places:>9,} places{refused}, {source.date or 'no date'}, {source.licence or 'no licence stated'}"
    yield f"{source.id:<24} {source.kind:<9} {told}"
    yield f"  {source.title}" + ("" if source.where == "shipped" else f" ({source.where})")


def _checked_lines(checked: Checked) -> Iterator[str]:
    yield from (f"PROBLEM: {told}" for told in checked.problems)
    yield f"version {checked.version or '?'}: {checked.places:,} places, {checked.spellings:,} spellings"
    yield "kinds: " + _counts(checked.kinds)
    yield "countries: " + _counts(checked.countries[:20])
    number, first = checked.twins
    yield f"places of one source that stand more than once: {number:,}"
    yield from (f"  {name}: {ids}" for name, ids in first)
    for layer, rules in checked.refused:
        yield from (f"{layer}: {count:,} rows refused; the rule: {rule}" for rule, count in rules)


def _places(count: int) -> str:
    return f"{count:,} place{'' if count == 1 else 's'}"


def _counts(pairs: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name or 'none'} {count:,}" for name, count in pairs) or "none"


def _candidate_lines(candidate: Candidate) -> Iterator[str]:
    place = candidate.place
    where = ", ".join(dict.fromkeys(part for part in (place.admin2, place.admin1, place.country) if part))
    lat, lon = place.position.lat_lon()
    told = f"{place.name} ({place.kind.value}; {where}) lat {lat:.4f} lon {lon:.4f}"
    yield f"{candidate.score:7.2f}  {told}  {place.source} [{place.id}]"
    yield from (f"         {say_reason(_LANGUAGE, why)}" for why in candidate.reasons)
    if place.note:
        yield f"         note: {place.note}"


def _candidate_record(candidate: Candidate) -> dict[str, object]:
    place = asdict(candidate.place)
    return {**place, "position": list(place["position"].values()), "matched": candidate.matched, "score": candidate.score,
            "reasons": [say_reason(_LANGUAGE, why) for why in candidate.reasons]}


def _mapped(words: Iterable[str]) -> dict[str, str]:
    pairs = [word.partition("=") for word in words]
    for ours, sign, theirs in pairs:
        if not sign:
            raise BadValue("--map", ours + theirs, "OURS=COLUMN, for example --map name=Localité")
    return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}


def _near(text: str | None) -> Position | None:
    if text is None:
        return None
    try:
        lat, lon = (float(part) for part in text.split(","))
    except ValueError as error:
        raise BadValue("--near", text, "degrees as LAT,LON, for example --near=16.77,-3.01") from error
    return Position(lon, lat)


def _day(option: str, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError as error:
        raise BadValue(option, text, "a day such as 2021-12-20") from error


def _action(each: Commands, name: str, run: Run, told: str) -> argparse.ArgumentParser:
    made = each.add_parser(name, help=told, description=f"{told[0].upper()}{told[1:]}.")
    made.add_argument("--workspace", type=Path, metavar="DIR", help="with this workspace's own sources, else the user's alone")
    made.set_defaults(run=run)
    return made


def _named(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument("--name", default="", metavar="ID", help="of the layer; default: made from the file's name")
    command.add_argument("--title", default="", metavar="TEXT", help="default: the file's name")


def _json(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("--json", action="store_true", help="as JSON")
    return command


def _say_json(value: object) -> None:
    _say([json.dumps(value, ensure_ascii=False, indent=1)])


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, file=sys.stdout)
