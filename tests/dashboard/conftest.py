from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from incidentmap.model import Reading, Report
from incidentmap.paths import shipped
from incidentmap.walks.workspace import Workspace, open_workspace

Open = Callable[..., AppTest]


@pytest.fixture
def case(tmp_path: Path, first_report: Report, first_reading: Reading) -> Workspace:
    workspace = open_workspace(tmp_path / "case", "tombouctou")
    workspace.store.add(first_report, first_reading)
    return workspace


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> None:
    """The dashboard's modules, found as `streamlit run` finds them."""
    monkeypatch.syspath_prepend(str(shipped("dashboard")))


@pytest.fixture
def open_page(case: Workspace, modules: None, monkeypatch: pytest.MonkeyPatch) -> Open:
    """The dashboard on the first case, opened with URL parameters; `folder` opens another one."""
    def run(folder: Path = case.folder, **params: Any) -> AppTest:
        st.cache_resource.clear()
        monkeypatch.setenv("INCIDENTMAP_WORKSPACE", str(folder))
        app = AppTest.from_file(str(shipped("dashboard", "app.py")), default_timeout=30)
        for name, value in params.items():
            app.query_params[name.rstrip("_")] = value
        return app.run()
    return run


def shown(app: AppTest) -> str:
    """All HTML of the page."""
    return "\n".join(each.proto.body for each in app.get("html"))


def go(app: AppTest, screen: str) -> AppTest:
    """Another screen of the same visit. AppTest itself switches only between files; ours are functions, known by their path."""
    app._page_hash = calc_hash(screen)
    return app.run()
