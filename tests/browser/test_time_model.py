"""The map's reckoning of days, in a browser far from Greenwich, against Python's."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from tests.browser.plain_page import EPOCH, day, page, spell

from incidentmap.model import Step, day_of, number_of

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(lambda each: (each - EPOCH).days)
SPANS = st.tuples(DAYS, st.integers(0, 800)).map(lambda pair: (pair[0], pair[0] + pair[1]))
WEIGHED = st.tuples(SPANS, SPANS, st.sampled_from([0.0, 0.25, 0.5]), st.booleans(), st.booleans(), st.booleans())
STEPS = st.sampled_from([step.value for step in Step])


@pytest.fixture(scope="module")
def model(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    context = browser.new_context(timezone_id="America/St_Johns")
    opened = context.new_page()
    opened.goto(page(Path(tmp_path_factory.mktemp("model")), "", "const make = () => {};", {}))
    yield opened
    context.close()


def ask(model: Page, name: str, *rows: list[Any]) -> list[Any]:
    """The answers of one function of the model to many rows of arguments."""
    script = "([name, rows]) => rows.map((row) => incidentmap.time[name](...row))"
    answers: list[Any] = model.evaluate(script, [name, list(rows)])
    return answers


def months_later(moment: date, count: int) -> date:
    year, month = divmod(moment.year * 12 + moment.month - 1 + count, 12)
    return date(year, month + 1, min(moment.day, monthrange(year, month + 1)[1]))


def weight(start: int | None, end: int, window: tuple[float | None, float | None]) -> float:
    """The plain computation: the share of an incident's days that lie in a window, at least a quarter of what touches it."""
    if window == (None, None):
        return 1.0
    if start is None:
        return 0.0
    first, last = (start if window[0] is None else window[0]), (end if window[1] is None else window[1])
    share = (min(end, last) + 1 - max(start, first)) / (end + 1 - start)
    return 0.25 + 0.75 * share if share > 0 else 0.0


@pytest.mark.parametrize(("typed", "first", "last"), [
    ("2023-11-24", "2023-11-24", "2023-11-24"),
    (" 24/11/2023 ", "2023-11-24", "2023-11-24"),
    ("4.1.2024", "2024-01-04", "2024-01-04"),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("02/2023", "2023-02-01", "2023-02-28"),
    ("2023", "2023-01-01", "2023-12-31"),
    ("٢٠٢٣-١١-٢٤", "2023-11-24", "2023-11-24"),
    ("2024-02-29", "2024-02-29", "2024-02-29"),
])
def test_what_people_type_becomes_days(model: Page, typed: str, first: str, last: str) -> None:
    assert ask(model, "typed", [typed]) == [[day(first), day(last)]]


def test_what_is_no_date_becomes_nothing(model: Page) -> None:
    wrong = [
        "", "2023-02-29", "31/04/2023", "2023-13", "0000", "24/11/23", "hier", "2023-11-24T00:00", "<b>2023</b>", "2023-00-10",
    ]
    assert ask(model, "typed", *[[text] for text in wrong]) == [None] * len(wrong)


@pytest.mark.parametrize(("span", "count", "step", "moved"), [
    (("2023-01-01", "2023-01-31"), 1, "month", ["2023-02-01", "2023-02-28"]),
    (("2024-01-01", "2024-01-31"), 1, "month", ["2024-02-01", "2024-02-29"]),
    (("2024-02-01", "2024-02-29"), 1, "month", ["2024-03-01", "2024-03-31"]),
    (("2023-01-31", "2023-01-31"), 1, "month", ["2023-02-28", "2023-02-28"]),
    (("2023-01-15", "2023-02-14"), 1, "month", ["2023-02-15", "2023-03-14"]),
    (("2023-12-01", "2023-12-31"), -10, "month", ["2023-02-01", "2023-02-28"]),
    (("2024-02-29", "2024-02-29"), 1, "year", ["2025-02-28", "2025-02-28"]),
    (("2023-01-01", "2023-12-31"), 1, "year", ["2024-01-01", "2024-12-31"]),
    (("2023-11-20", "2023-11-26"), 2, "week", ["2023-12-04", "2023-12-10"]),
])
def test_windows_follow_the_calendar(model: Page, span: tuple[str, str], count: int, step: str, moved: list[str]) -> None:
    assert spell(ask(model, "shifted", [[day(each) for each in span], count, step])[0]) == moved


def test_each_mode_moves_and_shows_in_its_way(model: Page) -> None:
    span = [day("2023-01-10"), day("2023-01-20")]
    rows = [[span, 1, "month", mode] for mode in ("window", "cumulative", "instant")]
    assert [spell(each) for each in ask(model, "moved", *rows)] == [
        ["2023-02-10", "2023-02-20"], ["2023-01-10", "2023-02-20"], ["2023-02-01", "2023-02-28"],
    ]
    shown = ask(model, "shown", *[[span, mode] for mode in ("window", "cumulative", "instant")])
    assert shown == [span, [None, span[1]], span]


