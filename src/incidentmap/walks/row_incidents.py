"""Rows of tables as incidents, for the few of them that are shown one by one.

Nothing is added to what the source says. It says who was there, mostly not who attacked whom: then both are parties. It is the
one that tells the figures, so they are its claims, with what it says of the event as the words. The row is its own report.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from incidentmap.maps import web_address
from incidentmap.model import (
    ActorRole,
    Claim,
    ClaimField,
    DatePrecision,
    Incident,
    Location,
    PartialDate,
    Position,
    Relation,
    Report,
    Role,
    Scope,
    Span,
    Stance,
    Status,
)
from incidentmap.paths import shipped
from incidentmap.walks.import_tables import inside
from incidentmap.walks.import_units import units_in

_DIRECTED = "actor1 acts on actor2"
_FIGURES = (
    ("killed", ClaimField.KILLED, ""), ("civilians_killed", ClaimField.KILLED, "civilians"),
    ("wounded", ClaimField.WOUNDED, ""),
)
_BOUNDS = ("low", "best", "high")
_RADIUS_KM = {1: 5.0, 2: 25.0, 3: 75.0, None: 25.0}
"""Where a source names no radius: the largest that the codebooks have for each class of precision."""
_UNIT_OF_UCDP = {3: "unit_admin2", 4: "unit_admin1", 6: "unit_country"}
"""What UCDP's where_prec says is known: the unit in which the point stands, not the point."""
_UNIT_OF_ACLED = {3: "unit_admin1"}
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RowIncidents:
    """Rows as incidents, in their order, and each as the report that it is."""

    incidents: tuple[Incident, ...] = ()
    reports: tuple[Report, ...] = ()


def row_incidents(rows: pa.Table, region: str | None) -> RowIncidents:
    """Incidents and reports of rows as :func:`incidentmap.store.events.queries.page` gives them.

    Parameters
    ----------
    rows
        Few: each becomes some twenty objects.
    region
        Region of interest, whose incidents say that they lie in it.
    """
    listed: list[Row] = rows.to_pylist()
    grounds = _grounds(listed, region)
    incidents = tuple(_incident(row, grounds.get(row["event_id"])) for row in listed)
    return RowIncidents(incidents, tuple(_report(row) for row in listed))


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the ground adds to a point: the polygon that stands for it, and the region that it lies in."""

    area_id: str
    regions: tuple[str, ...]


def _grounds(rows: Iterable[Row], region: str | None) -> dict[str, _Ground]:
    placed = [row for row in rows if row["lon"] is not None]
    lon, lat = (pa.array([row[name] for row in placed], pa.float64()).to_numpy() for name in ("lon", "lat"))
    units = units_in(shipped("geo"))(lon, lat).to_pylist()
    within = inside(region, lon, lat).tolist() if region else [False] * len(placed)
    return {
        row["event_id"]: _Ground(unit.get(_unit(row), "") or "", (region,) if region and in_it else ())
        for row, unit, in_it in zip(placed, units, within, strict=True)
    }


def _unit(row: Row) -> str:
    by_ucdp = _UNIT_OF_UCDP.get(row["where_prec"], "")
    return by_ucdp if row["geo_precision"] is None else _UNIT_OF_ACLED.get(row["geo_precision"], "")


def _incident(row: Row, ground: _Ground | None) -> Incident:
    words = Span(0, len(row["notes"] or ""), row["notes"] or "")
    return Incident(
        id=row["event_id"], report=row["event_id"], event_type=row["event_type"] or "",
        sub_event_type=row["sub_event_type"] or "", date=_date(row), date_span=None, trigger=words,
        location=_location(row, ground) if ground else None, actors=_actors(row), claims=_claims(row, words),
        status=Status.IMPORTED, review=(),
    )


def _date(row: Row) -> PartialDate | None:
    if row["date_start"] is None:
        return None
    told = row["date_precision"] or (DatePrecision.DAY if row["date_start"] == row["date_end"] else DatePrecision.RANGE)
    return PartialDate(row["date_start"], row["date_end"], DatePrecision(told))


def _location(row: Row, ground: _Ground) -> Location:
    point, name = Position(row["lon"], row["lat"]), row["place"] or row["admin2"] or row["admin1"] or ""
    bare = Location(
        span=Span(0, 0, ""), relation=Relation.IN, place_id=row["place_id"] or "", name=name, anchor=point, position=point,
        line=(), radius_km=0.0, area_id=ground.area_id, where_prec=row["where_prec"], geo_precision=row["geo_precision"],
        country=row["country"] or "", admin1=row["admin1"] or "", admin2=row["admin2"] or "", regions=ground.regions,
        ambiguous=False, score=1.0, reasons=(), rivals=(),
    )
    radius_km = row["radius_km"] if row["radius_km"] is not None else _RADIUS_KM[bare.precision]
    return replace(bare, radius_km=radius_km)


def _actors(row: Row) -> tuple[ActorRole, ...]:
    roles = (Role.ATTACKER, Role.TARGET) if row["side_roles"] == _DIRECTED else (Role.PARTY, Role.PARTY)
    sides = ((row[f"{side}_id"] or row[side], row[side], role) for side, role in zip(("actor1", "actor2"), roles, strict=True))
    return tuple(dict.fromkeys(ActorRole(key, written or key, role) for key, written, role in sides if key))


def _claims(row: Row, words: Span) -> tuple[Claim, ...]:
    """A figure of which no bound is told is no claim."""
    told = ((field, subject, [row[f"{name}_{bound}"] for bound in _BOUNDS]) for name, field, subject in _FIGURES)
    return tuple(
        Claim(row["source"], row["source"], Stance.REPORTS, field, subject, "", low, best, high, hedged=False,
              scope=Scope.INCIDENT, span=words, report=row["event_id"])
        for field, subject, (low, best, high) in told if (low, best, high) != (None, None, None)
    )


def _report(row: Row) -> Report:
    publisher = " · ".join(name for name in (row["source"], row["sources"]) if name)
    return Report(
        id=row["event_id"], source=publisher, url=web_address(row["url"] or ""), language="", published=None,
        title=row["source_id"], text=row["notes"] or "", sha256="",
    )
