"""The Tables screen: a file of events, how its columns are read, a verdict for every row, and the snapshots so far."""

from collections.abc import Sequence
from html import escape

import streamlit as st

import opened
import page
import tables_desk as desk
import tables_file
import tables_mend
import tables_snapshots
import tables_verdicts
import tables_work
from incidentmap.model import Snapshot
from incidentmap.walks import import_tables
from incidentmap.walks.refused_rows import waiting


def draw() -> None:
    """Draw the screen."""
    desk.start()
    log = import_tables.snapshots(opened.workspace().folder)
    st.html(f'<h1 class="im-title">{page.tell("tables.title")}</h1>')
    if words := desk.said():
        st.html(f'<p class="im-sentence" role="status">{escape(words)}</p>')
    if desk.trouble():
        st.html(f'<p class="im-notice" role="alert">{escape(desk.trouble())}</p>')
    if tables_work.running():
        tables_work.draw()
    _bench(tables_work.result(), log)
    tables_snapshots.draw(log)


def _bench(result: tables_work.Result | None, log: Sequence[Snapshot]) -> None:
    """What is before the visitor: refused rows, what came of an import, a file, or the question for one."""
    if path := tables_mend.taken():
        tables_file.head(path.name, leave=tables_mend.put_away)
        tables_mend.draw(path)
        return
    if result and result.kept:
        _result(result)
        return
    found = desk.before()
    if found is None:
        tables_file.choose(first=not log)
        tables_mend.choose(waiting(log))
    else:
        tables_file.draw(found)
    if result:
        tables_verdicts.draw(result)


def _result(result: tables_work.Result) -> None:
    """What came of an import; its refused rows can be mended at once."""
    tables_file.head(result.asked.path.name)
    tables_verdicts.draw(result)
    if result.done and result.done.refused_file:
        tables_mend.draw(result.done.refused_file)
