"""Incidents as a GeoDataFrame."""

from collections.abc import Sequence
from typing import cast

import geopandas as gpd
import pandas as pd

from incidentmap.frames.geometry import Boundary, location_geometry
from incidentmap.frames.record import IncidentRecord, incident_record
from incidentmap.model import Incident

COLUMNS = tuple(IncidentRecord.__annotations__)
"""Names of the attribute columns, in order; the geometry comes after them."""


def incidents_frame(
    incidents: Sequence[Incident], *, region: str | None, boundary: Boundary, language: str = "en",
) -> gpd.GeoDataFrame:
    """One row per incident, in the order given, those without a location included (geometry None).

    Parameters
    ----------
    incidents
        In any order; it is kept.
    region
        Region of interest that the column `inside_region` refers to.
    boundary
        Gives the polygon (WGS 84) of an area id, None if it knows none.
    language
        Of the reasons in the column `review`.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326. All attribute columns have dtype object, so that None stays None and integers stay integers; `actors`,
        `claims` and `review` hold lists.
    """
    records = [incident_record(incident, region=region, language=language) for incident in incidents]
    # dtype object said for each column: inferred, pandas would put NaN for None and floats for integers.
    columns = {
        name: pd.Series([cast("dict[str, object]", record)[name] for record in records], dtype=object) for name in COLUMNS
    }
    geometry = pd.Series([location_geometry(incident.location, boundary) for incident in incidents], dtype=object)
    return gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries(geometry, crs="EPSG:4326"))
