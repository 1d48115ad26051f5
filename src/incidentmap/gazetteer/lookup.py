"""Questions to the compiled gazetteer, answered in the model's terms."""

import sqlite3
import threading
import unicodedata
import weakref
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from incidentmap.gazetteer.compile import BETWEEN, SHORTEST_SOUNDED
from incidentmap.gazetteer.entry import GEONAMES
from incidentmap.gazetteer.names import fold_name, phonetic, squash
from incidentmap.gazetteer.rank import Hit
from incidentmap.gazetteer.settings import ranking
from incidentmap.model import BrokenGazetteer, Place, PlaceKind, Position

_PLACE = (
    "p.id, p.name, p.kind, p.lon, p.lat, p.radius_km, p.country, p.admin1, p.admin2, p.population, p.source, p.area_id, p.note"
)
_BY_KEY = f"SELECT s.nth, p.spellings, p.regions, {_PLACE} FROM spelling s JOIN place p ON p.num = s.place WHERE s.key = ?"  # noqa: S608 - own words
_BY_SOUND = (
    f"SELECT s.nth, p.spellings, p.regions, {_PLACE} FROM sound h JOIN spelling s ON s.key = h.key "  # noqa: S608
    "JOIN place p ON p.num = s.place WHERE h.sound = ?"
)
_BIG_CITY = 100_000
_AT_ONCE = 4096
_KINDS = {kind.value: kind for kind in PlaceKind}


class Lookup:
    """Reads the compiled gazetteer; safe to share between threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        weakref.finalize(self, connection.close)
        self._lock = threading.Lock()
        self.version = str(self._rows("SELECT hash FROM made_from", ())[0][0])[:16]

    def hits(self, name: str) -> tuple[Hit, ...]:
        """Places of which a spelling has the name's key, each with how closely it met; empty for a name without letters.

        Exact, folded and squashed are found at once. Only where there is none of these, names of five letters and more are
        found by their sound.
        """
        folded = fold_name(name)
        if not folded:
            return ()
        key = squash(folded)
        composed = name if name.isascii() else unicodedata.normalize("NFC", name).strip()
        if rows := self._rows(_BY_KEY, (key,)):
            return tuple(_hit(row, composed, folded) for row in rows)
        if len(key) < SHORTEST_SOUNDED or not key.isascii() or "phonetic" not in ranking().match:
            return ()
        rows = self._rows(_BY_SOUND, (phonetic(key),))
        return tuple(Hit(_place(row[3:]), row[1].split(BETWEEN)[row[0]], "phonetic", row[2]) for row in rows)

    def keys(self, countries: Iterable[str] | None = None) -> Iterator[tuple[str, str, bool]]:
        """Keys of all spellings, or of those of places in some countries: (folded, squashed, whether a judged source has it).

        Each pair comes once; judged is every source but GeoNames.
        """
        judged: dict[tuple[str, str], bool] = {}
        for folded, _, _, source in self._spelt(countries):
            pair = (folded, squash(folded))
            judged[pair] = judged.get(pair, False) or source != GEONAMES
        for (folded, squashed), by_person in judged.items():
            yield folded, squashed, by_person

    def written_names(self, countries: Iterable[str]) -> Iterator[tuple[str, bool]]:
        """What a text may name: (spelling, whether a judged source has it), read row by row.

        Those of places in some countries, and everywhere of judged rows and big cities: the small ones of the world are
        words of every language.
        """
        codes = tuple(countries)
        asked = (
            f"SELECT spellings, source FROM place WHERE country IN ({', '.join('?' * len(codes))}) "  # noqa: S608 - marks only
            "OR source <> 'geonames' OR population >= ?"
        )
        with self._lock:
            rows = self._connection.execute(asked, (*codes, _BIG_CITY))
        while True:
            with self._lock:
                some = rows.fetchmany(_AT_ONCE)
            if not some:
                return
            for spellings, source in some:
                for written in spellings.split(BETWEEN):
                    yield written, source != GEONAMES

    def spellings(self, countries: Iterable[str]) -> list[tuple[str, str, str]]:
        """(folded, written, place id) of every spelling in some countries, judged sources first; all of them for no country."""
        codes = tuple(countries)
        return [(folded, written, own) for folded, written, own, _ in self._spelt(codes or None)]

    def _spelt(self, countries: Iterable[str] | None) -> Iterator[tuple[str, str, str, str]]:
        """(folded, written, place id, source): judged sources first, a place's own name before its other spellings."""
        codes = None if countries is None else tuple(countries)
        where = "" if codes is None else f"WHERE country IN ({', '.join('?' * len(codes))})"
        places = self._rows(
            f"SELECT spellings, id, source FROM place {where} ORDER BY source = 'geonames', num", codes or (),  # noqa: S608 - marks only
        )
        for spellings, own, source in places:
            for written in spellings.split(BETWEEN):
                if folded := fold_name(written):
                    yield folded, written, own, source

    def place(self, place_id: str) -> Place | None:
        """The place of an id, None if there is none."""
        rows = self._rows(f"SELECT {_PLACE} FROM place p WHERE p.id = ?", (place_id,))  # noqa: S608 - own words
        return _place(rows[0]) if rows else None

    def regions_of(self, place_id: str) -> tuple[str, ...]:
        """Ids of the regions of interest that contain a place."""
        rows = self._rows("SELECT regions FROM place WHERE id = ?", (place_id,))
        return tuple(rows[0][0].split()) if rows else ()

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

    def settlement_points(self) -> Iterator[tuple[int, float, float, str, int | None, str]]:
        """(number, lon, lat, kind, population, source) of every settlement, in the order of their numbers, few at a time."""
        last = 0
        rows: list[Any] = [()]
        while rows:
            rows = self._rows(
                "SELECT num, lon, lat, kind, population, source FROM place WHERE num > ? "
                "AND kind IN ('city', 'town', 'village', 'camp', 'well') ORDER BY num LIMIT 10000", (last,),
            )
            yield from rows
            last = rows[-1][0] if rows else last

    def places(self, numbers: Sequence[int]) -> dict[int, Place]:
        """Places by their number in the compiled file, as :meth:`settlement_points` gives them."""
        marks = ", ".join("?" * len(numbers))
        rows = self._rows(f"SELECT p.num, {_PLACE} FROM place p WHERE p.num IN ({marks})", tuple(numbers))  # noqa: S608 - marks only
        return {row[0]: _place(row[1:]) for row in rows}

    def _rows(self, question: str, values: tuple[object, ...]) -> list[Any]:
        try:
            with self._lock:
                return self._connection.execute(question, values).fetchall()
        except sqlite3.DatabaseError as error:
            todo = "Compile it again with: incidentmap gazetteer build --force"
            raise BrokenGazetteer(f"The compiled gazetteer is damaged ({error}). {todo}") from error


def _hit(row: Any, composed: str, folded: str) -> Hit:
    written = row[1].split(BETWEEN)[row[0]]
    if written == composed or (not written.isascii() and unicodedata.normalize("NFC", written) == composed):
        return Hit(_place(row[3:]), written, "exact", row[2])
    return Hit(_place(row[3:]), written, "folded" if fold_name(written) == folded else "squashed", row[2])


def _place(row: Any) -> Place:
    own, name, kind, lon, lat, radius_km, country, admin1, admin2, population, source, area_id, note = row
    return Place(
        own, name, _KINDS[kind], Position(lon, lat), radius_km, country, admin1, admin2, population, source, area_id, note,
    )
