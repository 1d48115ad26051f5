from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.model import DatePrecision
from incidentmap.tables.dates_in import DayOrder, is_serial, order_shown, read_date

DAY, RANGE, MONTH, YEAR = DatePrecision.DAY, DatePrecision.RANGE, DatePrecision.MONTH, DatePrecision.YEAR
DAYS = st.dates(date(1950, 1, 1), date(2049, 12, 31))
READ = [
    ("2023-11-24", "2023-11-24", "2023-11-24", DAY, ""),
    ("2023-11-24T00:00:00", "2023-11-24", "2023-11-24", DAY, ""),
    ("2023-11-24 13:45:00.000", "2023-11-24", "2023-11-24", DAY, ""),
    ("2023-11-24T13:45:00Z", "2023-11-24", "2023-11-24", DAY, ""),
    ("20231124", "2023-11-24", "2023-11-24", DAY, ""),
    ("20231124120000", "2023-11-24", "2023-11-24", DAY, ""),
    ("24/11/2023", "2023-11-24", "2023-11-24", DAY, ""),
    ("11/24/2023", "2023-11-24", "2023-11-24", DAY, ""),
    ("24.11.2023 08:15", "2023-11-24", "2023-11-24", DAY, ""),
    ("03/04/2023", "2023-04-03", "2023-04-03", DAY, "date_order"),
    ("24-11-23", "2023-11-24", "2023-11-24", DAY, "date_two_digits"),
    ("24-11-97", "1997-11-24", "1997-11-24", DAY, "date_two_digits"),
    ("24 novembre 2023", "2023-11-24", "2023-11-24", DAY, ""),
    ("vendredi 24 novembre 2023", "2023-11-24", "2023-11-24", DAY, ""),
    ("1er mai 2023", "2023-05-01", "2023-05-01", DAY, ""),
    ("le 2 août 2023", "2023-08-02", "2023-08-02", DAY, ""),
    ("24 November 2023", "2023-11-24", "2023-11-24", DAY, ""),
    ("November 24, 2023", "2023-11-24", "2023-11-24", DAY, ""),
    ("24-Nov-2023", "2023-11-24", "2023-11-24", DAY, ""),
    ("2023-11", "2023-11-01", "2023-11-30", MONTH, ""),
    ("11/2023", "2023-11-01", "2023-11-30", MONTH, ""),
    ("nov. 2023", "2023-11-01", "2023-11-30", MONTH, ""),
    ("février 2024", "2024-02-01", "2024-02-29", MONTH, ""),
    ("2023", "2023-01-01", "2023-12-31", YEAR, ""),
    ("2023.0", "2023-01-01", "2023-12-31", YEAR, ""),
    ("45254", "2023-11-24", "2023-11-24", DAY, "date_serial"),
    ("45254.5", "2023-11-24", "2023-11-24", DAY, "date_serial"),
    ("2023-11-24/2023-11-26", "2023-11-24", "2023-11-26", RANGE, ""),
    ("24-25/11/2023", "2023-11-24", "2023-11-25", RANGE, ""),
    ("24-25 novembre 2023", "2023-11-24", "2023-11-25", RANGE, ""),
    ("du 24 au 26 novembre 2023", "2023-11-24", "2023-11-26", RANGE, ""),
    ("24 novembre 2023 au 3 décembre 2023", "2023-11-24", "2023-12-03", RANGE, ""),
]
NOT_READ = ["", "hier", "31/02/2023", "2023-02-29", "2023-13-01", "13/13/2023", "1023-11-24", "12", "99999", "24/11",
            "novembre", "26-24 novembre 2023", "2023-11-24 ou avant", "0000-00-00", "a" * 200]


@pytest.mark.parametrize(("text", "start", "end", "precision", "doubt"), READ)
def test_dates_are_read(text: str, start: str, end: str, precision: DatePrecision, doubt: str) -> None:
    read = read_date(text)
    assert read is not None
    assert (read.start.isoformat(), read.end.isoformat(), read.precision, read.doubt) == (start, end, precision, doubt)


@pytest.mark.parametrize("text", NOT_READ)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(("order", "month", "doubt"), [
    (DayOrder.DAY_FIRST, 4, ""), (DayOrder.MONTH_FIRST, 3, ""), (None, 4, "date_order"),
])
def test_the_order_decides_what_may_be_either(order: DayOrder | None, month: int, doubt: str) -> None:
    read = read_date("03/04/2023", order)
    assert read is not None
    assert (read.start.month, read.doubt) == (month, doubt)


def test_a_date_against_the_order_of_its_column_is_marked() -> None:
    read = read_date("11/24/2023", DayOrder.DAY_FIRST)
    assert read is not None
    assert (read.start, read.doubt) == (date(2023, 11, 24), "date_order")


@pytest.mark.parametrize(("text", "shown"), [
    ("24/11/2023", (True, False)), ("11/24/2023", (False, True)), ("3/4/23", (False, False)), ("2023-11-24", None), ("x", None),
])
def test_what_a_cell_shows_of_the_order(text: str, shown: tuple[bool, bool] | None) -> None:
    assert order_shown(text) == shown


def test_which_numbers_are_days_of_excel() -> None:
    assert [is_serial(text) for text in ("45254", "45254.25", "12345", "2023", "452540", "x")] == [True, True, *[False] * 4]


@given(DAYS)
def test_parse_of_write_is_identity(day: date) -> None:
    for written in (day.isoformat(), day.strftime("%Y%m%d"), day.strftime("%d %B %Y"), day.strftime("%B %d, %Y")):
        read = read_date(written)
        assert read is not None
        assert (read.start, read.end, read.precision) == (day, day, DAY)


@given(DAYS, st.sampled_from(["/", "-", "."]))
def test_parse_of_write_is_identity_in_either_order(day: date, sign: str) -> None:
    for order, form in ((DayOrder.DAY_FIRST, f"%d{sign}%m{sign}%Y"), (DayOrder.MONTH_FIRST, f"%m{sign}%d{sign}%Y")):
        read = read_date(day.strftime(form), order)
        assert read is not None
        assert (read.start, read.doubt) == (day, "")


@given(DAYS, DAYS)
def test_intervals_come_back(one: date, other: date) -> None:
    first, last = sorted((one, other))
    read = read_date(f"{first}/{last}")
    assert read is not None
    assert (read.start, read.end) == (first, last)


@given(st.text(max_size=40) | st.from_regex(r"\d{1,5}[-/. ]\d{1,5}([-/. ]\d{1,5})?", fullmatch=True))
def test_no_cell_raises(text: str) -> None:
    read = read_date(text)
    assert read is None or read.start <= read.end
