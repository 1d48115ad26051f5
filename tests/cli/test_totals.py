import json
from collections.abc import Callable
from pathlib import Path

import pytest

from incidentmap.paths import shipped

Run = Callable[..., tuple[int, str, str]]


def test_totals_are_told_in_words(run: Run, case: Path) -> None:
    code, said, complaint = run("totals", "--workspace", case)
    assert (code, complaint) == (0, "")
    assert said.splitlines()[:2] == ["rule: all", "all incidents: 4 incidents"]
    (killed,) = (line for line in said.splitlines() if "killed" in line)
    assert killed.startswith("  killed: 20 – 55 or more, in 1 incident, 3 without a figure, not in it: 1 aggregate figure")
    assert "covers 2 of them" in killed


@pytest.mark.parametrize(("rule", "killed"), [
    ("lowest", "at least 20"), ("highest", "45 – 55"), ("all", "20 – 55 or more"), ("source:jnim", "at least 20"),
])
def test_the_rule_is_named(run: Run, case: Path, rule: str, killed: str) -> None:
    said = run("totals", "--workspace", case, "--rule", rule)[1]
    assert f"rule: {rule}\n" in said
    assert f"  killed: {killed}, in 1 incident, 3 without a figure" in said


def test_groups_say_that_they_overlap(run: Run, case: Path) -> None:
    said = run("totals", "--workspace", case, "--by", "actor")[1]
    assert "jnim (attacker): 2 incidents" in said
    assert "overlap and do not add up" in said
    assert "overlap" not in run("totals", "--workspace", case, "--by", "month")[1]


def test_json_holds_the_fields_of_the_export(run: Run, case: Path, tmp_path: Path) -> None:
    found = json.loads(run("totals", "--workspace", case, "--json", "--by", "admin1", "--rule", "highest")[1])
    assert found.keys() == {"incidents", "data_version", "rule", "fields", "by", "groups"}
    assert [group["key"] for group in found["groups"]] == ["Bamako", "Kidal", "Tombouctou"]
    run("export", "--workspace", case, "--rule", "highest", "--output", tmp_path / "out.geojson")
    written = json.loads((tmp_path / "out.geojson").read_text("utf-8"))["totals"]
    assert written == {"rule": "highest", "fields": found["fields"]}
    kinds = json.loads(shipped("data", "schemas", "incidents.geojson.schema.json").read_text("utf-8"))["$defs"]["total"]
    assert written["fields"]["killed"].keys() == set(kinds["required"])


@pytest.mark.parametrize("rule", ["mean", "source:", "source:nobody"])
def test_other_rules_are_refused(run: Run, case: Path, rule: str) -> None:
    code, said, complaint = run("totals", "--workspace", case, "--rule", rule)
    assert (code, said) == (1, "")
    assert "rule" in complaint


def test_filters_narrow_the_totals(run: Run, case: Path) -> None:
    assert "no figure" in run("totals", "--workspace", case, "--actor", "cnsp")[1]
