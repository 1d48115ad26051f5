"""The paper under the incidents: land, borders, water, the region of interest."""

from functools import cache
from typing import Any

import geopandas as gpd

from incidentmap.briefing.extent import Extent
from incidentmap.briefing.lettering import points
from incidentmap.gazetteer import Region
from incidentmap.maps.theme import Palette
from incidentmap.paths import shipped

HOME = "ML"
"""The country whose land is drawn a shade lighter than that of its neighbours."""
_LAND, _ADMIN, _WATER, _BORDER, _REGION = range(1, 6)


@cache
def layer(name: str) -> gpd.GeoDataFrame:
    """A layer of the basemap, WGS 84: land, borders, admin1_lines, rivers, lakes or towns."""
    return gpd.read_file(shipped("geo", "basemap", f"{name}.geojson"))


def draw_ground(axes: Any, extent: Extent, region: Region | None, colours: Palette) -> None:
    """Draw the basemap and the outline of the region on axes in degrees."""
    seen = extent.outline.buffer(1)
    land = layer("land")
    home = land["iso2"] == HOME
    _draw(axes, land[~home], seen, facecolor=colours.neighbours, zorder=_LAND)
    _draw(axes, land[home], seen, facecolor=colours.land, zorder=_LAND)
    if region is not None:
        outline = gpd.GeoSeries([region.geometry], crs=4326)
        outline.plot(ax=axes, facecolor=colours.region, edgecolor="none", aspect=None, zorder=_LAND)
    limits = layer("admin1_lines")
    _draw(axes, limits, seen, edgecolor=colours.admin, linewidth=points(1.1), linestyle=(0, (3, 2.5)), zorder=_ADMIN)
    _draw(axes, layer("lakes"), seen, facecolor=colours.water, zorder=_WATER)
    _draw(axes, layer("rivers"), seen, edgecolor=colours.water, linewidth=points(2.6), zorder=_WATER)
    _draw(axes, layer("borders"), seen, edgecolor=colours.border, linewidth=points(1.5), zorder=_BORDER)
    if region is not None:
        outline.plot(ax=axes, facecolor="none", edgecolor=colours.region_edge, linewidth=points(3), aspect=None, zorder=_REGION)


def _draw(axes: Any, features: gpd.GeoDataFrame, seen: Any, **style: Any) -> None:
    near = features[features.intersects(seen)]
    if not near.empty:
        near.plot(ax=axes, aspect=None, **({"edgecolor": "none"} | style))
