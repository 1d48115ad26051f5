"""Questions to the compiled gazetteer, answered in the model's terms."""

import sqlite3
import threading
import unicodedata
import weakref
from collections.abc import Iterable
from typing import Any

from incidentmap.gazetteer.names import fold_name, squash
from incidentmap.gazetteer.rank import Hit
from incidentmap.model import Place, PlaceKind, Position

_PLACE = (
    "p.id, p.name, p.kind, p.lon, p.lat, p.radius_km, p.country, p.admin1, p.admin2, p.population, p.source, p.area_id, p.note"
)


class Lookup:
    """Reads the compiled gazetteer; safe to share between threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        weakref.finalize(self, connection.close)
        self._lock = threading.Lock()

    def hits(self, name: str) -> tuple[Hit, ...]:
        """Places of which a spelling has the name's key, each with how closely it met; empty for a name without letters."""
        folded = fold_name(name)
        if not folded:
            return ()
        rows = self._rows(
            f"SELECT s.written, s.folded, {_PLACE} FROM spelling s JOIN place p ON p.id = s.place WHERE s.squashed = ?",  # noqa: S608
            (squash(folded),),
        )
        composed = unicodedata.normalize("NFC", name).strip()
        return tuple(Hit(_place(row[2:]), row[0], _match(composed, folded, row[0], row[1])) for row in rows)

    def keys(self) -> Iterable[tuple[str, str, bool]]:
        """All keys, as (folded, squashed, whether a source other than GeoNames has it)."""
        return self._rows(
            "SELECT s.folded, s.squashed, max(p.source <> 'geonames') FROM spelling s JOIN place p ON p.id = s.place "
            "GROUP BY s.folded, s.squashed",
            (),
        )

    def spellings(self, countries: Iterable[str]) -> list[tuple[str, str, str]]:
        """(folded, written, place id) of every spelling in some countries, judged sources first; all of them for no country."""
        codes = tuple(countries)
        where = f"WHERE p.country IN ({', '.join('?' * len(codes))})" if codes else ""
        return self._rows(
            f"SELECT s.folded, s.written, s.place FROM spelling s JOIN place p ON p.id = s.place {where} "  # noqa: S608 - marks only
            "ORDER BY p.source = 'geonames', s.written <> p.name, s.written, p.id",
            codes,
        )

    def regions_of(self, place_id: str) -> tuple[str, ...]:
        """Ids of the regions of interest that contain a place."""
        return tuple(row[0] for row in self._rows("SELECT region FROM membership WHERE place = ? ORDER BY region", (place_id,)))

    def countries_of(self, region_id: str) -> frozenset[str]:
        """Codes of the countries in which a region lies."""
        return frozenset(row[0] for row in self._rows("SELECT country FROM region_country WHERE region = ?", (region_id,)))

    def neighbours_of(self, countries: Iterable[str]) -> frozenset[str]:
        """Codes of the countries that share a border with any of these."""
        return frozenset(
            row[0] for code in countries for row in self._rows("SELECT other FROM neighbour WHERE country = ?", (code,))
        )

    def country_name(self, code: str) -> str:
        """A country's own entry in the gazetteer, else its code."""
        rows = self._rows("SELECT name FROM place WHERE kind = 'country' AND country = ? ORDER BY id", (code,))
        return str(rows[0][0]) if rows else code

    def settlements_near(self, position: Position, reach_deg: float) -> tuple[Place, ...]:
        """Settlements in a window of degrees around a position."""
        rows = self._rows(
            f"SELECT {_PLACE} FROM place p WHERE lat BETWEEN ? AND ? AND lon BETWEEN ? AND ? "  # noqa: S608 - fixed columns
            "AND kind IN ('city', 'town', 'village', 'camp', 'well')",
            (position.lat - reach_deg, position.lat + reach_deg, position.lon - reach_deg, position.lon + reach_deg),
        )
        return tuple(map(_place, rows))

    def _rows(self, question: str, values: tuple[object, ...]) -> list[Any]:
        with self._lock:
            return self._connection.execute(question, values).fetchall()


def _match(composed: str, folded: str, written: str, written_folded: str) -> str:
    if unicodedata.normalize("NFC", written) == composed:
        return "exact"
    return "folded" if written_folded == folded else "squashed"


def _place(row: Any) -> Place:
    own, name, kind, lon, lat, radius_km, country, admin1, admin2, population, source, area_id, note = row
    return Place(
        own, name, PlaceKind(kind), Position(lon, lat), radius_km, country, admin1, admin2, population, source, area_id, note,
    )
