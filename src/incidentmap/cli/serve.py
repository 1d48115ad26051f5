"""`incidentmap serve`: the dashboard on a workspace."""

import argparse
import sys
from pathlib import Path

from incidentmap.cli.cases import add_workspace
from incidentmap.cli.ingest import tell_ingested
from incidentmap.cli.options import say
from incidentmap.walks import serve as serve_walk
from incidentmap.walks.first_case import open_first_case
from incidentmap.walks.ground_tiles import SERVERS, tile_server, told_to_dashboard
from incidentmap.walks.workspace import open_workspace


def add_options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    command.set_defaults(run=serve)
    add_workspace(command)
    command.add_argument("--port", type=int, default=8501, metavar="N", help="on 127.0.0.1; default: 8501")
    tiles = command.add_mutually_exclusive_group()
    tiles.add_argument("--basemap", type=Path, metavar="FILE", help="your own map under the incidents: MBTiles or PMTiles")
    tiles.add_argument("--tiles", metavar="NAME|URL", help=f"a map server's tiles ({', '.join(SERVERS)}, or https://host/{{z}}/{{x}}/"
                       "{y}.png): it learns which part of the map you look at; off unless asked for")
    command.add_argument("--tiles-attribution", default="", metavar="WORDS", help="whose map it is, for --tiles URL")
    command.add_argument("--first-case", action="store_true", help="load the shipped first case into an empty workspace")


def serve(options: argparse.Namespace) -> int:
    """Run the dashboard until it is stopped."""
    serve_walk.check_port(options.port)  # before anything is loaded: a taken port is told at once
    server = tile_server(options.tiles, options.tiles_attribution) if options.tiles else None
    tiles = told_to_dashboard(options.basemap, server)
    if options.first_case:
        workspace, loaded = open_first_case(options.workspace)
        for each in loaded:
            tell_ingested(workspace, each)
    else:
        workspace = open_workspace(options.workspace)
    return serve_walk.serve(workspace, options.port, _say_address, tiles)


def _say_address(address: str) -> None:
    say([f"incidentmap answers at {address}  (stop: Ctrl+C)"])
    sys.stdout.flush()
