"""A drawn area as SQL that SQLite, DuckDB and Spark understand; every number is bound."""

from incidentmap.model import Area, area_bounds, area_edges


def area_sql(area: Area, lon: str, lat: str) -> tuple[str, tuple[float, ...]]:
    """The condition that a point, named by two columns, lies in an area: the parity of edges to the east of it.

    As :func:`incidentmap.model.lies_in`, term by term, so that all of them give the same answer on every double.
    """
    west, south, east, north = area_bounds(area)
    crossed = f"CASE WHEN {lat} >= ? AND {lat} < ? AND {lon} < ? + ({lat} - ?) * ? THEN 1 ELSE 0 END"
    edges = area_edges(area)
    parity = " + ".join([crossed] * len(edges)) or "0"
    values = [number for edge in edges for number in (edge.south, edge.north, edge.lon, edge.south, edge.slope)]
    box = f"{lon} BETWEEN ? AND ? AND {lat} BETWEEN ? AND ?"
    return f"({box} AND ({parity}) % 2 = 1)", (west, east, south, north, *values)
