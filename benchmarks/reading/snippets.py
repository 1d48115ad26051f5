"""English snippets of events with their sub-type: weighted F1 on a half tuned on and a half held back.

The labels are those of ACLED's sub-types with five more that ACLED does not have; those count as "no incident of ACLED's".
Nothing of the file is shipped, `INCIDENTMAP_EVAL` says where it stands.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.evaluation import EVAL, there
from benchmarks.reading.score import held_back, weighted_f1
from incidentmap.gazetteer import open_gazetteer
from incidentmap.model import PlaceFinder, Report
from incidentmap.reports import read_report

SNIPPETS = EVAL / "event_types" / "english_snippets_dev.tsv"
SUPERVISED = 0.839
"""Weighted F1 of the best published supervised system on ACLED's 25 sub-types (CASE 2021, task 2)."""
NONE = ""
LABELS = {
    "ABDUCT_DISSAP": "Abduction/forced disappearance", "AGREEMENT": "Agreement", "AIR_STRIKE": "Air/drone strike",
    "ARMED_CLASH": "Armed clash", "ARREST": "Arrests", "ART_MISS_ATTACK": "Shelling/artillery/missile attack",
    "ATTACK": "Attack", "CHANGE_TO_GROUP_ACT": "Change to group/activity", "CHEM_WEAP": "Chemical weapon",
    "DISR_WEAP": "Disrupted weapons use", "FORCE_AGAINST_PROTEST": "Excessive force against protesters",
    "GOV_REGAINS_TERIT": "Government regains territory", "GRENADE": "Grenade",
    "HQ_ESTABLISHED": "Headquarters or base established",
    "MOB_VIOL": "Mob violence", "NON_STATE_ACTOR_OVERTAKES_TER": "Non-state actor overtakes territory",
    "NON_VIOL_TERRIT_TRANSFER": "Non-violent transfer of territory", "OTHER": "Other", "PEACE_PROTEST": "Peaceful protest",
    "PROPERTY_DISTRUCT": "Looting/property destruction", "PROTEST_WITH_INTER": "Protest with intervention",
    "REM_EXPLOS": "Remote explosive/landmine/IED", "SEX_VIOL": "Sexual violence", "SUIC_BOMB": "Suicide bomb",
    "VIOL_DEMONSTR": "Violent demonstration",
}


@dataclass(frozen=True, slots=True)
class Snippet:
    """A snippet, its sub-type in ACLED's words (empty for what ACLED has no word for), and the sub-type read."""

    id: str
    text: str
    wanted: str
    found: str


def read_snippets(finder: PlaceFinder, *, held: bool) -> tuple[Snippet, ...]:
    """The snippets of one half, read. Of several incidents the first one counts."""
    with SNIPPETS.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if held_back(row["EventSnippet"]) is held]
    return tuple(_snippet(row, finder) for row in rows)


def _snippet(row: dict[str, str], finder: PlaceFinder) -> Snippet:
    text = row["EventSnippet"]
    incidents = read_report(Report("0" * 16, "", "", "en", None, "", text, ""), finder, None).incidents
    return Snippet(row["id"], text, LABELS.get(row["SubType"], NONE), incidents[0].sub_event_type if incidents else NONE)


def scores(snippets: Sequence[Snippet]) -> tuple[float, float]:
    """Weighted F1 over ACLED's sub-types, and over all snippets with those that are none."""
    pairs = [(one.wanted, one.found) for one in snippets]
    return weighted_f1([pair for pair in pairs if pair[0] != NONE]), weighted_f1(pairs)


def report(*, held: bool | None = None) -> dict[str, float]:
    """Print the scores of each half and give them by name."""
    figures: dict[str, float] = {}
    halves = (False, True) if held is None else (held,)
    for half in halves if there(SNIPPETS) else ():
        snippets, name = read_snippets(open_gazetteer(), held=half), "held" if half else "dev"
        known, every = scores(snippets)
        print(f"{name:<5} {len(snippets)} snippets: weighted F1 of ACLED's sub-types {known:.3f} "
              f"(best supervised {SUPERVISED:.3f}), with those that are none {every:.3f}")
        figures |= {f"snippets {name}: weighted F1": known, f"snippets {name}: weighted F1 with none": every}
    return figures
