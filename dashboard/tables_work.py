"""The import that is at work or came last: there is only ever one in a workspace, the same for all its visitors."""

from dataclasses import dataclass
from html import escape

import streamlit as st

import opened
import page
from incidentmap.model import IncidentmapError
from incidentmap.walks.import_asked import ImportAsked, ImportDone
from incidentmap.walks.import_job import ImportJob

_EVERY_S = 0.5
_TAKING_LONG_S = 2
_FIRST_SHARE = 0.02
"""Of the bar, so that it is seen."""


@dataclass
class Bench:
    """What all visitors see of it."""

    job: ImportJob | None = None


@dataclass(frozen=True)
class Result:
    """What came of the last import, or why nothing did."""

    asked: ImportAsked
    done: ImportDone | None
    trouble: str = ""

    @property
    def kept(self) -> bool:
        """Whether it was more than a look."""
        return self.done is not None and not self.asked.dry_run


@st.cache_resource(show_spinner=False)
def _bench(folder: str) -> Bench:  # noqa: ARG001 (the cache key)
    return Bench()


def bench() -> Bench:
    """That of this workspace."""
    return _bench(str(opened.workspace().folder))


def begin(asked: ImportAsked) -> bool:
    """Start an import; False while another one is at work."""
    if running():
        return False
    bench().job = ImportJob(asked).start()
    return True


def running() -> bool:
    """Whether an import is at work."""
    job = bench().job
    return job is not None and job.running


def forget() -> None:
    """What came of the last one is of no interest any more."""
    if not running():
        bench().job = None


def result() -> Result | None:
    """What came of the last one; None where there was none, or it is at work."""
    job = bench().job
    if job is None or job.running:
        return None
    try:
        return Result(job.asked, job.result())
    except IncidentmapError as error:
        return Result(job.asked, None, str(error))


def _cancel() -> None:
    if job := bench().job:
        job.cancel()


@st.fragment(run_every=_EVERY_S)
def draw() -> None:
    """How far it is, and a way to stop it; the whole page again once it has ended."""
    job = bench().job
    if job is None or not job.running:
        st.rerun()
    name = escape(page.tell("tables.working", name=job.asked.path.name))
    st.html(f'<p class="im-sentence" role="status"><strong>{name}</strong></p>')
    far = job.progress
    if far is None:
        st.progress(_FIRST_SHARE, text=page.tell("tables.stage.begins"))
    else:
        share = min(1.0, far.done / far.total) if far.total else 0.0
        words = [page.tell(f"tables.stage.{far.stage}"), page.tell("tables.stage.rows", done=page.number(far.done))]
        if far.seconds_left and far.seconds_left > _TAKING_LONG_S:
            words.append(page.tell("tables.stage.left", seconds=round(far.seconds_left)))
        st.progress(max(_FIRST_SHARE, share), text=" · ".join(words))
    st.html(f'<p class="im-line">{page.tell("tables.cancel.help")}</p>')
    label = page.tell("tables.stopping" if job.stopping else "tables.cancel")
    st.button(label, key="tables_cancel", on_click=_cancel, disabled=job.stopping)
