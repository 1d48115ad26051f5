"""The law of the chain: what was linked holds, and no record can be changed, dropped, doubled or moved without being told."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.model import BadValue
from incidentmap.store.chain import Record, check_links, check_text, linked

CELL = st.text(max_size=5) | st.integers() | st.floats(allow_nan=False) | st.none() | st.lists(st.text(max_size=3), max_size=2)
LOGS = st.lists(CELL, min_size=1, max_size=6).map(
    lambda cells: list(linked({"number": n, "undoes": None, "said": cell} for n, cell in enumerate(cells, 1))))


def check(records: list[Record]) -> None:
    check_links(records, name="record {}".format, told=str, check=lambda _number, _where: None)


@given(LOGS)
def test_what_was_linked_holds(log: list[Record]) -> None:
    check(log)
    check(log[:-1])


@given(LOGS, st.data())
def test_a_changed_cell_is_found(log: list[Record], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(log) - 1))
    said = data.draw(CELL.filter(lambda cell: repr(cell) != repr(log[place]["said"])))
    with pytest.raises(BadValue, match=f"record {place + 1}: hash"):
        check([*log[:place], {**log[place], "said": said}, *log[place + 1:]])


@pytest.mark.parametrize("spoil", [
    lambda log, place: [*log[:place], *log[place + 1:]], lambda log, place: [*log[:place + 1], *log[place:]],
    lambda log, place: [*log[:place], log[place + 1], log[place], *log[place + 2:]],
], ids=["dropped", "doubled", "moved"])
@given(log=LOGS.filter(lambda log: len(log) > 1), data=st.data())
def test_a_record_out_of_its_place_is_found(
    spoil: Callable[[list[Record], int], list[Record]], log: list[Record], data: st.DataObject,
) -> None:
    with pytest.raises(BadValue, match=r"record \d+: number"):
        check(spoil(log, data.draw(st.integers(0, len(log) - 2))))


@pytest.mark.parametrize("undoes", [1, 2, 9])
def test_only_what_stands_is_undone(undoes: int) -> None:
    rows = ({"number": n, "undoes": each} for n, each in enumerate([None, 1, undoes], 1))
    with pytest.raises(BadValue, match="record 3: undoes"):
        check(list(linked(rows)))


@pytest.mark.parametrize("value", ["a\x00", "half \ud83d", ["ok", "\ud83d"], [["deep", ["\x00"]]], {"key\x00": 1}])
def test_text_that_cannot_be_kept_is_named(value: object) -> None:
    with pytest.raises(BadValue, match="here: said"):
        check_text({"said": value}, "here")
