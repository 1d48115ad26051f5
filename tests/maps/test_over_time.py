from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from incidentmap.maps.over_time import NOTHING_DATED, Beside, Histogram, dated, extent, histogram
from incidentmap.model import DatePrecision, PartialDate, Step, number_of

DAYS = st.dates(date(2023, 1, 1), date(2023, 3, 1))
SPANS = st.tuples(DAYS, st.integers(0, 40)).map(lambda each: (each[0], each[0] + timedelta(days=each[1])))


def test_an_incident_counts_in_each_step_that_its_days_touch() -> None:
    spans = {"jnim": Counter({(date(2023, 11, 24), date(2023, 11, 24)): 2, (date(2023, 11, 25), date(2023, 11, 26)): 1})}
    starts = (date(2023, 11, 24), date(2023, 11, 25), date(2023, 11, 26))
    assert histogram(spans) == Histogram(Step.DAY, starts, (("jnim", (2, 1, 1)),))


def test_undated_incidents_count_nowhere() -> None:
    when = PartialDate.day(date(2023, 11, 24))
    assert dated([None, when, when]) == Counter({(when.start, when.end): 2})
    assert histogram({"jnim": Counter()}) == Histogram(counts=(("jnim", ()),))
    assert histogram({}) == NOTHING_DATED


def test_rows_stand_beside_incidents_in_the_step_that_fits_both() -> None:
    spans = {"jnim": Counter({(date(2023, 11, 24), date(2023, 11, 24)): 2}), "fama": Counter()}
    counts = (("fama", date(2023, 9, 1), 5), ("jnim", date(2023, 11, 1), 7))
    beside = Beside(Step.MONTH, date(2023, 9, 30), date(2023, 11, 2), counts)
    told = histogram(spans, beside)
    assert told.starts == (date(2023, 9, 1), date(2023, 10, 1), date(2023, 11, 1))
    assert told.counts == (("jnim", (0, 0, 9)), ("fama", (5, 0, 0)))


@given(st.lists(SPANS, min_size=1, max_size=20))
def test_counts_are_those_of_a_walk_through_the_days(spans: list[tuple[date, date]]) -> None:
    told = histogram({"one": Counter(spans)})
    (_, counts), = told.counts
    for start, count in zip(told.starts, counts, strict=True):
        number = number_of(start, told.step)
        touching = [span for span in spans if number_of(span[0], told.step) <= number <= number_of(span[1], told.step)]
        assert count == len(touching)
    assert extent({"one": Counter(spans)}) == (min(span[0] for span in spans), max(span[1] for span in spans))


def test_precision_does_not_matter_to_counts() -> None:
    month = PartialDate(date(2023, 11, 1), date(2023, 11, 30), DatePrecision.MONTH)
    assert dated([month]) == Counter({(month.start, month.end): 1})
