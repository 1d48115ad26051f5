"""A table before it is imported: the file, how it was read, and what each of its columns is taken for."""

from collections.abc import Callable
from html import escape
from typing import Any, Literal

import streamlit as st

import page
import tables_desk as desk
import tables_work
from incidentmap.maps import day_words, reason_words
from incidentmap.tables.dates_in import DayOrder
from incidentmap.tables.formats import READABLE
from incidentmap.tables.mapping import FIELDS
from incidentmap.walks.import_look import Example, Looked, TwoReadings

_LARGEST_MB = 25
"""As the server takes it; larger files are named by their path."""
_EDITOR = "tables_columns"
_MOST_LINES, _TALL = 14, 440
_HEADS = ("column", "examples", "why")
_WIDTHS: dict[str, Literal["small", "medium", "large"]] = {"column": "small", "examples": "large", "why": "medium"}
_ABOUT_ORDER = "order_"


def choose(*, first: bool) -> None:
    """Ask for a file; `first`: nothing was ever imported here."""
    if first:
        st.html(f'<p class="im-prose">{page.tell("tables.first")}</p>')
    left, right = st.columns(2, gap="medium")
    left.file_uploader(
        page.tell("tables.upload"), key=desk.uploads(), max_upload_size=_LARGEST_MB, on_change=desk.take_upload,
        type=[each.removeprefix(".") for each in READABLE if each.count(".") == 1],
    )
    with right:
        st.text_input(page.tell("tables.path"), **page.bound(desk.PATH), placeholder="/home/me/events.csv",
                      help=page.tell("tables.path.help", megabytes=_LARGEST_MB))
        st.button(page.tell("tables.path.open"), key="tables_open", on_click=desk.take_path)


def draw(found: desk.Before) -> None:
    """Draw the file, its columns and what to do with it."""
    head(found.asked.path.name, _told(found.looked))
    if found.sheets:
        st.html(f'<p class="im-notice" role="alert">{page.tell("tables.sheets")}</p>')
        st.selectbox(page.tell("tables.sheet"), list(found.sheets), **page.bound(desk.SHEET), index=None,
                     placeholder=page.tell("tables.choose"))
        return
    if found.looked is None:
        st.html(f'<p class="im-notice" role="alert">{escape(found.trouble)}</p>')
        _reading(None)
        return
    _notes(found.looked)
    if not found.looked.again and not found.looked.own:
        _reading(found.looked)
        if desk.question(found.looked):
            _question(found.looked)
        _columns(found.looked)
    _buttons(found.looked)


def head(name: str, told: str = "", leave: Callable[[], None] = desk.put_away) -> None:
    """The name of the file, and the way to another one."""
    with st.container(horizontal=True, vertical_alignment="center", key="tables_head"):
        st.html(f'<p class="im-sentence"><strong>{escape(name)}</strong> <span class="im-line">{escape(told)}</span></p>')
        st.button(page.tell("tables.other"), key="tables_other", on_click=leave)


def _notes(looked: Looked) -> None:
    """What a user should know of how the file was read; the evidence on its dates is among it."""
    dates = [each.why for each in desk.evidence(looked) if each.why.code.startswith(_ABOUT_ORDER)]
    dates = dates if page.choice(desk.ORDER) == desk.AS_SEEN else []
    lines = [reason_words(page.language(), note) for note in (*looked.notes, *dates)]
    if looked.own:
        lines.append(page.tell("tables.own", sources=", ".join(looked.own)))
    if lines:
        st.html(f'<ul class="im-notes">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul>')


def _told(looked: Looked | None) -> str:
    if looked is None:
        return ""
    mapping = looked.guess.mapping
    return " · ".join([
        reason_words(page.language(), looked.told),
        *([page.tell("tables.rows", rows=page.number(looked.rows))] if looked.rows is not None else []),
        page.tell("tables.readas", preset=_kind_words(mapping.preset), source=mapping.source),
    ])


def _reading(looked: Looked | None) -> None:
    """What the table is, and what holds for all its rows."""
    kind, source, country, order = st.columns(4)
    kinds = {each: _kind_words(each) for each in desk.kinds()}
    kind.selectbox(page.tell("tables.kind"), list(kinds), **_anew(desk.KIND), format_func=kinds.__getitem__)
    known = looked.guess.mapping.source if looked else ""
    source.text_input(page.tell("tables.source"), **page.bound(desk.SOURCE), placeholder=known,
                      help=page.tell("tables.source.help"))
    country.text_input(page.tell("tables.country"), **page.bound(desk.COUNTRY), placeholder="ML",
                       help=page.tell("tables.country.help"))
    orders = {each: page.tell(f"tables.order.{each}") for each in (desk.AS_SEEN, *DayOrder, desk.NOT_KNOWN)}
    page.put(desk.ORDER, page.choice(desk.ORDER))
    order.selectbox(page.tell("tables.order"), list(orders), key=desk.ORDER, on_change=_ordered, format_func=orders.__getitem__)


def _anew(key: str) -> dict[str, Any]:
    """A widget whose change makes the columns be guessed again."""
    page.put(key, page.choice(key))

    def taken() -> None:
        page.choose(key, st.session_state[key])
        desk.forget_edits()

    return {"key": key, "on_change": taken}


