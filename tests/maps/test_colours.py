"""Whether actors can be told apart by those who see fewer colours, in print and on both grounds: computed, not guessed."""

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from incidentmap.maps import actor_colour, palette, symbol_svg
from incidentmap.maps.actor_layers import MOST_ACTORS
from incidentmap.maps.theme import OTHER_COLOUR
from incidentmap.registry import SHAPES, actors

# Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB.
VISIONS = {
    "usual": np.eye(3),
    "protanopia": np.array([
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998],
    ]),
    "deuteranopia": np.array([
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881],
    ]),
    "tritanopia": np.array([
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900],
    ]),
}
APART = 10.0
"""CIE 1976 difference; about 2.3 is just noticeable side by side, symbols on a map lie apart."""
THEMES = ("light", "dark")
XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])
WHITE = np.array([0.95047, 1.0, 1.08883])


def linear(colour: str) -> NDArray[np.float64]:
    values = np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def lab(colour: str, vision: str) -> NDArray[np.float64]:
    """CIELAB (D65) of what somebody sees."""
    share = XYZ @ np.clip(VISIONS[vision] @ linear(colour), 0, 1) / WHITE
    root = np.where(share > 216 / 24389, np.cbrt(share), (24389 / 27 * share + 16) / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def difference(one: str, other: str, vision: str) -> float:
    return float(np.linalg.norm(lab(one, vision) - lab(other, vision)))


def contrast(one: str, other: str) -> float:
    """As WCAG defines it."""
    light, dark = sorted((float(XYZ[1] @ linear(colour)) for colour in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def looks(theme: str) -> list[tuple[str, str]]:
    """All colours with their shapes that the registry gives, once each; kin share a look on purpose."""
    given = {(actor_colour(actor.colour, theme), actor.shape) for actor in actors().values()}
    return sorted(given | {(OTHER_COLOUR, "circle")})


@pytest.mark.parametrize(("one", "other", "vision", "expected"), [
    ("#ffffff", "#000000", "usual", 100.0),
    ("#ff0000", "#00ff00", "usual", 170.6),
    ("#7f7f7f", "#7f7f7f", "protanopia", 0.0),
])
def test_the_measure_is_the_known_one(one: str, other: str, vision: str, expected: float) -> None:
    assert difference(one, other, vision) == pytest.approx(expected, abs=0.2)


def test_the_simulation_knows_what_a_weak_eye_confuses() -> None:
    red, green = "#c00000", "#5d7a00"
    assert difference(red, green, "usual") > 4 * APART
    assert difference(red, green, "protanopia") < difference(red, green, "usual") / 2


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("vision", VISIONS)
def test_looks_of_one_shape_differ_in_colour_for_every_eye(vision: str, theme: str) -> None:
    confused = [
        (one, other) for one, other in combinations(looks(theme), 2)
        if one[1] == other[1] and difference(one[0], other[0], vision) < APART
    ]
    assert confused == []


@pytest.mark.parametrize("theme", THEMES)
def test_ink_outlines_every_symbol_so_that_pale_ones_are_seen_on_the_ground(theme: str) -> None:
    colours = palette(theme)
    for ground in (colours.land, colours.region, colours.neighbours, colours.paper):
        assert contrast(colours.ink, ground) >= 3
    for colour, shape in looks(theme):
        assert f'stroke="{colours.ink}"' in symbol_svg(shape, colour, colours.ink)


def test_there_are_as_many_shapes_as_actors_on_a_map() -> None:
    assert len(SHAPES) >= MOST_ACTORS
