from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.maps.conftest import MakeView

from incidentmap.maps import OTHERS, Counts
from incidentmap.maps.actor_layers import MOST_ACTORS, leading_actor
from incidentmap.maps.view import touches
from incidentmap.model import ActorRole, DatePrecision, Incident, LayerRole, PartialDate, Role, Status
from incidentmap.registry import actors

NOVEMBER = (date(2023, 11, 1), date(2023, 11, 30))


def test_incidents_are_drawn_under_who_leads_them(make_view: MakeView) -> None:
    layers = {layer.id: [mark.incident.id for mark in layer.marks] for layer in make_view().layers}
    assert layers == {"jnim": ["inc-niafunke", "inc-goundam"], "fama": ["inc-kidal"], "cnsp": ["inc-bamako"]}


@pytest.mark.parametrize(("window", "hidden", "expected"), [
    ((None, None), frozenset(), Counts(4, 4, 2, 2, 0, 1, 0)),
    ((date(2023, 11, 20), None), frozenset(), Counts(3, 4, 2, 1, 0, 0, 0)),
    ((None, date(2023, 11, 20)), frozenset(), Counts(1, 4, 0, 1, 0, 1, 0)),
    ((date(2023, 11, 16), date(2023, 11, 16)), frozenset(), Counts(1, 4, 0, 1, 0, 1, 0)),
    ((None, None), frozenset({"jnim"}), Counts(2, 4, 0, 2, 0, 1, 0)),
    ((None, None), frozenset({"jnim", "fama", "cnsp"}), Counts(0, 4, 0, 0, 0, 0, 0)),
    ((None, None), frozenset({"nobody"}), Counts(4, 4, 2, 2, 0, 1, 0)),
])
def test_counts_tell_the_truth(
    make_view: MakeView, window: tuple[date | None, date | None], hidden: frozenset[str], expected: Counts,
) -> None:
    view = make_view(window=window, hidden=hidden)
    assert view.counts == expected
    assert len(view.seen()) == expected.shown


def test_what_has_no_place_or_date_is_counted_and_kept(make_view: MakeView, kidal: Incident) -> None:
    lost = replace(kidal, id="lost", location=None, date=None)
    assert make_view((kidal, lost)).counts == Counts(2, 2, 0, 1, 1, 1, 1)
    assert make_view((kidal, lost), window=NOVEMBER).counts == Counts(1, 2, 0, 1, 0, 1, 0)


def test_at_most_eight_actors_have_a_colour_and_the_rest_is_grey(make_view: MakeView, kidal: Incident) -> None:
    many = [
        replace(kidal, id=f"i{k}", actors=(ActorRole(actor, actor, Role.ATTACKER),))
        for k, actor in enumerate([*list(actors())[: MOST_ACTORS + 3], "unheard_of"])
    ]
    layers = make_view(tuple(many)).layers
    assert len(layers) == MOST_ACTORS + 1
    assert layers[-1].id == OTHERS
    assert [mark.incident.id for mark in layers[-1].marks] == ["i8", "i9", "i10", "i11"]
    assert sum(len(layer.marks) for layer in layers) == len(many)


@pytest.mark.parametrize(("roles", "attacker", "target"), [
    ([("fama", Role.TARGET), ("jnim", Role.ATTACKER)], "jnim", "fama"),
    ([("fama", Role.DENIER), ("cnsp", Role.PARTY)], "cnsp", ""),
    ([("fama", Role.PARTY), ("fama", Role.PARTY), ("jnim", Role.PARTY)], "fama", "jnim"),
    ([("fama", Role.PARTY), ("jnim", Role.ATTACKER)], "jnim", ""),
    ([("fama", Role.TARGET)], "", "fama"),
    ([("csp", Role.CLAIMANT)], "", ""),
    ([], "", ""),
])
def test_who_attacks_or_is_attacked_leads_else_the_parties_in_their_order(
    kidal: Incident, roles: list[tuple[str, Role]], attacker: str, target: str,
) -> None:
    told = replace(kidal, actors=tuple(ActorRole(actor, actor, role) for actor, role in roles))
    assert (leading_actor(told), leading_actor(told, LayerRole.TARGET)) == (attacker, target)


def test_the_first_to_claim_anything_leads_and_of_a_row_its_source(niafunke: Incident) -> None:
    first = niafunke.claims[0]
    own = replace(first, claimant="report")
    told = replace(niafunke, claims=(own, replace(first, claimant="csp"), replace(first, claimant="fama")))
    assert leading_actor(told, LayerRole.CLAIMANT) == "csp"
    assert leading_actor(replace(told, claims=(own,)), LayerRole.CLAIMANT) == ""
    row = replace(told, id="ucdp-ged:7:x", status=Status.IMPORTED)
    assert leading_actor(row, LayerRole.CLAIMANT) == "ucdp-ged"


@pytest.mark.parametrize("role", LayerRole)
def test_in_each_role_the_layers_add_up_to_what_is_shown(make_view: MakeView, niafunke: Incident, role: LayerRole) -> None:
    nobody = replace(niafunke, id="nobody", actors=(), claims=())
    view = make_view((niafunke, nobody), role=role)
    assert sum(layer.count for layer in view.layers) == view.counts.shown == 2
    assert [mark.incident.id for mark in view.layers[-1].marks] == ["nobody"]


DAYS = st.dates(date(2023, 1, 1), date(2023, 1, 20))


@given(DAYS, DAYS, DAYS, DAYS)
def test_an_interval_touches_a_window_when_they_share_a_day(a: date, b: date, c: date, d: date) -> None:
    when, window = PartialDate(min(a, b), max(a, b), DatePrecision.RANGE), (min(c, d), max(c, d))
    own = {day.toordinal() for day in (when.start, when.end)} | set(range(when.start.toordinal(), when.end.toordinal()))
    asked = set(range(window[0].toordinal(), window[1].toordinal() + 1))
    assert touches(when, window) == bool(own & asked)