@settings(max_examples=15)
@given(st.lists(DAYS, min_size=40, max_size=40), STEPS)
def test_days_and_steps_are_those_of_python(model: Page, days: list[int], step: str) -> None:
    moments = [EPOCH + timedelta(days=each) for each in days]
    assert ask(model, "iso", *[[each] for each in days]) == [moment.isoformat() for moment in moments]
    assert ask(model, "typed", *[[moment.isoformat()] for moment in moments]) == [[each, each] for each in days]
    firsts = [day_of(number_of(moment, Step(step)), Step(step)) for moment in moments]
    lasts = [day_of(number_of(moment, Step(step)) + 1, Step(step)) - timedelta(days=1) for moment in moments]
    wanted = [[(first - EPOCH).days, (last - EPOCH).days] for first, last in zip(firsts, lasts, strict=True)]
    assert ask(model, "around", *[[each, step] for each in days]) == wanted


@settings(max_examples=15)
@given(st.lists(st.tuples(DAYS, st.integers(-30, 30)), min_size=40, max_size=40))
def test_months_are_added_as_the_calendar_has_them(model: Page, rows: list[tuple[int, int]]) -> None:
    wanted = [(months_later(EPOCH + timedelta(days=start), count) - EPOCH).days for start, count in rows]
    assert ask(model, "add", *[[start, count, "month"] for start, count in rows]) == wanted


@settings(max_examples=15)
@given(st.lists(st.tuples(SPANS, st.integers(-30, 30), STEPS), min_size=40, max_size=40))
def test_a_step_on_and_a_step_back_is_where_one_was(model: Page, rows: list[tuple[tuple[int, int], int, str]]) -> None:
    """Wherever every month has the day: up to the 28th."""
    held = [
        ((start, end), count, step) for (start, end), count, step in rows
        if step in {"day", "week"} or max((EPOCH + timedelta(days=each)).day for each in (start, end + 1)) <= 28
    ]
    there = ask(model, "shifted", *[[list(span), count, step] for span, count, step in held])
    back = ask(model, "shifted", *[[span, -row[1], row[2]] for span, row in zip(there, held, strict=True)])
    assert back == [list(span) for span, _, _ in held]


@settings(max_examples=15)
@given(st.lists(WEIGHED, min_size=40, max_size=40))
def test_weights_are_those_of_a_plain_computation(
    model: Page, rows: list[tuple[tuple[int, int], tuple[int, int], float, bool, bool, bool]],
) -> None:
    asked = []
    for (start, end), window, part, undated, begun, ended in rows:
        first = start + window[0] % 900 - 450
        last = first + window[1] - window[0]
        asked.append((None if undated else start, end, (None if begun else first + part, None if ended else last + part)))
    answers = ask(model, "weight", *[[start, end, list(window)] for start, end, window in asked])
    assert answers == pytest.approx([weight(*row) for row in asked])
    assert all(answer == 0 or 0.25 <= answer <= 1 for answer in answers)


@settings(max_examples=15)
@given(st.lists(st.tuples(SPANS, SPANS, STEPS), min_size=20, max_size=20))
def test_playing_ends_with_the_first_step_that_reaches_the_last_day(
    model: Page, rows: list[tuple[tuple[int, int], tuple[int, int], str]],
) -> None:
    for mode in ("window", "cumulative", "instant"):
        asked = [[list(span), [extent[0], max(extent[0], extent[1])], step, mode] for span, extent, step in rows]
        begun = ask(model, "rewound", *asked)
        asked = [[span, *rest] for span, (_, *rest) in zip(begun, asked, strict=True)]
        counts = ask(model, "stepsLeft", *asked)
        ends = ask(model, "moved", *[[row[0], count, *row[2:]] for row, count in zip(asked, counts, strict=True)])
        before = ask(model, "moved", *[[row[0], count - 1, *row[2:]] for row, count in zip(asked, counts, strict=True)])
        for row, count, end, almost in zip(asked, counts, ends, before, strict=True):
            assert end[1] >= row[1][1]
            assert count == 0 or almost[1] < row[1][1]


def test_the_clock_counts_time_and_not_frames(model: Page) -> None:
    start = {"done": 0, "at": 1000}
    ticked = ask(model, "ticked", [start, 1500, 2], [start, 2000, 0.5], [start, 900, 1], [start, 99_000, 1])
    assert [each["done"] for each in ticked] == [1, 0.5, 0, 2]


def test_the_axis_zooms_around_a_day_and_stays_inside(model: Page) -> None:
    extent = [100, 199]
    views = ask(model, "zoomed", [[100, 200], extent, 0.5, 150], [[100, 200], extent, 2, 150], [[100, 200], extent, 0.001, 200])
    assert views == [[125, 175], [100, 200], [193, 200]]
    panned = ask(model, "panned", *[[[125, 175], extent, days] for days in (60, -60, 10)])
    assert panned == [[150, 200], [100, 150], [135, 185]]
