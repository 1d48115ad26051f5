import pytest
import shapely

from incidentmap.paths import shipped
from incidentmap.publish import Ground, Level, open_ground
from incidentmap.publish.ground import SETTLEMENT_KM, Point
from incidentmap.walks.import_units import units_in

NEAR_NIAFUNKE, DESERT, OCEAN = (-3.97, 15.91), (-2.5, 21.5), (-30.0, 0.0)


@pytest.fixture(scope="module")
def ground() -> Ground:
    return open_ground(units_in(shipped("geo")))


@pytest.mark.parametrize(("asked", "told"), [
    ((Level.SETTLEMENT, NEAR_NIAFUNKE, None, "ML"), (Level.SETTLEMENT, None, "Niafunké", "ML")),
    ((Level.SETTLEMENT, DESERT, None, "ML"), (Level.ADMIN2, "ML/tombouctou/tombouctou", "Tombouctou", "ML")),
    ((Level.ADMIN2, NEAR_NIAFUNKE, None, "ML"), (Level.ADMIN2, "ML/tombouctou/niafunke", "Niafunké", "ML")),
    ((Level.ADMIN1, NEAR_NIAFUNKE, None, None), (Level.ADMIN1, "ML/tombouctou", "Tombouctou", "ML")),
    ((Level.COUNTRY, NEAR_NIAFUNKE, None, None), (Level.COUNTRY, "ML", "Mali", "ML")),
    ((Level.ADMIN2, None, "ML/tombouctou", None), (Level.ADMIN1, "ML/tombouctou", "Tombouctou", "ML")),
    ((Level.ADMIN1, None, "ML/tombouctou/niafunke", None), (Level.ADMIN1, "ML/tombouctou", "Tombouctou", "ML")),
    ((Level.ADMIN2, OCEAN, None, "ML"), (Level.COUNTRY, None, None, "ML")),
    ((Level.SETTLEMENT, OCEAN, None, None), (Level.NOWHERE, None, None, None)),
    ((Level.ADMIN2, None, None, None), (Level.NOWHERE, None, None, None)),
    ((Level.NOWHERE, NEAR_NIAFUNKE, None, "ML"), (Level.NOWHERE, None, None, None)),
])
def test_what_is_told_of_a_place(
    ground: Ground, asked: tuple[Level, Point | None, str | None, str | None], told: tuple[object, ...],
) -> None:
    spot = ground.spot(*asked)
    assert (spot.level, spot.area_id, spot.name, spot.country) == told


def test_a_settlement_tells_no_distance(ground: Ground) -> None:
    one, other = (ground.spot(Level.SETTLEMENT, point, None, None) for point in (NEAR_NIAFUNKE, (-3.99, 15.94)))
    assert one == other
    assert one.radius_km == SETTLEMENT_KM


def test_a_unit_is_one_coarse_polygon_that_holds_its_anchor(ground: Ground) -> None:
    for area in ("ML/tombouctou/niafunke", "ML/tombouctou", "ML"):
        spot = ground.unit(area)
        assert spot.anchor
        assert spot.radius_km
        assert spot.geometry
        outline = shapely.from_wkb(spot.geometry)
        assert outline.geom_type == "Polygon"
        assert outline.distance(shapely.Point(spot.anchor)) < 0.1
        assert shapely.get_num_coordinates(outline) < 250
