"""French one-line reports on Mali with coded columns: killed, wounded, actor, target, weapon and kind, on two halves.

A line is read as its text with the victims' field after it, on the day of its date column. Lines whose column is empty or
coded as not known are not counted for it. Nothing of the file is shipped, `INCIDENTMAP_EVAL` says where it stands.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from benchmarks.evaluation import EVAL, there
from benchmarks.reading.score import Tally, held_back, print_tallies, total
from incidentmap.gazetteer import open_gazetteer
from incidentmap.model import ClaimField, Incident, PartialDate, PlaceFinder, Reading, Report
from incidentmap.reports import read_report

LINES = EVAL / "mali_incident_lines" / "dev.csv"
Row = Mapping[str, str]
_FORCES = frozenset({"fama", "mali_gendarmerie", "mali_national_guard", "mali_police", "mali_customs"})
_UNKNOWN_GROUP = frozenset({"unidentified_armed_group", "jnim", "al_qaeda"})
_ACTORS: Mapping[str, frozenset[str]] = {
    "ama": _FORCES, "fama": _FORCES, "minusma": frozenset({"minusma"}), "barkhane": frozenset({"barkhane"}),
    "gatia": frozenset({"gatia"}), "cma": frozenset({"cma"}), "msa": frozenset({"msa"}), "maa": frozenset({"maa"}),
    "mnla": frozenset({"mnla"}), "eutm": frozenset({"eutm"}), "aqmi": frozenset({"aqmi"}), "eigs": frozenset({"is_sahel"}),
    "ansar dine": frozenset({"ansar_dine"}), "dozo": frozenset({"dozo"}), "individus armés": _UNKNOWN_GROUP,
    "djihadistes": _UNKNOWN_GROUP, "djihadiste": _UNKNOWN_GROUP, "terroristes": _UNKNOWN_GROUP, "bandits": _UNKNOWN_GROUP,
    "civil": frozenset({"civilians"}), "civl": frozenset({"civilians"}), "ong": frozenset({"civilians"}),
}
"""Actor ids that a coded name can be."""
_WEAPONS = {
    "mine": "Remote explosive/landmine/IED", "engin explosif": "Remote explosive/landmine/IED",
    "explosif": "Remote explosive/landmine/IED", "mortier": "Shelling/artillery/missile attack",
    "obus": "Shelling/artillery/missile attack", "roquette": "Shelling/artillery/missile attack",
}
_VIOLENT = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})
_KINDS = {
    "affrontement": frozenset({"Battles"}), "assassinat": frozenset({"Violence against civilians", "Battles"}),
    "arrestation": frozenset({"Arrests"}), "déminage": frozenset({"Disrupted weapons use"}), "accident": frozenset({""}),
    "enlèvement": frozenset({"Abduction/forced disappearance"}), "frappes": frozenset({"Air/drone strike"}),
}
"""Event types or sub-types that a coded kind can be; any other kind is violence of some sort."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its columns and what was read from it."""

    row: Row
    reading: Reading


def read_lines(finder: PlaceFinder, *, held: bool) -> tuple[Line, ...]:
    """The lines of one half, read."""
    with LINES.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if held_back(row["evenement"]) is held]
    return tuple(Line(row, read_report(_report(row), finder, "mali")) for row in rows)


def _report(row: Row) -> Report:
    text = f"{row['evenement'].strip().rstrip('.')}. {row['victimes'].strip().rstrip('.')}."
    return Report("0" * 16, "", "", "fr", PartialDate.day(date.fromisoformat(row["date"])), "", text, "")


def tallies(line: Line) -> dict[str, Tally]:
    """What of a line was read right."""
    return dict(_tallies(line))


def _tallies(line: Line) -> Iterator[tuple[str, Tally]]:
    row, incidents = line.row, line.reading.incidents
    for field in (ClaimField.KILLED, ClaimField.WOUNDED):
        if row[field.value]:
            yield field.value, Tally(counted(line.reading, field) == int(row[field.value]), 1, 1)
    for column in ("perpetrator", "target"):
        wanted = _coded_actors(row[column])
        if wanted:
            yield f"{column}, any role", _found(wanted, incidents, both=True, role=column)
            yield column, _found(wanted, incidents, both="ffrontement" in row["incident_type"], role=column)
    if row["weapon"].lower() in _WEAPONS:
        wanted_kind = _WEAPONS[row["weapon"].lower()]
        yield "weapon", Tally(any(one.sub_event_type == wanted_kind for one in incidents[:1]), 1, 1)
    if row["incident_type"]:
        yield "event kind", Tally(_kind_fits(row["incident_type"].lower(), incidents), 1, 1)
    yield "one incident", Tally(len(incidents) == 1, 1, 1)


def counted(reading: Reading, field: ClaimField) -> int:
    """How many a line says were harmed: the highest count of people without a class, else the sum over classes; 0 for none."""
    claims = [claim for incident in reading.incidents for claim in incident.claims if claim.field is field]
    claims += [one.claim for one in reading.report_claims if one.claim.field is field]
    highest: dict[str, int] = {}
    for claim in claims:
        value = claim.high if claim.high is not None else claim.low
        highest[claim.subject] = max(highest.get(claim.subject, 0), value or 0)
    return max(highest.pop("", 0), sum(highest.values()))


def _coded_actors(coded: str) -> list[frozenset[str]]:
    words = re.split(r"\s*[/;]\s*|-", coded.lower())
    return list(dict.fromkeys(ids for word in words for name, ids in _ACTORS.items() if re.search(rf"\b{name}\b", word)))


def _found(wanted: Sequence[frozenset[str]], incidents: Sequence[Incident], *, both: bool, role: str) -> Tally:
    part = "attacker" if role == "perpetrator" else "target"
    read = {actor.id for one in incidents for actor in one.actors if both or actor.role.value == part}
    right = sum(bool(ids & read) for ids in wanted)
    surplus = sum(all(actor not in ids for ids in wanted) for actor in read)
    return Tally(right, right + (0 if both else surplus), len(wanted))


def _kind_fits(coded: str, incidents: Sequence[Incident]) -> bool:
    fitting = next((kinds for word, kinds in _KINDS.items() if word in coded and "attaque" not in coded), _VIOLENT)
    if not incidents:
        return "" in fitting
    return any({one.event_type, one.sub_event_type} & fitting for one in incidents)


def report(*, held: bool | None = None) -> dict[str, float]:
    """Print a table for each half and give the figures by name."""
    figures: dict[str, float] = {}
    halves = (False, True) if held is None else (held,)
    for half in halves if there(LINES) else ():
        lines, name = read_lines(open_gazetteer(), held=half), "held" if half else "dev"
        sums = total(map(tallies, lines))
        print_tallies(f"{name}, {len(lines)} lines", sums)
        figures |= {f"lines {name}: {what}": tally.f1 for what, tally in sums.items()}
    return figures
