"""A place of the gazetteer on its way into the index."""

from dataclasses import dataclass

from incidentmap.model import Place

CURATED, ADMIN, GEONAMES, TABLE = "curated", "admin", "geonames", "table"


@dataclass(frozen=True, slots=True)
class Entry:
    """A place and every spelling it is known under, its own name first."""

    place: Place
    spellings: tuple[str, ...]
