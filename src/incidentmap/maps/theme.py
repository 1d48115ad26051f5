"""Colours of the paper map, by day and by night. Colour belongs to actors alone; the ground is quiet."""

from dataclasses import asdict, dataclass

FONT = '"Source Sans 3", Inter, "Segoe UI", "Helvetica Neue", Arial, sans-serif'
OTHER_COLOUR = "#999999"
_BY_NIGHT = {"#0072b2": "#4a9fd8", "#000000": "#e8e6e1"}
"""Okabe-Ito colours that drown in dark land, and what stands for them there."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours (CSS) of everything but the actors."""

    land: str
    neighbours: str
    region: str
    region_edge: str
    water: str
    water_ink: str
    sea: str
    border: str
    admin: str
    ink: str
    muted: str
    halo: str
    rule: str
    paper: str
    accent: str

    def as_style(self) -> dict[str, str]:
        """For the map's scripts: camel-case keys, with the font."""
        style = {_camel(key): value for key, value in asdict(self).items()}
        return style | {"font": FONT}


LIGHT = Palette(
    land="#f3f0ea", neighbours="#ebe7df", region="#fffdf7", region_edge="#a08a57", water="#a9c8dc", water_ink="#5f8fae",
    sea="#dbe6ec", border="#8b867d", admin="#c4beb2", ink="#1d2125", muted="#5c656d", halo="#fffdf7", rule="#e3e0da",
    paper="#ffffff", accent="#0b6e99",
)
DARK = Palette(
    land="#22272b", neighbours="#1c2023", region="#2b3032", region_edge="#b59d62", water="#34556b", water_ink="#6f9dba",
    sea="#171d22", border="#7b7f80", admin="#3f4548", ink="#e8e6e1", muted="#a3a8ab", halo="#1c2023", rule="#363c40",
    paper="#14171a", accent="#5cb3d6",
)
_RAMPS = {
    "light": ("#d9dee2", "#b4bec6", "#8896a2", "#5d6d7b", "#35434f"),
    "dark": ("#33404a", "#4d5f6c", "#6f8391", "#9cadb9", "#d0d9df"),
}
"""Shades of numbers, from few to many: grey-blue as ink, for colour belongs to actors."""


def ramp(theme: str) -> tuple[str, ...]:
    """The five shades of numbers on a theme's land."""
    return _RAMPS["dark" if theme == "dark" else "light"]


def palette(theme: str) -> Palette:
    """The colours of a theme; anything but ``dark`` is light."""
    return DARK if theme == "dark" else LIGHT


def actor_colour(colour: str, theme: str) -> str:
    """An actor's colour as it can be seen on the theme's land."""
    return _BY_NIGHT.get(colour.lower(), colour) if theme == "dark" else colour


def _camel(key: str) -> str:
    first, *rest = key.split("_")
    return first + "".join(part.title() for part in rest)
