"""`incidentmap geocode-table ...`: a table with a column of names in, the same table with places out."""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from incidentmap.cli.progress import progress
from incidentmap.fresh_file import fresh_file
from incidentmap.model import ResolutionStatus
from incidentmap.tables import READ, WRITTEN
from incidentmap.walks.answer import EMPTY
from incidentmap.walks.geocode_table import TableAsked, TableDone, geocode_table
from incidentmap.walks.tally import Frequent
from incidentmap.words import LANGUAGES, say_reason

DONE, IN_DOUBT = 0, 3
_LANGUAGE = "en"
_EPILOG = """\
Every row comes out again, in order, its own cells untouched; columns geo_status (found, ambiguous, miss, empty), geo_lon,
geo_lat, geo_radius_km, geo_precision, geo_score, geo_reasons, geo_rivals and others are added. If a column geo_... is there
already, all the new ones end in _2. The input is never written over.

exit codes:
  0  every name was found, beyond doubt
  1  refused; the message on stderr says what was wrong and what to do, and no file was written
  2  the command line could not be understood
  3  at least one name is ambiguous or a miss; the table is written all the same
"""
_PRECISIONS = {
    1: "exact place", 2: "near a place", 3: "second-order unit", 4: "first-order unit", 5: "line or vague area", 6: "country",
    7: "beyond a country",
}


def add_options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    command.epilog = _EPILOG
    command.set_defaults(run=run)
    command.add_argument("file", type=Path, metavar="FILE", help=f"a table with a header: {', '.join(READ)}")
    command.add_argument("--name-column", required=True, metavar="COL", help="holds names, phrases or whole lines")
    command.add_argument(
        "--admin-column", dest="admin_columns", action="append", default=[], metavar="COL",
        help="holds the unit that the place lies in; may be repeated, the smallest unit first",
    )
    country = command.add_mutually_exclusive_group()
    country.add_argument("--country", metavar="CODE", help="the country of all names (ISO 3166-1 alpha-2)")
    country.add_argument("--country-column", metavar="COL", help="holds countries: codes, or names in English or French")
    command.add_argument("--region", metavar="ID", help="region of interest (see: incidentmap regions)")
    command.add_argument("--workspace", type=Path, metavar="DIR", help="its layers, decisions and region; doubts queue there")
    command.add_argument("--output", required=True, type=Path, metavar="FILE", help=f"table to write: {', '.join(WRITTEN)}")
    command.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0], help=f"of the reasons; default: {LANGUAGES[0]}")
    command.add_argument("--sheet", metavar="NAME", help="of an XLSX file; default: its first that is not empty")
    command.add_argument("--summary", type=Path, metavar="FILE.json", help="write the summary as JSON too")


def run(options: argparse.Namespace) -> int:
    """Geocode the table, and tell what came of it."""
    done = geocode_table(
        TableAsked(
            path=options.file, name=options.name_column, output=options.output, admins=tuple(options.admin_columns),
            country=options.country, country_column=options.country_column, region_id=options.region,
            workspace=options.workspace, sheet=options.sheet, language=options.language,
        ),
        progress,
    )
    if options.summary:
        with fresh_file(options.summary) as fresh:
            fresh.write_text(json.dumps(summary_record(done), ensure_ascii=False, indent=1) + "\n", "utf-8")
    for line in summary_lines(done):
        print(line)
    doubtful = done.by_status[ResolutionStatus.AMBIGUOUS] + done.by_status[ResolutionStatus.MISS]
    return IN_DOUBT if doubtful else DONE


def summary_lines(done: TableDone) -> Iterator[str]:
    """What came of a table, for a person."""
    yield f"{done.path}: {say_reason(_LANGUAGE, done.told)}; {done.rows_in:,} rows in, {done.rows_out:,} rows out"
    yield from (f"  note: {say_reason(_LANGUAGE, note)}" for note in done.notes)
    asked = done.rows_out - done.by_status[EMPTY]
    yield "  " + ", ".join(f"{status} {count:,}{_share(count, asked, status)}" for status, count in done.by_status.items())
    if done.by_precision:
        placed = sum(done.by_precision.values())
        yield "  precision: " + ", ".join(
            f"{_PRECISIONS[level]} {count:,} ({count / placed:.0%})" for level, count in done.by_precision.items()
        )
    yield from _listed("misses", done.misses, "nearest spellings: ")
    yield from _listed("ambiguous", done.ambiguous, "")
    if done.partial:
        yield "  so many different names are in doubt that rare ones were left out of these lists and of the queue"
    if done.decided:
        yield f"  {done.decided:,} rows follow a person's decision"
    if done.questions is not None:
        yield f"  {done.questions:,} names wait for a decision in the workspace"
    yield f"  {done.names:,} different names in {done.seconds:.1f} s ({_speed(done):,.0f} names/s), gazetteer {done.gazetteer}"
    yield from (f"  {line}" for line in done.attributions)
    yield f"{done.output}: written"


def summary_record(done: TableDone) -> dict[str, object]:
    """The same as a JSON object."""
    return {
        "input": str(done.path), "output": str(done.output), "read_as": say_reason(_LANGUAGE, done.told),
        "notes": [say_reason(_LANGUAGE, note) for note in done.notes], "rows_in": done.rows_in, "rows_out": done.rows_out,
        "status": done.by_status, "where_prec": {str(level): count for level, count in done.by_precision.items()},
        "misses": [{**_frequent(each), "nearest": list(each.hint)} for each in done.misses],
        "ambiguous": [{**_frequent(each), "candidates": list(each.hint)} for each in done.ambiguous],
        "doubts_left_out": done.partial, "rows_decided": done.decided, "questions": done.questions,
        "names": done.names, "seconds": round(done.seconds, 3), "names_per_s": round(_speed(done), 1),
        "gazetteer": done.gazetteer, "attribution": list(done.attributions),
    }


def _share(count: int, asked: int, status: str) -> str:
    return f" ({count / asked:.0%})" if asked and status != EMPTY else ""


def _listed(title: str, names: Sequence[Frequent], hint: str) -> Iterator[str]:
    if names:
        yield f"  most frequent {title}:"
    for each in names:
        where = ", ".join(filter(None, (each.admin, each.country)))
        told = f"; {hint}{' against '.join(each.hint) if not hint else ', '.join(each.hint)}" if each.hint else ""
        yield f"    {each.rows:>6,}  {_short(each.name)}{f' ({where})' if where else ''}{told}"


def _short(name: str) -> str:
    line = " ".join(name.split())
    return line if len(line) <= 80 else f"{line[:79]}…"


def _frequent(each: Frequent) -> dict[str, object]:
    return {"name": each.name, "admin": each.admin, "country": each.country, "rows": each.rows}


def _speed(done: TableDone) -> float:
    return done.names / done.seconds if done.seconds else 0.0
