"""Event types of a batch in ACLED's published words: as written, or by a named crosswalk from the source's own codes."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import yaml

from incidentmap.paths import shipped
from incidentmap.tables.cells_read import Cells, given
from incidentmap.tables.distinct import distinct
from incidentmap.tables.verdicts import Notebook

_FORMER = "acled-before-2019"
_CLASSES = "acled-inter"


def check_types(cells: Cells, crosswalk: str, notebook: Notebook) -> dict[str, pa.Array]:
    """Event type, sub-type and the crosswalk that gave the type; noted are words that are none of ACLED's."""
    columns = _written(cells, notebook) if "event_type" in cells else {}
    if not columns and crosswalk:
        columns = _crossed(cells, crosswalk)
    if "sub_event_type" in cells:
        column = cells.column("sub_event_type")
        known = _words()[1]
        columns["sub_event_type"] = distinct(column, lambda text: known.get(text.casefold()), None).text(lambda word: word)
        unknown = given(column) & ~given(columns["sub_event_type"])
        notebook.add("sub_event_type_unknown", unknown, cells.name("sub_event_type"), column)
    return columns


def is_acled_word(text: str) -> bool:
    """Whether a cell is one of ACLED's types or sub-types, of now or before 2019."""
    types, subs = _words()
    return text.casefold() in {*types, *subs, *(str(old).casefold() for old in _crosswalk(_FORMER)["event_type"])}


def classes(cells: Cells) -> dict[str, pa.Array]:
    """ACLED's classes of the actors as text of their numbers: 0 is nobody, words are those of its exports since 2024."""
    words = {str(word).casefold(): str(number) for word, number in _crosswalk(_CLASSES)["inter"].items()}
    read = {field: distinct(cells.column(field), lambda text: words.get(text.casefold(), text), None)
            for field in ("inter1", "inter2") if field in cells}
    return {field: each.text(lambda text: None if text in {None, "0", "0.0"} else text) for field, each in read.items()}


def _written(cells: Cells, notebook: Notebook) -> dict[str, pa.Array]:
    column = cells.column("event_type")
    now, former = _words()[0], {str(old).casefold(): new for old, new in _crosswalk(_FORMER)["event_type"].items()}
    types = distinct(column, lambda text: now.get(text.casefold()) or former.get(text.casefold()), None).text(lambda word: word)
    notebook.add("event_type_unknown", given(column) & ~given(types), cells.name("event_type"), column)
    crossed = distinct(column, lambda text: None if text.casefold() in now else _FORMER, None).text(lambda name: name)
    return {"event_type": types, "type_crosswalk": pc.if_else(pc.is_valid(types), crossed, pa.scalar(None, pa.string()))}


def _crossed(cells: Cells, name: str) -> dict[str, pa.Array]:
    table = _crosswalk(name)
    if table["from"] not in cells:
        return {}
    types: Mapping[str, str] = table["event_type"]

    def cross(text: str) -> str | None:
        code = text.removesuffix(".0")
        ends = range(len(code), 0, -1) if table["match"] == "beginning" else (len(code),)
        return next((types[code[:end]] for end in ends if code[:end] in types), None)

    found = distinct(cells.column(table["from"]), cross, None).text(lambda word: word)
    told = pc.if_else(pc.is_valid(found), pa.scalar(name), pa.scalar(None, pa.string()))
    return {"event_type": found, "type_crosswalk": told}


@cache
def _words() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Types and sub-types by their small letters."""
    loaded: Mapping[str, list[str]] = yaml.safe_load(shipped("data", "lexicons", "acled_events.yaml").read_text("utf-8"))
    return {each.casefold(): each for each in loaded}, {each.casefold(): each for subs in loaded.values() for each in subs}


@cache
def _crosswalk(name: str) -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(shipped("data", "tables", "crosswalks", f"{name}.yaml").read_text("utf-8"))
    return loaded
