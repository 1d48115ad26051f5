"""The first case read in full: every incident and claim of the table, on our own retelling and on the report it retells."""

import copy
import os
from pathlib import Path
from typing import Any

import pytest
from tests.reports.gold_check import load_gold, problems

from incidentmap.gazetteer import open_gazetteer
from incidentmap.model import PlaceFinder, Scope
from incidentmap.paths import ROOT, shipped
from incidentmap.reports import read_report, read_report_file

NAME = "2023-11-25-tombouctou-niafunke-goundam"
OTHERS = ("2024-03-12-fictif-gao-mopti", "2024-05-21-fictional-gao-menaka")
EVAL = Path(os.environ.get("INCIDENTMAP_EVAL", ROOT / ".." / "shared" / "eval"))
SEED = EVAL.parent / "seeds" / "000_1a14fc8a2bf519ca.txt"
KEPT_APART = ("quote", "trigger", "not_incidents", "not_places")


def without_words(gold: Any) -> Any:
    """A gold table without the words of the text it was made for: the same facts, whoever tells them."""
    if isinstance(gold, dict):
        return {key: without_words(value) for key, value in gold.items() if key not in KEPT_APART}
    return [without_words(value) for value in gold] if isinstance(gold, list) else gold


def seed_gold() -> dict[str, Any]:
    """The table for the report itself: there the vehicle bomb is part of what the attackers tell."""
    gold: dict[str, Any] = without_words(copy.deepcopy(load_gold(shipped("data", "gold", f"{NAME}.yaml"))))
    niafunke = gold["incidents"][0]
    niafunke["claims"][0]["value"] = "assault"
    niafunke["claims"].append({"claimant": "jnim", "stance": "claims", "field": "attack", "value": "vehicle_bomb"})
    return gold


def check(path: Path, gold: dict[str, Any], finder: PlaceFinder) -> list[str]:
    report = read_report_file(path)
    reading = read_report(report, finder, gold["region"])
    assert report.language == gold["language"]
    return problems(report.text, reading, gold)


@pytest.mark.parametrize("name", [NAME, *OTHERS])
@pytest.mark.parametrize("ground", ["few places", "shipped gazetteer"])
def test_reports_are_read_as_a_person_read_them(name: str, ground: str, few_places: PlaceFinder) -> None:
    finder = few_places if ground == "few places" else open_gazetteer()
    assert check(shipped("data", "reports", f"{name}.txt"), load_gold(shipped("data", "gold", f"{name}.yaml")), finder) == []


@pytest.mark.parametrize("ground", ["few places", "shipped gazetteer"])
def test_the_report_that_the_project_started_from(ground: str, few_places: PlaceFinder) -> None:
    if not SEED.is_file():
        pytest.skip(f"{SEED} is not there: set INCIDENTMAP_EVAL to the evaluation folder to read it")
    finder = few_places if ground == "few places" else open_gazetteer()
    assert check(SEED, seed_gold(), finder) == []


def test_roles_and_precision_of_the_first_case(few_places: PlaceFinder) -> None:
    report = read_report_file(shipped("data", "reports", f"{NAME}.txt"))
    reading = read_report(report, few_places, "tombouctou")
    roles = [sorted(f"{actor.id} {actor.role}" for actor in incident.actors) for incident in reading.incidents]
    assert roles == [
        ["fama denier", "fama target", "jnim attacker", "jnim claimant"],
        ["fama denier", "fama target", "jnim attacker", "jnim claimant"],
        ["cnsp party", "mali_transition party"],
        ["cnsp claimant", "fama attacker"],
    ]
    assert [one.location.where_prec for one in reading.incidents if one.location] == [1, 1, 1, 1]
    assert [claim.claim.scope for claim in reading.report_claims] == [Scope.AGGREGATE]
    assert "date_about" in {why.code for why in reading.incidents[3].review}


def test_the_checker_finds_what_is_wrong(few_places: PlaceFinder) -> None:
    gold = load_gold(shipped("data", "gold", f"{NAME}.yaml"))
    gold["incidents"][0]["claims"][2]["low"] = 21
    gold["incidents"][3]["date"]["precision"] = "day"
    found = check(shipped("data", "reports", f"{NAME}.txt"), gold, few_places)
    assert any("missing claim" in problem for problem in found)
    assert any(problem.startswith("kidal: no such incident") for problem in found)
