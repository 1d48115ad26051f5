"""Refused rows that are mended in place: the faulty cells stand first, with what is wrong; only accepted rows are added."""

from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

import opened
import page
import tables_desk as desk
import tables_work
from incidentmap.model import IncidentmapError
from incidentmap.walks.import_asked import ImportAsked
from incidentmap.walks.import_tables import refused_of
from incidentmap.walks.refused_rows import MOST, RefusedSheet, Waiting, read_refused, write_mended

_MOST_LINES, _TALL, _LINE = 8, 560, 62
_FILE = "tables_mending"


def choose(waiting: tuple[Waiting, ...]) -> None:
    """The imports whose refused rows still wait."""
    if not waiting:
        return
    st.html(f'<p class="im-panel">{page.tell("tables.waiting")}</p>')
    for each in waiting:
        with st.container(horizontal=True, vertical_alignment="center", key=f"tables_waiting_{each.number}"):
            told = page.tell_count("tables.waiting.rows", each.rows, rows=page.number(each.rows), number=each.number)
            st.html(f'<p class="im-sentence"><strong>{escape(each.source)}</strong> '
                    f'<span class="im-line">{escape(told)}</span></p>')
            st.button(page.tell("tables.waiting.mend"), key=f"tables_mend_{each.number}", on_click=_take, args=(each.number,))


def taken() -> Path | None:
    """The file of refused rows before the visitor."""
    found: Path | None = st.session_state.get(_FILE)
    return found


def _take(number: int) -> None:
    try:
        st.session_state[_FILE] = refused_of(opened.workspace().folder, number)
    except IncidentmapError as error:
        desk.complain(str(error))


def put_away() -> None:
    """No refused rows are before the visitor any more."""
    st.session_state.pop(_FILE, None)


def draw(path: Path) -> None:
    """The rows, and the button that tries them again."""
    sheet = read_refused(path)
    st.html(f'<p class="im-panel">{page.tell("tables.mend")}</p><p class="im-line">{page.tell("tables.mend.help")}</p>')
    if sheet.more:
        st.html(f'<p class="im-notice">{escape(page.tell("tables.mend.many", shown=page.number(MOST), path=str(path)))}</p>')
    mended = _edited(sheet)
    with st.container(horizontal=True, vertical_alignment="center", key="tables_mend_buttons"):
        count = page.number(len(mended))
        words = page.tell_count("tables.again", len(mended), count=count) if mended else page.tell("tables.again.none")
        st.button(words, key="tables_again", type="primary", on_click=_try_again, args=(sheet, mended), disabled=not mended)
        st.download_button(page.tell("tables.mend.download"), data=path.read_bytes, file_name=path.name, mime="text/csv",
                           on_click="ignore", key="tables_mend_download")


def _edited(sheet: RefusedSheet) -> dict[int, tuple[str, ...]]:
    """The editor; by place in the file, the rows that the visitor changed."""
    named = [f"c{place}" for place in range(len(sheet.columns))]  # their own names may be anything, even twice the same
    faulty = {column for row in sheet.rows for column in row.columns}
    first = [name for place, name in enumerate(named) if sheet.columns[place] in faulty]
    rows = [
        {"row": row.row, "where": ", ".join(filter(None, row.columns)), "message": row.message}
        | dict(zip(named, row.cells, strict=True))
        for row in sheet.rows
    ]
    edited: list[dict[str, Any]] = st.data_editor(
        rows, key=f"tables_mend_{sheet.path.name}", hide_index=True, width="stretch", num_rows="fixed", row_height=_LINE,
        disabled=["row", "where", "message"], height="content" if len(rows) <= _MOST_LINES else _TALL,
        column_order=["row", "where", *first, "message", *(name for name in named if name not in first)],
        column_config={
            "row": st.column_config.TextColumn(page.tell("tables.refused.row"), width="small", pinned=True),
            "where": st.column_config.TextColumn(page.tell("tables.refused.column"), width="small"),
            "message": st.column_config.TextColumn(page.tell("tables.refused.message"), width="large"),
            **{name: st.column_config.TextColumn(sheet.columns[place]) for place, name in enumerate(named)},
        },
    )
    cells = (tuple(str(row[name] or "") for name in named) for row in edited)
    return {row.place: mended for row, mended in zip(sheet.rows, cells, strict=True) if mended != row.cells}


def _try_again(sheet: RefusedSheet, mended: dict[int, tuple[str, ...]]) -> None:
    """Import the refused rows once more, as they stand now; the file itself says whose rows these are."""
    folder = opened.workspace().folder
    try:
        path = write_mended(sheet, mended, folder)
    except IncidentmapError as error:
        desk.complain(str(error))
        return
    asked = ImportAsked(path, folder, who=str(page.choice(desk.WHO)), language=page.language())
    if tables_work.begin(asked):
        put_away()
        desk.complain("")
    else:
        desk.complain(page.tell("tables.busy"))
