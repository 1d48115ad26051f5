"""A briefing as one HTML file: pictures inside, no script, no request to anywhere."""

from base64 import b64encode
from pathlib import Path

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from incidentmap.briefing.document import Briefing, Plate
from incidentmap.briefing.logo import Logo, read_logo
from incidentmap.model import BadValue
from incidentmap.paths import shipped

TEMPLATE = "briefing.html"
_KINDS = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"}
_LOWEST_TOP = 3
"""Incidents that fill the height of the bars at least: one alone is no tower."""


def as_html(briefing: Briefing, template: Path | None = None, logo: Path | None = None) -> bytes:
    """One HTML file in UTF-8.

    Parameters
    ----------
    briefing
        What it says.
    template
        A user's own Jinja template; the shipped one where None. It runs in a sandbox, and every text is escaped.
    logo
        An SVG, PNG or JPEG file for its head.

    Raises
    ------
    BadValue
        If template or logo cannot be used; it says what Jinja found.
    """
    path = template or shipped("data", "briefing", TEMPLATE)
    world = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    world.filters["picture"] = _picture
    world.filters["drawing"] = lambda svg: _address(svg.encode(), "svg")
    try:
        page = world.from_string(path.read_text("utf-8")).render(
            b=briefing, w=dict(briefing.words), logo=_logo(read_logo(logo)), tallest=_tallest(briefing),
        )
    except (TemplateError, OSError, UnicodeDecodeError) as error:
        raise BadValue("template of the briefing", str(path), f"a Jinja template that can be filled ({error})") from error
    return page.encode()


def _tallest(briefing: Briefing) -> int:
    counts = briefing.bars.counts if briefing.bars else ()
    stacks = [sum(stack) for stack in zip(*counts, strict=True)]
    return max(_LOWEST_TOP, *stacks) if stacks else _LOWEST_TOP


def _picture(plate: Plate) -> str:
    return _address(plate.image, plate.kind)


def _logo(logo: Logo | None) -> str:
    return _address(logo.content, logo.kind) if logo else ""


def _address(content: bytes, kind: str) -> str:
    return f"data:{_KINDS[kind]};base64,{b64encode(content).decode()}"
