"""The one question that every screen, export and picture asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from incidentmap.model.area import Area, area_text, checked_area, parse_area
from incidentmap.model.errors import BadValue
from incidentmap.model.incident import Status

BBox = tuple[float, float, float, float]
"""west, south, east, north in WGS 84 degrees, as in RFC 7946."""
REPORTS = "reports"
"""The source, in a query, of all incidents that were read from reports; every other one is that of a table."""


@dataclass(frozen=True, slots=True)
class IncidentQuery:
    """Which incidents are meant. Frozen and hashable: cache key, URL and the store's argument in one.

    An empty tuple or None means "no limit by this". Tuples are sorted and without repeats, so that equal questions are equal.

    Parameters
    ----------
    start, end
        Window of days, both included. An incident is in it when its interval of days touches it; an undated incident is in
        every query without a window and in none with one.
    actors
        Actor ids, or names as a table writes them; an incident matches when any of them has a part in it.
    not_actors
        The same, left out: no incident in which any of them has a part.
    event_types
        ACLED event types.
    region
        Region id: only incidents inside it.
    bbox
        Only incidents whose position lies in it.
    area
        The same for a drawn area; see :mod:`incidentmap.model.area`.
    worst_precision
        1-3 as in ACLED's geo_precision (:attr:`incidentmap.model.Location.precision`): nothing less precise than this.
    statuses
        Review states; rejected incidents are left out unless asked for.
    sources
        Sources of tables, and :data:`REPORTS`.
    text
        Words sought in place names, actor names and quotes, without regard to case and accents.
    """

    start: date | None = None
    end: date | None = None
    actors: tuple[str, ...] = ()
    not_actors: tuple[str, ...] = ()
    event_types: tuple[str, ...] = ()
    region: str | None = None
    bbox: BBox | None = None
    area: Area = ()
    worst_precision: int | None = None
    statuses: tuple[Status, ...] = (Status.CONFIRMED, Status.DRAFT, Status.IMPORTED)
    text: str = ""
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise BadValue("time window", f"{self.start} to {self.end}", "an end on or after its start")
        if self.worst_precision not in {None, 1, 2, 3}:
            raise BadValue("precision", self.worst_precision, "1, 2 or 3 (ACLED geo_precision)")
        object.__setattr__(self, "area", checked_area(self.area))
        for field in ("actors", "not_actors", "event_types", "statuses", "sources"):
            object.__setattr__(self, field, tuple(sorted(set(getattr(self, field)))))

    def to_params(self) -> dict[str, str]:
        """As URL parameters; what is at its default is left out."""
        params = {
            "from": self.start.isoformat() if self.start else "",
            "to": self.end.isoformat() if self.end else "",
            "actors": listed_text(self.actors),
            "without": listed_text(self.not_actors),
            "types": listed_text(self.event_types),
            "region": self.region or "",
            "bbox": ",".join(f"{number:g}" for number in self.bbox) if self.bbox else "",
            "area": area_text(self.area),
            "precision": str(self.worst_precision or ""),
            "status": "" if self.statuses == IncidentQuery().statuses else ",".join(self.statuses),
            "text": self.text,
            "sources": listed_text(self.sources),
        }
        return {key: value for key, value in params.items() if value}

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> "IncidentQuery":
        """Parse URL parameters; unknown ones are ignored.

        Raises
        ------
        BadValue
            If a parameter cannot be read; the message names it and what was expected.
        """
        statuses = parse_listed(params.get("status", ""))
        return cls(
            start=_date("from", params.get("from", "")),
            end=_date("to", params.get("to", "")),
            actors=parse_listed(params.get("actors", "")),
            not_actors=parse_listed(params.get("without", "")),
            event_types=parse_listed(params.get("types", "")),
            region=params.get("region") or None,
            bbox=_bbox(params.get("bbox", "")),
            area=parse_area(params.get("area", "")),
            worst_precision=_precision(params.get("precision", "")),
            statuses=tuple(_status(name) for name in statuses) or cls().statuses,
            text=params.get("text", ""),
            sources=parse_listed(params.get("sources", "")),
        )


def listed_text(values: Iterable[str]) -> str:
    """Values as one parameter; a comma in a value, as names in tables have it, is written %2C."""
    return ",".join(value.replace("%", "%25").replace(",", "%2C") for value in values)


def parse_listed(text: str) -> tuple[str, ...]:
    """The values of a parameter, without blanks around them."""
    parts = (part.strip() for part in text.split(","))
    return tuple(part.replace("%2C", ",").replace("%25", "%") for part in parts if part)


def _date(name: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadValue(name, text, "a date such as 2023-11-24") from error


def _bbox(text: str) -> BBox | None:
    if not text:
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise BadValue("bbox", text, "west,south,east,north in degrees") from error
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise BadValue("bbox", text, "west,south,east,north in degrees, west <= east and south <= north")
    return west, south, east, north


def _precision(text: str) -> int | None:
    if not text:
        return None
    if text not in {"1", "2", "3"}:
        raise BadValue("precision", text, "1, 2 or 3 (ACLED geo_precision)")
    return int(text)


def _status(name: str) -> Status:
    try:
        return Status(name)
    except ValueError as error:
        raise BadValue("status", name, ", ".join(Status)) from error
