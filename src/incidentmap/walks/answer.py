"""What came of one name of a table, as the cells that are added to its row."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from incidentmap.gazetteer import Gazetteer, region, regions_containing
from incidentmap.gazetteer.decided import Decided
from incidentmap.gazetteer.locate import Located
from incidentmap.model import Candidate, NameAsked, Position, Reason, Relation, Resolution, ResolutionStatus, reason
from incidentmap.tables import Column, ColumnKind
from incidentmap.words import say_reason

EMPTY = "empty"
"""The status of a row without a name."""
LONGEST_ASKED = 20_000
"""Characters; a cell with more is a document, no place."""
COLUMNS = (
    Column("geo_status"), Column("geo_name"), Column("geo_place_id"), Column("geo_kind"), Column("geo_relation"),
    Column("geo_lon", ColumnKind.NUMBER), Column("geo_lat", ColumnKind.NUMBER), Column("geo_radius_km", ColumnKind.NUMBER),
    Column("geo_line"), Column("geo_where_prec", ColumnKind.COUNT), Column("geo_precision", ColumnKind.COUNT),
    Column("geo_country"), Column("geo_admin1"), Column("geo_admin2"), Column("geo_inside", ColumnKind.TRUTH),
    Column("geo_regions"), Column("geo_matched"), Column("geo_score", ColumnKind.NUMBER), Column("geo_source"),
    Column("geo_reasons"), Column("geo_rivals"), Column("geo_decision", ColumnKind.COUNT), Column("geo_gazetteer"),
)
_AT = {column.name: index for index, column in enumerate(COLUMNS)}
_REASONS = _AT["geo_reasons"]
_MOST_RIVALS = 5
Cells = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a name.

    Parameters
    ----------
    status
        `found`, `ambiguous`, `miss` or `empty`.
    cells
        One for each of :data:`COLUMNS`.
    where_prec
        UCDP 1-7, None for a miss.
    decision
        Number of the decision that was used, else None.
    hint
        Of a miss the nearest spellings, of an ambiguous name what was taken and its rivals.
    doubts
        The names in it that a person should decide, each with what came of it.
    """

    status: str
    cells: Cells
    where_prec: int | None = None
    decision: int | None = None
    hint: tuple[str, ...] = ()
    doubts: tuple[tuple[NameAsked, ResolutionStatus], ...] = ()


@dataclass(frozen=True)
class Answerer:
    """Asks the gazetteer, and puts what it says into cells.

    Parameters
    ----------
    region_id
        Region of interest, None for none.
    language
        Of the reasons.
    """

    gazetteer: Gazetteer
    decisions: Decided
    region_id: str | None
    language: str

    def answer(self, asked: NameAsked) -> Answer:
        """What a name, a phrase or a whole line means."""
        if not asked.name:
            return self.nothing(EMPTY, reason("row_empty"))
        if len(asked.name) > LONGEST_ASKED:
            return self.nothing(ResolutionStatus.MISS.value, reason("row_too_long", length=len(asked.name)))
        found = self.gazetteer.locate(asked, region=self.region_id)
        number = decision_behind(found, self.decisions)
        chosen = [each.chosen for each in found.resolutions if each.chosen] if found.situation else []
        return Answer(
            status=found.status.value,
            cells=self._cells({**_place(chosen), **self._situation(found), **self._told(found), "geo_decision": number}),
            where_prec=found.situation.where_prec if found.situation else None,
            decision=number,
            hint=_hint(found.resolutions, chosen),
            doubts=() if number else tuple(doubts_of(found)),
        )

    def nothing(self, status: str, why: Reason) -> Answer:
        """The answer for a row that asks for no place."""
        return Answer(status, self._cells({"geo_status": status, "geo_reasons": say_reason(self.language, why)}))

    def with_reasons(self, cells: Cells, more: tuple[Reason, ...]) -> Cells:
        """The cells with more reasons behind those there are."""
        told = "; ".join(filter(None, (str(cells[_REASONS] or ""), *(say_reason(self.language, why) for why in more))))
        return (*cells[:_REASONS], told, *cells[_REASONS + 1:])

    def _cells(self, known: dict[str, object]) -> Cells:
        return tuple({**dict.fromkeys(_AT), **known, "geo_gazetteer": self.gazetteer.version}.values())

    def _situation(self, found: Located) -> dict[str, object]:
        where = found.situation
        if where is None or found.phrase is None:
            return {}
        exact = found.phrase.relation is Relation.IN
        first = next((each for each in found.resolutions if each.chosen), None)
        inside_of = first.regions if exact and first else regions_containing(where.position)
        return {
            "geo_relation": found.phrase.relation.value,
            "geo_lon": round(where.position.lon, 5), "geo_lat": round(where.position.lat, 5),
            "geo_radius_km": round(where.radius_km, 1), "geo_line": _wkt(where.line),
            "geo_where_prec": where.where_prec, "geo_precision": where.geo_precision,
            "geo_inside": self._inside(where.position, inside_of), "geo_regions": " ".join(inside_of) or None,
        }

    def _inside(self, position: Position, inside_of: tuple[str, ...]) -> bool | None:
        if self.region_id is None:
            return None
        return self.region_id in inside_of or region(self.region_id).contains(position)

    def _told(self, found: Located) -> dict[str, object]:
        whys = (
            *found.reasons, *(found.situation.reasons if found.situation else ()),
            *(why for each in found.resolutions for why in each.reasons),
        )
        rivals = [rival for each in found.resolutions for rival in each.rivals][:_MOST_RIVALS]
        return {
            "geo_status": found.status.value,
            "geo_reasons": "; ".join(dict.fromkeys(say_reason(self.language, why) for why in whys)) or None,
            "geo_rivals": " | ".join(map(_rival, rivals)) or None,
        }


