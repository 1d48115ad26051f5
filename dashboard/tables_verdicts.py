"""What came of a table: rows = accepted + refused, what the rules found, and the first rows with their verdicts."""

from collections.abc import Iterable
from html import escape
from typing import Any

import streamlit as st

import links
import page
from incidentmap.tables.verdicts import RULES, Level, RowFinding
from incidentmap.walks.import_asked import ImportDone
from incidentmap.walks.import_sample import ShownRow, finding_words
from incidentmap.words import keys
from tables_work import Result

_MOST_FIELDS = 8
_TALL = 420
_ALL = "all"
_SHOWN = "tables_rows_shown"
_BADGES = {"refused": "refused", "warned": "warning", "clean": "accepted"}


def draw(result: Result) -> None:
    """Draw what came of an import, or of a look that kept nothing."""
    done = result.done
    if done is None:
        st.html(f'<p class="im-notice" role="alert">{escape(result.trouble)}</p>')
        return
    st.html(f'<p class="im-panel">{page.tell("tables.verdict.kept" if result.kept else "tables.verdict.dry")}</p>')
    _sentence(done)
    _changes(result, done)
    _rules(done)
    _rows(done)


def _sentence(done: ImportDone) -> None:
    """All that happened to the rows, so that the sum can be checked."""
    told = page.tell("tables.verdict", rows=page.number(done.rows), accepted=page.number(done.accepted),
                     refused=page.number(done.refused), warned=page.number(done.warned))
    more = [page.tell("tables.merged", rows=page.number(done.merged))] if done.merged else []
    more += [page.tell("tables.located", rows=page.number(sum(done.located.values())))] if done.located else []
    st.html(f'<p class="im-sentence im-sum" role="status"><strong>{escape(told)}</strong></p>'
            + "".join(f'<p class="im-line">{escape(line)}</p>' for line in more))
    if done.questions:
        links.link_to("geocoding", page.tell_count("tables.questions", done.questions, count=page.number(done.questions)))
    if done.warn_export:
        st.html(f'<p class="im-notice">{escape(page.tell("tables.licence.warn", licence=done.licence))}</p>')


def _changes(result: Result, done: ImportDone) -> None:
    """What changed in the workspace: new, changed in which fields, gone; and what to do if most is gone."""
    run = done.snapshot.run if done.snapshot else None
    if run is None or done.snapshot is None:
        st.html(f'<p class="im-line">{escape(page.tell("tables.nothing" if result.kept else "tables.dry"))}</p>')
        return
    changes = run.changes
    told = page.tell("tables.changes", number=done.snapshot.number, new=page.number(changes.new),
                     changed=page.number(changes.changed), gone=page.number(changes.gone))
    fields = field_words(changes.fields[:_MOST_FIELDS])
    st.html(f'<p class="im-sentence">{escape(told)}</p>{f"<p class=im-line>{escape(fields)}</p>" if fields else ""}')
    if changes.gone > changes.changed + (changes.unchanged or 0):
        st.html(f'<p class="im-notice" role="alert">{escape(page.tell("tables.muchgone"))}</p>')


def field_words(fields: Iterable[tuple[str, int]]) -> str:
    """In which fields rows differ, and in how many each."""
    told = ", ".join(f"{column_words(field)} ({page.number(rows)})" for field, rows in fields)
    return page.tell("tables.changed.fields", fields=told) if told else ""


def column_words(field: str) -> str:
    """What a column of event rows is called; those that no table fills go by their own name."""
    key = f"tables.field.{field}"
    return page.tell(key) if key in keys(page.language()) else field


def _rules(done: ImportDone) -> None:
    """Each rule that found something: how often, what it does to a row, an example with what to do; refusals first."""
    found = sorted(
        ((_level(rule), count, rule) for rule, count in done.by_rule.items() if count), key=lambda each: (each[0], -each[1]),
    )
    lines = "".join(
        f'<div role="row"><span role="cell"><b>{page.number(count)}</b></span><span role="cell">'
        f'<span class="im-verdict im-{level}">{page.tell(f"tables.level.{level}")}</span></span>'
        f'<span role="cell">{_rule(rule, count, done.examples.get(rule, ()))}</span></div>'
        for level, count, rule in found
    )
    if lines:
        st.html(f'<div class="im-rules" role="table" aria-label="{escape(page.tell("tables.rules"))}">{lines}</div>')


def _level(rule: str) -> str:
    return "refused" if RULES.get(rule) is Level.REFUSED else "warning"


def _rule(rule: str, count: int, examples: tuple[RowFinding, ...]) -> str:
    """The words of a rule for its first example, and where it stands with the next ones."""
    first = examples[0] if examples else RowFinding(0, 0, "…", "…", rule, Level.WARNING, "…")
    told = f'{escape(finding_words(page.language(), first))} <code>{escape(rule)}</code>'
    return f'{told}<br><span class="im-line">{escape(_where(count, examples))}</span>' if examples else told


def _where(count: int, examples: tuple[RowFinding, ...]) -> str:
    """Numbers of rows as a spreadsheet shows them; of several with their cells."""
    if count == 1:
        return page.tell("tables.example.one", row=examples[0].sheet_row)
    rows = [page.tell("tables.example", row=each.sheet_row, value=each.value) if each.value else str(each.sheet_row)
            for each in examples]
    return page.tell("tables.example.all" if count == len(examples) else "tables.example.some", rows=", ".join(rows))


def _rows(done: ImportDone) -> None:
    """The first rows of each verdict, as they stand in the file."""
    rows = sorted((*done.shown, *done.passed), key=lambda row: row.file_row)
    if not rows:
        return
    with st.expander(page.tell("tables.rows.panel"), key="tables_rows_panel"):
        kinds = [_ALL, *(each for each in _BADGES if any(row.verdict == each for row in rows))]
        words = {each: page.tell(f"tables.rows.{each}") for each in kinds}
        chosen = st.segmented_control(
            page.tell("tables.rows.which"), kinds, default=_ALL, required=True, key=_SHOWN, format_func=words.__getitem__,
        )
        picked = [row for row in rows if chosen in {_ALL, row.verdict}]
        told = page.tell("tables.rows.told", shown=page.number(len(picked)), rows=page.number(done.rows))
        st.html(f'<p class="im-line">{escape(told)}</p>')
        st.dataframe(
            [_line(row) for row in picked], hide_index=True, width="stretch", height=_TALL if len(picked) > 10 else "content",
            key="tables_rows", column_config=_heads(picked),
        )


def _line(row: ShownRow) -> dict[str, object]:
    """A row by the numbers of its columns: the file's own names may be anything."""
    told = {"row": row.sheet_row, "verdict": page.tell(f"tables.level.{_BADGES[row.verdict]}"),
            "found": " ".join(dict.fromkeys(finding_words(page.language(), each) for each in row.findings))}
    return told | {f"c{place}": cell for place, (_, cell) in enumerate(row.cells)}


def _heads(rows: list[ShownRow]) -> dict[str, Any]:
    own = {
        "row": st.column_config.NumberColumn(page.tell("tables.refused.row"), width="small", pinned=True),
        "verdict": st.column_config.TextColumn(page.tell("tables.rows.verdict"), width="small", pinned=True),
        "found": st.column_config.TextColumn(page.tell("tables.rows.found"), width="large"),
    }
    names = [name for row in rows[:1] for name, _ in row.cells]
    return own | {f"c{place}": st.column_config.TextColumn(name) for place, name in enumerate(names)}
