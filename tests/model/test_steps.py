from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.model import MOST_STEPS, Step, day_of, fitting_step, number_of, steps_between

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(("day", "step", "first"), [
    (date(2024, 2, 29), Step.DAY, date(2024, 2, 29)),
    (date(2024, 3, 3), Step.WEEK, date(2024, 2, 26)),
    (date(2024, 2, 26), Step.WEEK, date(2024, 2, 26)),
    (date(2024, 2, 29), Step.MONTH, date(2024, 2, 1)),
    (date(2024, 12, 31), Step.YEAR, date(2024, 1, 1)),
])
def test_each_day_lies_in_one_step(day: date, step: Step, first: date) -> None:
    assert day_of(number_of(day, step), step) == first


@given(DAYS, st.sampled_from(Step))
def test_steps_follow_each_other_without_gap_or_overlap(day: date, step: Step) -> None:
    start = day_of(number_of(day, step), step)
    following = day_of(number_of(day, step) + 1, step)
    assert start <= day < following
    assert number_of(following - timedelta(days=1), step) == number_of(day, step)
    assert number_of(following, step) == number_of(day, step) + 1


@given(DAYS, DAYS)
def test_the_finest_step_that_fits_is_taken(one: date, other: date) -> None:
    first, last = sorted((one, other))
    step = fitting_step(first, last)
    assert len(steps_between(first, last, step)) <= MOST_STEPS
    assert all(len(steps_between(first, last, finer)) > MOST_STEPS for finer in [*Step][: [*Step].index(step)])
