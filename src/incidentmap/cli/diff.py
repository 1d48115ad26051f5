"""`incidentmap diff`: what changed between two versions of a workspace, an export or a table."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from incidentmap.cli.options import DONE, add_json, say, say_json
from incidentmap.export.changes import changes_geojson, changes_record
from incidentmap.export.files import write_file
from incidentmap.maps.change_words import change_words, counts_words, kinds_words, notices, state_words
from incidentmap.model import RecordChanges
from incidentmap.walks.compare import compare
from incidentmap.words import LANGUAGES
from incidentmap.words import say as words

_SHOWN = 20


def add_options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    told = "the folder of a workspace, FOLDER@N for its tables as of snapshot N, an export of ours, or an event table"
    command.add_argument("before", metavar="A", help=f"the older version: {told}")
    command.add_argument("after", metavar="B", help="the newer version, in the same ways")
    add_json(command, "all of it as JSON; data/schemas/changes.md tells what each member means")
    command.add_argument("--geojson", type=Path, metavar="FILE", help="also write the changes as GeoJSON: moves are lines")
    command.add_argument("--limit", type=int, default=_SHOWN, metavar="N", help=f"changes that are listed; default: {_SHOWN}")
    command.add_argument("--lang", choices=LANGUAGES, default="en", help="of the words; default: en")
    command.set_defaults(run=diff)


def diff(options: argparse.Namespace) -> int:
    """Compare."""
    found = compare(options.before, options.after)
    if options.geojson:
        write_file(options.geojson, changes_geojson(found))
    if options.json:
        say_json(changes_record(found))
        return DONE
    say(notices(found, options.lang), to_stderr=True)
    say(_lines(found, options.lang, max(0, options.limit)))
    return DONE


def _lines(found: RecordChanges, language: str, most: int) -> Iterator[str]:
    old, new = found.sizes
    yield words(language, "changes.sizes", before=found.before, after=found.after, old=f"{old:,}", new=f"{new:,}")
    yield counts_words(found, language)
    for each in found.changes[:most]:
        told = (kinds_words(each, language), state_words(each, language), change_words(each, language))
        yield " | ".join(filter(None, (each.id, *told)))
    rest = len(found.changes) - most
    if rest > 0:
        yield words(language, "changes.more", count=f"{rest:,}")
