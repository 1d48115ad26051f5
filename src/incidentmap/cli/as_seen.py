"""`incidentmap report --as-seen`: the map as it is on screen, in a picture or through time."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from incidentmap.cli.export import tell_remarks
from incidentmap.cli.list_incidents import counted
from incidentmap.cli.options import say
from incidentmap.model import BadValue, IncidentQuery, Step, TotalRule
from incidentmap.screenshot import BrowserMissing
from incidentmap.screenshot.page import SIZES, Size
from incidentmap.walks.as_seen import SeenAsked, animate, animate_drawn, draw_as_seen
from incidentmap.walks.film import ANIMATED, Sequence
from incidentmap.walks.page_state import PageState, page_state
from incidentmap.walks.workspace import Workspace

_THEMES = ("light", "dark")
_DRAWN = "drawn without a browser: all actors, all of the map, not as on screen"


def add_seen_options(group: "argparse._ArgumentGroup") -> None:
    """How the map is shown."""
    group.add_argument("--as-seen", action="store_true", help="with FILE.png: the map as it is on screen, through a browser")
    group.add_argument("--or-drawn", action="store_true", help="where there is no browser, draw the map without one")
    group.add_argument("--link", metavar="URL", help="as this address of the dashboard shows it; in place of filters")
    told = f"{', '.join(SIZES)} or WIDTHxHEIGHT in pixels, of any picture; default: slide as seen, else 1600x1130"
    group.add_argument("--size", type=Size.parse, metavar="SIZE", help=told)
    group.add_argument("--theme", choices=_THEMES, default=_THEMES[0], help=f"default: {_THEMES[0]}")
    told = f"with FILE{' or FILE'.join(ANIMATED)}: a picture for each of these; default: {Step.MONTH}"
    group.add_argument("--step", type=Step, choices=list(Step), default=Step.MONTH, help=told)
    group.add_argument("--cumulative", action="store_true", help="each picture shows all up to its day")
    group.add_argument("--frames", type=Path, metavar="DIR", help="write the single pictures too")


def is_seen(options: argparse.Namespace) -> bool:
    """Whether a browser is asked for."""
    return options.as_seen or options.output.suffix.lower() in ANIMATED


def question(query: IncidentQuery, rule: TotalRule, options: argparse.Namespace) -> PageState:
    """What is asked for: by a link, else by filters; never by both, and a schedule by filters alone."""
    if options.since and (options.link or is_seen(options)):
        raise BadValue("--since", options.since, "not together with --as-seen, --link or an animation: it writes briefings")
    if not options.link:
        return PageState(query, rule=rule)
    if not is_seen(options):
        raise BadValue("--link", options.link, f"together with --as-seen, or a file for {' or '.join(ANIMATED)}")
    if query != IncidentQuery():
        raise BadValue("filters beside --link", "some", "none: the link has its own")
    return _linked(options.link)


def size_of(options: argparse.Namespace) -> dict[str, tuple[int, int]]:
    """The size of a drawn picture, if one is asked for."""
    size = options.size
    return {"size_px": (round(size.width * size.scale), round(size.height * size.scale))} if size else {}


def write_seen(workspace: Workspace, state: PageState, options: argparse.Namespace) -> bool:
    """Write it; False where there is no browser and the map shall be drawn without one."""
    asked = SeenAsked(
        state, state.language or options.language, options.size or SIZES["slide"], options.date, options.theme,
        options.profile, state.rule, options.acknowledge_licences,
    )
    try:
        if options.output.suffix.lower() in ANIMATED:
            _write_film(workspace, asked, options)
        else:
            left = draw_as_seen(workspace, asked, options.output)
            tell_remarks(left.head)
            say([f"{options.output}: {counted(left.selection.counts)}, data version {left.head.data_version}"])
    except BrowserMissing as error:
        if not options.or_drawn:
            raise
        print(f"incidentmap report: {error}\n{_DRAWN}", file=sys.stderr)
        return False
    return True


def _write_film(workspace: Workspace, asked: SeenAsked, options: argparse.Namespace) -> None:
    wanted = Sequence(options.step, options.cumulative, frames=options.frames)
    try:
        left, number = animate(workspace, asked, options.output, wanted)
    except BrowserMissing as error:
        if not options.or_drawn:
            raise
        print(f"incidentmap report: {error}\n{_DRAWN}", file=sys.stderr)
        left, number = animate_drawn(workspace, asked, options.output, wanted)
    tell_remarks(left.head)
    say([f"{options.output}: {number} pictures"])


def _linked(address: str) -> PageState:
    """What a link shows; every part of it must be understood."""
    state = page_state(dict(parse_qsl(urlsplit(address).query)))
    for name, value in state.refused:
        raise BadValue(f"link, parameter {name}", value, "as the dashboard writes it")
    return replace(state, refused=())
