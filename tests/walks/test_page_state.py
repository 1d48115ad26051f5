"""The address of the page: what it says is read back, what cannot be read is refused by name and stops nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.model import (
    AREAS,
    IncidentQuery,
    LayerRole,
    Measure,
    Portion,
    Showing,
    Shows,
    Step,
    TimeMode,
    TotalRule,
)
from incidentmap.walks.page_state import PageState, page_state

_SHOWING = st.sampled_from([
    *(Showing(what) for what in Shows), *(Showing(what, measure) for what in AREAS for measure in Measure),
])
_STATES = st.builds(
    PageState, st.sampled_from([IncidentQuery(), IncidentQuery(actors=("jnim",), text="a,b")]),
    hidden=st.frozensets(st.sampled_from(["jnim", "a,b", "others"])), language=st.sampled_from(["", "fr", "ar"]),
    view=st.sampled_from([None, (16.5, -1.3, 6.25)]), rule=st.sampled_from([TotalRule(), TotalRule.parse("source:jnim")]),
    incident=st.sampled_from(["", "r1-1"]), portion=st.none() | st.sampled_from(Portion), role=st.sampled_from(LayerRole),
    showing=_SHOWING, mode=st.sampled_from(TimeMode), step=st.none() | st.sampled_from(Step),
)


@given(_STATES)
def test_what_an_address_says_is_read_back(state: PageState) -> None:
    assert page_state(state.to_params()) == state


def test_what_is_at_its_default_is_not_in_the_address() -> None:
    assert PageState(IncidentQuery()).to_params() == {}


@pytest.mark.parametrize(("name", "value"), [
    ("show", "heat"), ("show", "density:killed"), ("show", "admin1:"), ("show", "admin1:eaten"), ("mode", "backwards"),
    ("step", "hour"), ("lang", "tlh"), ("view", "1,2"), ("view", "nan,0,3"), ("view", "91,0,3"), ("rule", "average"),
    ("only", "some"), ("as", "friend"), ("from", "yesterday"), ("precision", "9"),
])
def test_what_cannot_be_read_is_refused_and_the_rest_holds(name: str, value: str) -> None:
    state = page_state({name: value, "actors": "jnim", "off": "fama"})
    assert state == PageState(IncidentQuery(actors=("jnim",)), hidden=frozenset({"fama"}), refused=((name, value),))