def _place(chosen: list[Candidate]) -> dict[str, object]:
    """The known names of a phrase; of an axis both ends by name, all else of the first."""
    if not chosen:
        return {}
    first = chosen[0]
    place = first.place
    return {
        "geo_name": " - ".join(each.place.name for each in chosen), "geo_place_id": " ".join(each.place.id for each in chosen),
        "geo_kind": place.kind.value, "geo_country": place.country or None, "geo_admin1": place.admin1 or None,
        "geo_admin2": place.admin2 or None, "geo_matched": first.matched, "geo_score": round(first.score, 3),
        "geo_source": place.source,
    }


def decision_behind(found: Located, decisions: Decided) -> int | None:
    """Number of the decision that stands behind an answer: one about the whole cell, else about a name in it."""
    made = (decisions.on(each) for each in (found.asked, *(_asked(found, each) for each in found.resolutions)))
    return next((each.number for each in made if each), None)


def doubts_of(found: Located) -> Iterator[tuple[NameAsked, ResolutionStatus]]:
    """The names in doubt, as they were asked; the whole cell where no single name is at fault."""
    doubtful = [each for each in found.resolutions if each.status is not ResolutionStatus.FOUND]
    for each in doubtful:
        yield _asked(found, each), each.status
    if not doubtful and found.status is not ResolutionStatus.FOUND:
        yield found.asked, found.status


def _asked(found: Located, resolution: Resolution) -> NameAsked:
    unit = found.phrase.admin if found.phrase else None
    return replace(found.asked, name=resolution.query, admin=unit.quote if unit else found.asked.admin)


def _hint(resolutions: tuple[Resolution, ...], chosen: list[Candidate]) -> tuple[str, ...]:
    if not chosen:
        return tuple(name for each in resolutions for name in each.nearest)
    rivals = [_rival(rival) for each in resolutions for rival in each.rivals]
    return (_rival(chosen[0]), *rivals[:1])


def _rival(candidate: Candidate) -> str:
    place = candidate.place
    where = ", ".join(part for part in (place.admin1, place.country) if part)
    return f"{place.name} ({where}) {place.position.lat:.4f},{place.position.lon:.4f} {candidate.score:.2f}"


def _wkt(line: tuple[Position, ...]) -> str | None:
    corners = ", ".join(f"{each.lon:.5f} {each.lat:.5f}" for each in line)
    return f"LINESTRING ({corners})" if len(line) > 1 else None
