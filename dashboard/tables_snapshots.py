"""The snapshots of a workspace's tables: what each import did and shows, what differs between two, and taking one back."""

from collections.abc import Sequence
from html import escape

import streamlit as st

import opened
import page
import tables_desk as desk
from incidentmap.model import Changes, EventChange, IncidentmapError, IncidentQuery, Snapshot
from incidentmap.walks import import_tables
from tables_verdicts import column_words, field_words

_MOST_LINES, _TALL = 8, 320
_EXAMPLES = 20
_EVENTS = 100
_SHOWN_COLUMNS = ("event_id", "date_start", "date_end", "event_type", "place", "country", "actor1", "actor2", "killed_best")
_OLDER, _NEWER, _UNDONE, _WHY, _ONE = "tables_older", "tables_newer", "tables_undone", "tables_why", "tables_one"
_HEADS = ("number", "at", "who", "source", "what", "rows", "accepted", "refused", "new", "changed", "gone", "licence")


def draw(log: Sequence[Snapshot]) -> None:
    """Draw the log, and what can be done with it."""
    if not log:
        return
    st.html(f'<p class="im-panel">{page.tell("tables.log")}</p>')
    st.dataframe(
        [_row(each, log) for each in reversed(log)], hide_index=True, width="stretch", key="tables_log",
        height="content" if len(log) <= _MOST_LINES else _TALL,
        column_config={name: st.column_config.Column(page.tell(f"tables.log.{name}")) for name in _HEADS},
    )
    imports = [each for each in log if each.run]
    with st.expander(page.tell("tables.one"), key="tables_one_panel", on_change="rerun") as panel:
        if panel.open:
            _one(imports)
    if len(imports) > 1:
        with st.expander(page.tell("tables.compare"), key="tables_compare_panel", on_change="rerun") as panel:
            if panel.open:
                _compare(imports, log[-1].number)
    with st.expander(page.tell("tables.undo"), key="tables_undo_panel"):
        _undo(log)


def _row(each: Snapshot, log: Sequence[Snapshot]) -> dict[str, object]:
    run, when = each.run, each.at.replace("T", " ").removesuffix("Z")
    row: dict[str, object] = {"number": each.number, "at": when, "who": each.who, "source": each.source}
    if run is None:
        why = f" ({each.why})" if each.why else ""
        return row | {"what": f'{page.tell("tables.log.undoes", number=each.undoes)}{why}'}
    standing = "" if _stands(each, log) else f' · {page.tell("tables.log.replaced")}'
    return row | {
        "what": f"{run.record.file_name}{standing}", "rows": run.counts.rows, "accepted": run.counts.accepted,
        "refused": run.counts.refused, "new": run.changes.new, "changed": run.changes.changed, "gone": run.changes.gone,
        "licence": run.record.licence,
    }


def _stands(each: Snapshot, log: Sequence[Snapshot]) -> bool:
    """Whether its rows are those that its source shows now."""
    last = next(other for other in reversed(log) if other.source == each.source)
    return last.shows == each.number


def _named(imports: Sequence[Snapshot]) -> dict[int, str]:
    """Snapshots by number, the newest first, in words to choose by."""
    return {each.number: f"{each.number} · {each.source} · {each.at[:10]}" for each in reversed(imports)}


def _one(imports: Sequence[Snapshot]) -> None:
    """Where a snapshot came from, how it was read, and what the workspace showed with it."""
    names = _named(imports)
    number = st.selectbox(page.tell("tables.one.which"), list(names), format_func=names.__getitem__, key=_ONE)
    run = next(each.run for each in imports if each.number == number)
    if run is None:
        return
    told = {
        "file": run.record.file_name, "sha256": run.record.sha256, "licence": run.record.licence or "–",
        "based": str(run.based_on or "–"), "partial": page.tell(f"tables.one.partial.{'yes' if run.record.partial else 'no'}"),
    }
    lines = "".join(f"<dt>{page.tell(f'tables.one.{name}')}</dt><dd>{escape(text)}</dd>" for name, text in told.items())
    st.html(f'<dl class="im-fields">{lines}</dl>')
    st.html(f'<p class="im-panel">{page.tell("tables.one.mapping")}</p>')
    st.code(run.record.mapping, language="json", wrap_lines=True)
    found = import_tables.events_page(opened.workspace().folder, IncidentQuery(), snapshot=number, size=_EVENTS)
    if found:
        told_rows = page.tell("tables.one.events", shown=page.number(found.rows.num_rows), total=page.number(found.total))
        st.html(f'<p class="im-panel">{escape(told_rows)}</p>')
        st.dataframe(
            found.rows.select(_SHOWN_COLUMNS), hide_index=True, width="stretch", key="tables_one_events", placeholder="",
            height="content" if found.rows.num_rows <= _MOST_LINES else _TALL,
            column_config={name: st.column_config.Column(column_words(name)) for name in _SHOWN_COLUMNS},
        )


