from pathlib import Path

import pytest

from incidentmap.model import Reading, Report
from incidentmap.walks.workspace import Workspace, open_workspace


@pytest.fixture
def case(tmp_path: Path, first_report: Report, first_reading: Reading) -> Workspace:
    """A workspace that holds the first case, made by hand."""
    workspace = open_workspace(tmp_path / "case", "tombouctou")
    workspace.store.add(first_report, first_reading)
    return workspace
