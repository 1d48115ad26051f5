from dataclasses import replace
from datetime import date

import pytest

from incidentmap.model import Claim, ClaimField, Incident, Scope, Span, Stance, Status, is_contested

Figures = tuple[int | None, int | None, int | None]
NONE: Figures = (None, None, None)
KILLED, CONTROL, REPELLED = ClaimField.KILLED, ClaimField.CONTROL, ClaimField.REPELLED


def claim(
    who: str, field: ClaimField, told: str | Figures, *, stance: Stance = Stance.CLAIMS, subject: str = "", report: str = "r1",
    scope: Scope = Scope.INCIDENT,
) -> Claim:
    value, (low, best, high) = (told, NONE) if isinstance(told, str) else ("", told)
    return Claim(who, who, stance, field, subject, value, low, best, high, False, scope, Span(0, 1, "x"), report)


def incident(*claims: Claim) -> Incident:
    return Incident("i", "r1", "Battles", "Armed clash", None, None, Span(0, 1, "x"), None, (), claims, Status.DRAFT, ())


@pytest.mark.parametrize(("claims", "expected"), [
    ([], False),
    ([claim("jnim", CONTROL, "taken")], False),
    ([claim("jnim", KILLED, (20, None, None)), claim("fama", KILLED, (45, 50, 55))], False),
    ([claim("jnim", KILLED, (60, None, None)), claim("fama", KILLED, (45, 50, 55))], True),
    ([claim("jnim", KILLED, (60, 60, 60), subject="soldiers"), claim("fama", KILLED, (3, 3, 3), subject="civilians")], False),
    ([claim("jnim", KILLED, (60, 60, 60), scope=Scope.AGGREGATE), claim("fama", KILLED, (3, 3, 3))], False),
    ([claim("jnim", CONTROL, "taken"), claim("fama", CONTROL, "attempted_in_vain")], True),
    ([claim("jnim", CONTROL, "taken"), claim("fama", REPELLED, "routed")], True),
    ([claim("jnim", CONTROL, "taken"), claim("fama", CONTROL, "lost")], False),
    ([claim("jnim", CONTROL, "taken"), claim("jnim", REPELLED, "repelled"), claim("fama", KILLED, NONE)], False),
    ([claim("jnim", ClaimField.ATTACK, "shelling"), claim("fama", ClaimField.ATTACK, "", stance=Stance.DENIES)], True),
    ([claim("jnim", ClaimField.ATTACK, "shelling"), claim("fama", KILLED, "", stance=Stance.DENIES)], False),
    ([claim("jnim", ClaimField.ATTACK, "shelling"), claim("fama", ClaimField.ATTACK, "", stance=Stance.CONFIRMS)], False),
])
def test_who_contradicts_whom(claims: list[Claim], expected: bool) -> None:
    assert is_contested(incident(*claims)) is expected
    assert is_contested(incident(*reversed(claims))) is expected


def test_a_voice_that_corrects_itself_is_no_contest() -> None:
    told = incident(claim("fama", KILLED, (3, 3, 3), report="old"), claim("fama", KILLED, (5, 5, 5), report="new"))
    assert is_contested(told)
    assert not is_contested(told, {"old": date(2024, 1, 1), "new": date(2024, 1, 2)})


def test_niafunke_is_contested_once_somebody_says_that_it_was_taken(niafunke: Incident, bamako: Incident) -> None:
    assert not is_contested(niafunke)
    assert is_contested(replace(niafunke, claims=(*niafunke.claims, claim("jnim", CONTROL, "taken"))))
    assert not is_contested(bamako)