def _compare(imports: Sequence[Snapshot], last: int) -> None:
    """How two snapshots differ: counted, and the first events of each kind."""
    names = _named(imports)
    numbers = list(names)
    older, newer = st.columns(2)
    first = older.selectbox(page.tell("tables.compare.older"), numbers, index=1, format_func=names.__getitem__, key=_OLDER)
    second = newer.selectbox(page.tell("tables.compare.newer"), numbers, index=0, format_func=names.__getitem__, key=_NEWER)
    try:
        changes, events = _compared(str(opened.workspace().folder), first, second, last)
    except IncidentmapError as error:
        st.html(f'<p class="im-notice" role="alert">{escape(str(error))}</p>')
        return
    told = page.tell("tables.compared", new=page.number(changes.new), changed=page.number(changes.changed),
                     gone=page.number(changes.gone))
    fields = field_words(changes.fields)
    st.html(f'<p class="im-sentence" role="status"><strong>{escape(told)}</strong></p>'
            + (f'<p class="im-line">{escape(fields)}</p>' if fields else ""))
    if events:
        lines = "".join(map(_event, events))
        st.html(f'<p class="im-line">{escape(page.tell("tables.compare.first", most=_EXAMPLES))}</p>'
                f'<div class="im-rules im-changes" role="table" aria-label="{escape(told)}">{lines}</div>')


@st.cache_data(show_spinner=False, max_entries=20)
def _compared(folder: str, older: int, newer: int, last: int) -> tuple[Changes, tuple[EventChange, ...]]:  # noqa: ARG001 (the cache key)
    return import_tables.compare_closely(opened.workspace().folder, older, newer, _EXAMPLES)


def _event(each: EventChange) -> str:
    """An event that differs, and what its fields were and are."""
    what = " · ".join(filter(None, (each.day, each.place)))
    fields = "".join(
        f'<br><span class="im-line">{escape(column_words(field.field))}: <del>{escape(field.old or "–")}</del> → '
        f'<ins>{escape(field.new or "–")}</ins></span>'
        for field in each.fields
    )
    return (f'<div role="row"><span role="cell"><span class="im-verdict">{page.tell(f"tables.fate.{each.fate}")}</span></span>'
            f'<span role="cell"><b>{escape(each.event_id)}</b> {escape(what)}{fields}</span></div>')


def _undo(log: Sequence[Snapshot]) -> None:
    """Take the last record of a source back, after a second look."""
    last = {each.source: each for each in log}
    st.html(f'<p class="im-line">{page.tell("tables.undo.help")}</p>')
    numbers = sorted((each.number for each in last.values()), reverse=True)
    names = {each.number: f"{each.number} · {each.source}" for each in last.values()}
    with st.container(horizontal=True, vertical_alignment="bottom", key="tables_undo"):
        number = st.selectbox(page.tell("tables.undo.which"), numbers, format_func=names.__getitem__, key=_UNDONE, width=260)
        why = st.text_input(page.tell("tables.undo.why"), key=_WHY, width=320)
        with st.popover(page.tell("tables.undo.button")):
            st.html(f'<p>{escape(page.tell("tables.undo.sure", number=number))}</p>')
            st.button(page.tell("tables.undo.yes"), key="tables_undo_yes", type="primary", on_click=desk.undo,
                      args=(number, why))
