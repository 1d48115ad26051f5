"""The shipped reports and their gold annotations agree with each other, and copy nobody's sentences."""

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from incidentmap.model import ClaimField, DatePrecision, Relation, Role, Scope, Stance
from incidentmap.paths import ROOT, shipped

REPORTS = sorted(shipped("data", "reports").glob("*.txt"))
GOLD = sorted(path for path in shipped("data", "gold").glob("*.yaml") if path.name != "SOURCE.yaml")
EVAL = Path(os.environ.get("INCIDENTMAP_EVAL", ROOT.parent / "shared" / "eval"))
OFFICIAL_NAMES = (
    "groupe de soutien a l islam et aux musulmans jnim",
    "alliance des etats du sahel aes",
    "autorites maliennes de transition",
    "forces armees maliennes fama",
)


def load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return loaded


def text_of(gold: dict[str, Any]) -> str:
    return shipped("data", "reports", gold["report"]).read_text("utf-8")


def quotes(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (value for key, value in node.items() if key in {"quote", "trigger"})
        yield from (quote for key, value in node.items() if key not in {"quote", "trigger"} for quote in quotes(value))
    elif isinstance(node, list):
        yield from (quote for item in node for quote in quotes(item))


def claims(gold: dict[str, Any]) -> list[dict[str, Any]]:
    groups = [incident[group] for incident in gold["incidents"] for group in ("claims", "tolerated")]
    return [claim for group in [*groups, gold["report_claims"]] for claim in group]


def folded_words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    joined = " ".join(re.findall(r"[a-z0-9]+", plain.replace("'", " ")))
    for name in OFFICIAL_NAMES:
        joined = joined.replace(name, "|")
    return joined.split()


def runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    found = (tuple(words[i:i + length]) for i in range(len(words) - length + 1))
    return {run for run in found if "|" not in run}


def test_every_report_has_gold_and_a_source() -> None:
    sources = {entry["file"]: entry for entry in load(shipped("data", "reports", "SOURCE.yaml"))["files"]}
    assert len(REPORTS) == 3
    assert {path.name for path in REPORTS} == set(sources) == {load(path)["report"] for path in GOLD}
    assert [path.stem for path in REPORTS] == [path.stem for path in GOLD]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_every_quote_occurs_exactly_once(path: Path) -> None:
    gold = load(path)
    text = text_of(gold)
    for quote in [*quotes(gold), *gold["not_incidents"]]:
        assert text.count(quote) == 1, quote
    for name in gold["not_places"]:
        assert name in text, name


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_speaks_the_words_of_the_model(path: Path) -> None:
    gold = load(path)
    for claim in claims(gold):
        ClaimField(claim["field"])
        Stance(claim.get("stance", "reports"))
        Scope(claim.get("scope", "incident"))
    for incident in gold["incidents"]:
        DatePrecision(incident["date"]["precision"])
        Relation(incident["place"]["relation"])
        assert incident["date"]["start"] <= incident["date"]["end"]
        assert ("area_id" in incident["place"]) != ("lon" in incident["place"])
        for actor in incident["actors"]:
            Role(actor["role"])


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_figures_are_ordered_and_unknown_is_not_zero(path: Path) -> None:
    for claim in claims(load(path)):
        bounds = [claim[name] for name in ("low", "best", "high") if claim.get(name) is not None]
        assert bounds == sorted(bounds), claim
        assert not (claim.get("value") == "unknown" and bounds), claim


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_an_aggregate_figure_stands_in_no_single_incident(path: Path) -> None:
    gold = load(path)
    keys = {incident["key"] for incident in gold["incidents"]}
    for claim in gold["report_claims"]:
        assert claim["scope"] == "aggregate"
        assert set(claim["incidents"]) <= keys
        assert len(claim["incidents"]) > 1
        own = [other for incident in gold["incidents"] for other in incident["claims"]]
        assert claim["quote"] not in [other["quote"] for other in own]


def test_fictional_reports_say_so_in_their_first_words() -> None:
    for entry in load(shipped("data", "reports", "SOURCE.yaml"))["files"]:
        text = shipped("data", "reports", entry["file"]).read_text("utf-8")
        fictional = entry["kind"] in {"FICTIF", "FICTIONAL"}
        assert text.startswith(("FICTIF", "FICTIONAL")) == fictional
        assert all(name in text for name in entry.get("invented_names", []))
        assert fictional or entry["facts_from"]["address"] in text


def test_the_retelling_copies_no_six_words_of_its_source() -> None:
    seeds = sorted(EVAL.parent.joinpath("seeds").glob("*.txt"))
    if not seeds:
        pytest.skip(f"no source text beside INCIDENTMAP_EVAL ({EVAL}): nothing to compare with")
    source = runs(folded_words("\n".join(path.read_text("utf-8") for path in seeds)), 6)
    own = folded_words(REPORTS[0].read_text("utf-8"))
    assert sorted(runs(own, 6) & source) == []