def _ordered() -> None:
    desk.order_days(st.session_state[desk.ORDER])


def _kind_words(kind: str) -> str:
    return page.tell(f"tables.kind.{kind}") if kind in desk.KINDS else kind


def _question(looked: Looked) -> None:
    """Ask whether the day or the month comes first; a date of the file shows what each answer means."""
    asked = " ".join(reason_words(page.language(), each) for each in looked.guess.questions)
    with st.container(key="tables_question"):
        st.html(f'<p class="im-notice" role="alert"><strong>{escape(asked)}</strong> {page.tell("tables.question")}</p>')
        with st.container(horizontal=True):
            for order in (*DayOrder, desk.NOT_KNOWN):
                words = _answer(order, looked.two_readings)
                st.button(words, key=f"tables_answer_{order}", on_click=desk.order_days, args=(order,))


def _answer(order: str, either: TwoReadings | None) -> str:
    words = page.tell(f"tables.order.{order}")
    if either is None or order == desk.NOT_KNOWN:
        return words
    day = either.day_first if order == DayOrder.DAY_FIRST else either.month_first
    return page.tell("tables.answer", order=words, text=either.text, day=day_words(day, page.language()))


def _columns(looked: Looked) -> None:
    """The mapping, a line for each column of the file: what it is taken for can be changed."""
    st.html(f'<p class="im-panel">{page.tell("tables.columns")}</p><p class="im-line">{page.tell("tables.columns.help")}</p>')
    taken = desk.field_by_column(looked)
    why = {(each.column, each.field): reason_words(page.language(), each.why) for each in desk.evidence(looked)
           if not each.why.code.startswith(_ABOUT_ORDER)} | {(name, desk.ASIDE): "" for name in taken}
    rows = [
        {
            "column": name, "examples": " · ".join(map(_example, looked.examples.get(name, ()))),
            "field": _field_words(taken[name]), "why": why.get((name, taken[name]), page.tell("tables.columns.chosen")),
        }
        for name in looked.guess.columns
    ]
    fields = {_field_words(field): field for field in (desk.ASIDE, *FIELDS)}
    texts = {name: st.column_config.TextColumn(page.tell(f"tables.columns.{name}"), width=_WIDTHS[name]) for name in _HEADS}
    chooser = st.column_config.SelectboxColumn(
        page.tell("tables.columns.field"), options=list(fields), required=True, width="medium",
    )
    edited = st.data_editor(
        rows, key=f"{_EDITOR}_{hash(looked.guess.columns)}_{page.choice(desk.KIND)}", hide_index=True, width="stretch",
        disabled=list(_HEADS), num_rows="fixed", height="content" if len(rows) <= _MOST_LINES else _TALL,
        column_config=texts | {"field": chooser},
    )
    chosen = {row["column"]: fields[row["field"]] for row in edited}
    if chosen != taken:
        desk.edit(looked, chosen)
        st.rerun()
    _twice(chosen)
    _preset()


def _example(each: Example) -> str:
    """A cell, and what was read from it where that is something else."""
    return f"{each.text} → {each.read}" if each.read not in {"", each.text} else each.text


def _twice(chosen: dict[str, str]) -> None:
    """A field that several columns were given for: only the first is read."""
    fields = [field for field in chosen.values() if field not in {desk.ASIDE, "country"}]
    for field in dict.fromkeys(each for each in fields if fields.count(each) > 1):
        names = [name for name, each in chosen.items() if each == field]
        told = page.tell("tables.twice", field=_field_words(field), first=names[0], others=", ".join(names[1:]))
        st.html(f'<p class="im-notice" role="alert">{escape(told)}</p>')


def _field_words(field: str) -> str:
    return page.tell(f"tables.field.{field or 'aside'}")


def _preset() -> None:
    with st.expander(page.tell("tables.preset"), key="tables_preset_panel"), st.container(
        horizontal=True, vertical_alignment="bottom",
    ):
        st.text_input(page.tell("tables.preset.name"), **page.bound(desk.PRESET), placeholder="my-sheet", width=260)
        st.button(page.tell("tables.preset.keep"), key="tables_keep", on_click=desk.keep_preset)
        st.button(page.tell("tables.forget"), key="tables_forget", on_click=desk.forget_edits)


def _buttons(looked: Looked) -> None:
    """Who imports and how; nobody imports while a question is open."""
    asking, busy = desk.question(looked) and not looked.again and not looked.own, tables_work.running()
    with st.container(horizontal=True, vertical_alignment="bottom", key="tables_buttons"):
        st.text_input(page.tell("tables.who"), **page.bound(desk.WHO), width=220)
        if not looked.again and not looked.own:
            st.checkbox(page.tell("tables.partial"), **page.bound(desk.PARTIAL), help=page.tell("tables.partial.help"))
            st.checkbox(page.tell("tables.places"), **page.bound(desk.PLACES), help=page.tell("tables.places.help"))
        st.button(page.tell("tables.check"), key="tables_check", on_click=desk.begin, kwargs={"dry_run": True}, disabled=busy)
        st.button(page.tell("tables.import"), key="tables_import", type="primary", on_click=desk.begin,
                  kwargs={"dry_run": False}, disabled=asking or busy, help=page.tell("tables.import.asked") if asking else None)
