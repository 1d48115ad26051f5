"""The chain that the records of a log form, whatever they are about.

A record is flat: columns of text, numbers, lists, null. Its seal is the SHA-256 (hex) of the record as JSON without `hash`:
keys sorted, no blanks, UTF-8, numbers as Python and JavaScript write them, null for what is empty. Each record holds the seal
of the one before it, so whoever changes, drops or reorders one breaks the chain from there on.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from incidentmap.model import BadValue

FIRST_PREVIOUS = "0" * 64
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")

Record = dict[str, Any]
"""A record by column: among them `number`, `undoes`, `previous` and `hash`."""


def seal_of(record: Mapping[str, Any]) -> str:
    """The hash that belongs to a record."""
    cells = {column: value for column, value in record.items() if column != "hash"}
    text = json.dumps(cells, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def linked(records: Iterable[Mapping[str, Any]], previous: str = FIRST_PREVIOUS) -> Iterator[Record]:
    """Records with `previous` and `hash`, in their order, after the one whose hash is given."""
    for each in records:
        made = {**each, "previous": previous}
        previous = seal_of(made)
        yield {**made, "hash": previous}


def check_links(
    records: Iterable[Record], name: Callable[[int], str], told: Callable[[Record], str], check: Callable[[int, str], None],
) -> None:
    """Refuse the first record that does not follow from those before it.

    Parameters
    ----------
    records
        From the first on.
    name
        What messages call the record of a number.
    told
        A record in words.
    check
        Refuses what a record of a number, under a name, must not say.

    Raises
    ------
    BadValue
        Naming the record, the column, its value and what belongs there.
    """
    previous, standing = FIRST_PREVIOUS, set[int]()
    for number, each in enumerate(records, 1):
        where = name(number)
        if each["number"] != number:
            raise BadValue(f"{where}: number", each["number"], str(number), "A record is missing, doubled or out of order.")
        if each["previous"] != previous:
            raise BadValue(f"{where}: previous", each["previous"], f"the hash of the record before it, {previous}")
        if each["hash"] != seal_of(each):
            todo = f"A cell of this record was changed ({told(each)})."
            raise BadValue(f"{where}: hash", each["hash"], f"the hash of its cells, {seal_of(each)}", todo)
        check(number, where)
        if each["undoes"] is not None and each["undoes"] not in standing:
            raise BadValue(f"{where}: undoes", each["undoes"], "the number of an earlier record that still stands")
        standing = standing | {number} if each["undoes"] is None else standing - {each["undoes"]}
        previous = each["hash"]


def check_text(record: Mapping[str, Any], where: str) -> None:
    """Refuse text that a case file cannot keep. Raises `BadValue` with the column and its value."""
    for column, value in record.items():
        for text in _texts(value):
            if _UNKEEPABLE.search(text):
                raise BadValue(f"{where}: {column}", text, "text without NUL and half surrogate pairs")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for each in value.items() for part in each for text in _texts(part))
    elif isinstance(value, list):
        yield from (text for each in value for text in _texts(each))
