"""What changed of a record in words: each difference once, as what was and what is."""

from dataclasses import replace

import pytest

from incidentmap.maps.change_words import change_words, state_words
from incidentmap.model import Aspect, FieldChange, RecordChange, RecordState

WAS = RecordState("2023-11-24", "2023-11-25", "Niafunké", -4.0, 15.9, "Battles", "JNIM / FAMa", "3")


def change(*aspects: Aspect, fields: tuple[FieldChange, ...] = (), km: float | None = None, **after: object) -> RecordChange:
    return RecordChange("a", aspects, WAS, replace(WAS, **after), km, fields=fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(("told", "words"), [
    (change(Aspect.CASUALTIES, killed="3-8"), "Killed: 3 → 3 – 8"),
    (change(Aspect.CASUALTIES, killed="12+"), "Killed: 3 → at least 12"),
    (change(Aspect.CASUALTIES, killed="2-8+"), "Killed: 3 → 2 – 8 or more"),
    (change(Aspect.CASUALTIES, killed=""), "Killed: 3 → unknown"),
    (change(Aspect.CASUALTIES, fields=(FieldChange("wounded_low", None, "4"),)), "wounded, low: unknown → 4"),
    (change(Aspect.TOLD, fields=(FieldChange("claims", "[]", "[1]"), FieldChange("place_id", None, "x"))), "claims, place id"),
    (change(Aspect.TOLD, place="Niafounké", fields=(FieldChange("place", "Niafunké", "Niafounké"),)), "Niafunké → Niafounké"),
    (change(Aspect.MOVED, place="Goundam", km=63.2), "Niafunké → Goundam (63.2 km)"),
    (change(Aspect.MOVED, km=0.4), "Niafunké (0.4 km)"),
    (change(Aspect.MOVED, Aspect.ATTRIBUTED, km=1.0, actors=""), "Niafunké (1 km) · JNIM / FAMa → unknown"),
    (change(Aspect.STATUS, fields=(FieldChange("status", "draft", "confirmed"),)), "draft → confirmed"),
    (RecordChange("a", (Aspect.GONE,), replace(WAS, killed="0-4"), None), "Battles · JNIM / FAMa · Killed: 0 – 4"),
    (RecordChange("a", (Aspect.MERGED,), WAS, None, other="b"), "now part of b · Battles · JNIM / FAMa · Killed: 3"),
    (RecordChange("a", (Aspect.GONE,), None, None), ""),
])
def test_each_difference_is_told_once(told: RecordChange, words: str) -> None:
    assert change_words(told, "en") == words


def test_an_arabic_way_of_latin_names_runs_from_right_to_left() -> None:
    told = change_words(change(Aspect.ATTRIBUTED, actors="CPC"), "ar")
    assert told == "JNIM / FAMa \u200f←\u200f CPC"
    assert state_words(change(Aspect.ATTRIBUTED), "ar").endswith("، Niafunké")
