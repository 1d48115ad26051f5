"""`incidentmap regions`: the regions of interest."""

import argparse

from incidentmap.cli.options import DONE, say, say_json
from incidentmap.gazetteer import Region, regions

_LANGUAGE = "en"


def add_options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument("--json", action="store_true", help="as a JSON list")
    command.set_defaults(run=list_regions)


def list_regions(options: argparse.Namespace) -> int:
    """List the regions of interest."""
    known = regions().values()
    if options.json:
        say_json([_region_record(region) for region in known])
    else:
        say(_region_line(region) for region in known)
    return DONE


def _region_line(region: Region) -> str:
    """Id, name and caveat of a region."""
    label = region.label(_LANGUAGE)
    return f"{region.id:<18} {region.name(_LANGUAGE)}{f' ({label})' if label else ''}"


def _region_record(region: Region) -> dict[str, object]:
    """A region as a JSON object; `bbox` is west, south, east, north."""
    return {
        "id": region.id, "name": region.name(_LANGUAGE), "note": region.label(_LANGUAGE), "bbox": list(region.bounds),
        "valid_from": region.valid_from.isoformat() if region.valid_from else None,
        "valid_to": region.valid_to.isoformat() if region.valid_to else None,
        "method": region.method, "source": region.source,
    }
