"""Whether a table writes the day or the month first: decided by the cells of whole columns, and said."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from incidentmap.model import Reason, reason
from incidentmap.tables.dates_in import DayOrder, order_shown
from incidentmap.tables.source import Source

_THREE_NUMBERS = r"^\s*\d{1,2}[-/. ]\d{1,2}[-/. ](\d{4}|\d\d)\b"


@dataclass(frozen=True, slots=True)
class OrderSeen:
    """Counts of dates in three numbers, year last, over distinct cells in batches.

    Parameters
    ----------
    dates
        How many there are.
    first_day, second_day
        How many have a first, a second number above 12, which so can be no month.
    """

    dates: int = 0
    first_day: int = 0
    second_day: int = 0

    @property
    def order(self) -> DayOrder | None:
        """The order, None where the column does not show it or shows both."""
        if bool(self.first_day) == bool(self.second_day):
            return None
        return DayOrder.DAY_FIRST if self.first_day else DayOrder.MONTH_FIRST

    @property
    def is_open(self) -> bool:
        """Whether somebody has to be asked."""
        return bool(self.dates) and self.order is None

    def told(self) -> tuple[Reason, ...]:
        """What was seen, in words; nothing if no date is written in this way."""
        if not self.dates:
            return ()
        counts = {"dates": self.dates, "first": self.first_day, "second": self.second_day}
        if self.first_day and self.second_day:
            return (reason("order_mixed", **counts),)
        if self.first_day:
            return (reason("order_day_first", **counts),)
        return (reason("order_month_first", **counts),) if self.second_day else (reason("order_open", **counts),)


def see_order(source: Source, columns: list[int]) -> OrderSeen:
    """Look at the dates of a table; to its end only if its first batch has any in three numbers with the year last."""
    seen = OrderSeen()
    for number, batch in enumerate(source.read()):
        for place in columns:
            seen = _more(seen, batch.table.column(place))
        if number == 0 and not seen.dates:
            break
    return seen


def _more(seen: OrderSeen, column: pa.Array) -> OrderSeen:
    cells = column.filter(pc.fill_null(pc.match_substring_regex(column, _THREE_NUMBERS), fill_value=False))
    counted = [(order_shown(each["values"].as_py()), each["counts"].as_py()) for each in pc.value_counts(cells)]
    shown = [(order, times) for order, times in counted if order is not None]
    return OrderSeen(
        seen.dates + sum(times for _, times in shown),
        seen.first_day + sum(times for order, times in shown if order[0]),
        seen.second_day + sum(times for order, times in shown if order[1]),
    )
