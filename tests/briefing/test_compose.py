from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from incidentmap.briefing import Briefing, Material, compose
from incidentmap.briefing.compose import MOST_ACCOUNTS, MOST_ROWS
from incidentmap.frames import incidents_frame
from incidentmap.gazetteer import boundary
from incidentmap.model import BadValue, DatePrecision, PartialDate

DAY = date(2026, 11, 23)


def told(material: Material, **options: object) -> Briefing:
    return compose(material, language="en", issued=DAY, **options)  # type: ignore[arg-type]


def test_every_number_has_its_rule_and_every_claim_its_source(material: Callable[..., Material]) -> None:
    made = told(material(8))
    assert [(each.value, each.label) for each in made.figures] == [("8", "incidents"), ("7 – 29 or more", "Killed")]
    assert "all sources" in made.rule
    assert [row.number for row in made.rows] == list(range(1, 9))
    assert {row.sources for row in made.rows} == {(1,)}
    assert {statement.source for account in made.accounts for question in account.questions
            for statement in question.statements} == {1}
    assert made.sources[0].sha256 == "ab" * 32
    assert made.bars is not None
    assert sum(sum(row) for row in made.bars.counts) == 8
    assert sum(line.count for line in made.legend) == 8
    assert made.table_note == made.accounts_note == ""


def test_what_is_left_out_is_said(material: Callable[..., Material]) -> None:
    made = told(material(MOST_ROWS + 7))
    assert len(made.rows) == MOST_ROWS
    assert f"first {MOST_ROWS} of {MOST_ROWS + 7}" in made.table_note
    assert len(made.accounts) == MOST_ACCOUNTS
    assert f"{MOST_ACCOUNTS} most contested of {MOST_ROWS + 7}" in made.accounts_note


def test_nothing_found_is_a_briefing_too(material: Callable[..., Material]) -> None:
    made = told(material(0))
    assert (made.rows, made.accounts, made.sources) == ((), (), ())
    assert made.bars is None
    assert made.sentence == "No incident"


def test_a_series_has_a_map_for_each(material: Callable[..., Material]) -> None:
    made = told(material(40), series=("actor", "month"))
    by_actor = made.plates[1:1 + len(made.legend)]
    assert [plate.caption for plate in by_actor] == [f"{line.name} ({line.count})" for line in made.legend]
    assert made.plates[-1].caption == "February 2022 (9)"
    with pytest.raises(BadValue, match="actor or month"):
        told(material(1), series=("country",))


def test_an_interval_counts_in_every_bar_that_it_touches(material: Callable[..., Material]) -> None:
    whole = material(3)
    long = PartialDate(date(2022, 1, 1), date(2022, 2, 9), DatePrecision.RANGE)
    incidents = (replace(whole.incidents[0], date=long), *whole.incidents[1:])
    made = told(replace(whole, incidents=incidents, frame=incidents_frame(incidents, region=None, boundary=boundary)))
    assert made.bars is not None
    assert (made.bars.labels[0], made.bars.labels[-1], len(made.bars.labels)) == ("2022-01-01", "2022-02-09", 40)
    assert [sum(numbers) for numbers in zip(*made.bars.counts, strict=True)] == [1, 2, 2, *([1] * 37)]


def test_years_of_days_are_counted_by_month(material: Callable[..., Material]) -> None:
    made = told(material(700))
    assert made.bars is not None
    assert (made.bars.labels[0], made.bars.labels[-1]) == ("2022-01", "2023-12")
    assert sum(sum(row) for row in made.bars.counts) == 700
