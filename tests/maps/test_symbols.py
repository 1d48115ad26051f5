from incidentmap.maps.symbols import PATHS, data_uri, symbol_svg
from incidentmap.registry import SHAPES


def test_every_shape_of_the_registry_can_be_drawn() -> None:
    assert set(PATHS) == set(SHAPES)
    drawn = [symbol_svg(shape, "#000", "#fff") for shape in SHAPES]
    assert len(set(drawn)) == len(SHAPES)
    assert all("<" not in data_uri(svg) for svg in drawn)
