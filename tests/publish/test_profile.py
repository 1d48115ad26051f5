from pathlib import Path
from typing import Any

import pytest
import yaml

from incidentmap.model import BadValue
from incidentmap.paths import shipped
from incidentmap.publish import INTERNAL, Level, Quotes, load_profile, profiles
from incidentmap.publish.profile import profile_of

PLAIN: dict[str, Any] = {"title": {"en": "Mine"}}


def test_the_shipped_profiles_say_what_they_do() -> None:
    assert set(profiles()) == {INTERNAL, "partner", "public"}
    assert load_profile(INTERNAL).lets_all_out
    public = load_profile("public")
    assert (public.embargo_days, public.min_count, public.quotes, public.pseudonyms) == (30, 3, Quotes.DROP, True)
    assert public.level("Violence against civilians", 1) is Level.ADMIN1
    assert public.level("Battles", 1) is Level.ADMIN2
    assert not load_profile("partner").lets_all_out
    assert load_profile("partner").title("fr").startswith("Partenaires")


def test_every_file_has_its_source() -> None:
    folder = shipped("data", "profiles")
    told = yaml.safe_load((folder / "SOURCE.yaml").read_text("utf-8"))
    assert {each["file"] for each in told["files"]} == {path.name for path in folder.glob("*.yaml")} - {"SOURCE.yaml"}


def test_a_workspace_has_profiles_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    mine = "title: {en: Mine}\nplaces: [{precisions: [3], level: nowhere}, {level: exact}]\n"
    (tmp_path / "profiles" / "mine.yaml").write_text(mine)
    (tmp_path / "profiles" / "public.yaml").write_text("title: {en: Ours}\n")
    assert load_profile("mine", tmp_path).level("Battles", 2) is Level.EXACT
    assert load_profile("public", tmp_path).title("en") == "Ours"
    with pytest.raises(BadValue, match=r"one of internal, mine, partner, public.*profiles"):
        load_profile("theirs", tmp_path)
    (tmp_path / "profiles" / "bad.yaml").write_text("title: [")
    with pytest.raises(BadValue, match=r"bad\.yaml"):
        profiles(tmp_path)


@pytest.mark.parametrize(("told", "message"), [
    ("public", "keys with values"),
    ({}, "title"),
    (PLAIN | {"embargo": 3}, "x.yaml: key: 'embargo'"),
    (PLAIN | {"embargo_days": -1}, "a whole number from 0"),
    (PLAIN | {"embargo_days": True}, "a whole number from 0"),
    (PLAIN | {"pseudonyms": "yes"}, "true or false"),
    (PLAIN | {"quotes": "some"}, "one of keep, redact, drop"),
    (PLAIN | {"drop": ["lon"]}, "drop: 'lon'"),
    (PLAIN | {"drop": "url"}, "a list"),
    (PLAIN | {"places": []}, "the last of them for all"),
    (PLAIN | {"places": [{"level": "street"}]}, "rule 1: level: 'street'"),
    (PLAIN | {"places": [{"level": "admin1", "precisions": [4]}]}, "precisions: 4"),
    (PLAIN | {"places": [{"level": "admin1", "event_types": ["Riots"]}]}, "it is the last one"),
])
def test_what_a_profile_cannot_say_is_named(told: object, message: str) -> None:
    with pytest.raises(BadValue, match=message):
        profile_of("x.yaml", told)
