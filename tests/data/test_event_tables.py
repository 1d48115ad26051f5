"""The files with which other people's event tables are read agree with each other and with the code."""

from collections import Counter
from typing import Any

import pytest
import yaml

from incidentmap.paths import shipped
from incidentmap.tables.mapping import FIELDS
from incidentmap.tables.names_known import names_of, tag_targets

FOLDER = shipped("data", "tables")


def load(*parts: str) -> Any:
    return yaml.safe_load(FOLDER.joinpath(*parts).read_text("utf-8"))


@pytest.mark.parametrize("folder", ["presets", "crosswalks"])
def test_every_file_has_its_source(folder: str) -> None:
    there = {path.name for path in (FOLDER / folder).glob("*.yaml")} - {"SOURCE.yaml"}
    assert set(load(folder, "SOURCE.yaml")["files"]) == there


def test_crosswalks_lead_to_published_words() -> None:
    words = yaml.safe_load(shipped("data", "lexicons", "acled_events.yaml").read_text("utf-8"))
    for path in (FOLDER / "crosswalks").glob("*.yaml"):
        assert set(load("crosswalks", path.name).get("event_type", {}).values()) <= set(words), path.name


def test_no_two_countries_share_a_code() -> None:
    rows = load("country_codes.yaml")["countries"]
    for place in range(4):
        counted = Counter(row[place] for row in rows.values() if row[place] is not None)
        assert [code for code, times in counted.items() if times > 1] == []


def test_every_country_that_has_names_has_codes() -> None:
    named = yaml.safe_load(shipped("data", "lexicons", "countries.yaml").read_text("utf-8"))
    rows = load("country_codes.yaml")["countries"]
    assert {code: names[0] for code, names in named.items()} == {code: rows[code][0] for code in named}


def test_names_of_columns_lead_to_one_field_each() -> None:
    assert set(names_of()) <= set(FIELDS)
    assert set(tag_targets().values()) <= set(FIELDS)
    counted = Counter(name for names in names_of().values() for name in set(names))
    assert [name for name, times in counted.items() if times > 1] == []
