"""The reports of data/gold agree with their annotations, with what is told of their sources, and with the recorded split."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from incidentmap.model import ClaimField, DatePrecision, Relation, Role, Scope, Stance
from incidentmap.paths import shipped
from incidentmap.registry import actors

FOLDERS = [shipped("data", "gold", split) for split in ("dev", "held")]
GOLD = sorted(path for folder in FOLDERS for path in folder.glob("*.yaml") if path.name != "SOURCE.yaml")
NO_ACTOR = {"unregistered", "report", "local_sources"}


def load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return loaded


def quotes(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (value for key, value in node.items() if key in {"quote", "trigger"})
        yield from (quote for key, value in node.items() if key not in {"quote", "trigger"} for quote in quotes(value))
    elif isinstance(node, list):
        yield from (quote for item in node for quote in quotes(item))


def claims(gold: dict[str, Any]) -> list[dict[str, Any]]:
    groups = [incident.get(group, []) for incident in gold["incidents"] for group in ("claims", "tolerated")]
    return [claim for group in [*groups, gold.get("report_claims", [])] for claim in group]


def test_half_is_held_back_and_a_third_is_english() -> None:
    golds = [load(path) for path in GOLD]
    assert len(golds) >= 57
    assert sum(gold["split"] == "held" for gold in golds) * 2 == len(golds)
    assert sum(gold["language"] == "en" for gold in golds) * 3 >= len(golds)
    assert all(gold["split"] == path.parent.name for path, gold in zip(GOLD, golds, strict=True))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_report_has_gold_and_a_source(folder: Path) -> None:
    sources = load(folder / "SOURCE.yaml")["files"]
    texts = {path.stem for path in folder.glob("*.txt")}
    assert texts == {path.stem for path in GOLD if path.parent == folder} == {Path(each["file"]).stem for each in sources}
    for each in sources:
        text = (folder / each["file"]).read_text("utf-8")
        invented = each["kind"] in {"FICTIF", "FICTIONAL"}
        assert text.lstrip().upper().startswith(("FICTIF", "FICTIONAL")) == invented, each["file"]
        assert invented or each["facts_from"], each["file"]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_fits_its_text_and_the_model(path: Path) -> None:
    gold = load(path)
    text = path.with_suffix(".txt").read_text("utf-8")
    for quote in [*quotes(gold["incidents"]), *quotes(gold.get("report_claims", [])), *gold.get("not_incidents", [])]:
        assert text.count(quote) == 1, quote
    for incident in gold["incidents"]:
        if incident.get("date"):
            DatePrecision(incident["date"]["precision"])
            assert incident["date"]["start"] <= incident["date"]["end"]
        if incident.get("place"):
            Relation(incident["place"]["relation"])
        for actor in incident["actors"]:
            Role(actor["role"])
            assert actor["id"] in {*actors(), *NO_ACTOR}, actor
    for claim in claims(gold):
        if "field" in claim:  # a tolerated claim may be any that rests on its words
            ClaimField(claim["field"])
        Stance(claim.get("stance", "reports"))
        Scope(claim.get("scope", "incident"))
        bounds = [claim[name] for name in ("low", "best", "high") if claim.get(name) is not None]
        assert bounds == sorted(bounds), claim
