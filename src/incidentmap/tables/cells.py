"""Cells as text, and as what a spreadsheet can hold."""

import base64
import datetime
import json
import math
import re
from decimal import Decimal

_LARGEST_EXACT = 10**15
"""Spreadsheets keep fifteen digits; a longer whole number is an id, and stays whole as text."""
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML has no place for."""
LONGEST_TEXT = 32_767
"""Characters in one cell of a spreadsheet, by its format."""


def as_text(value: object) -> str:
    """A cell as a CSV has it: nothing is empty, days are ISO 8601, true and false, lists and records are JSON."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, (bytes, list, tuple, dict)):
        return json.dumps(value, ensure_ascii=False, default=_plain) if not isinstance(value, bytes) else _plain(value)
    return str(value)


def _plain(value: object) -> str:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else as_text(value)


def for_sheet(value: object) -> str | int | float | bool | datetime.date | datetime.time | None:
    """A cell as a spreadsheet can hold it: numbers, days and truths as they are, where it can hold them, all else as text."""
    if value is None or (isinstance(value, (bool, int)) and abs(value) < _LARGEST_EXACT):
        return value
    if isinstance(value, (float, Decimal)) and math.isfinite(value) and float(value) == value:
        return float(value)
    if isinstance(value, datetime.date) and value.year > 1900 and _is_plain_time(value):
        return value
    if isinstance(value, datetime.time) and _is_plain_time(value):
        return value
    return holdable(as_text(value))


def _is_plain_time(value: datetime.date | datetime.time) -> bool:
    """Whether a spreadsheet keeps it: no zone, nothing finer than a millisecond."""
    return getattr(value, "tzinfo", None) is None and getattr(value, "microsecond", 0) % 1000 == 0


def holdable(text: str) -> str:
    """The text with what XML cannot hold replaced by U+FFFD."""
    return _UNHOLDABLE.sub("\ufffd", text)
