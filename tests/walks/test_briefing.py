from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from incidentmap.model import BadValue, IncidentQuery
from incidentmap.walks.briefing import KINDS, BriefingAsked, prepare, write_briefing
from incidentmap.walks.first_case import open_first_case
from incidentmap.walks.workspace import Workspace

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return open_first_case(tmp_path_factory.mktemp("case"))[0]


def text_of(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(path.read_bytes())).pages).split())


def test_the_first_case_as_a_pdf(workspace: Workspace, tmp_path: Path) -> None:
    (path,) = write_briefing(workspace, BriefingAsked(IncidentQuery(), "fr", DAY), tmp_path / "a.pdf").paths
    text = text_of(path)
    for told in ("4 incidents", "Niafunké", "Goundam", "Kidal", "inconnu", "Sources locales", "Établi le 23 novembre 2026",
                 workspace.store.version(), workspace.gazetteer.version):
        assert told in text


def test_the_filter_holds_for_table_and_accounts(workspace: Workspace, tmp_path: Path) -> None:
    query = IncidentQuery(start=date(2023, 11, 20), region="tombouctou")
    (path,) = write_briefing(workspace, BriefingAsked(query, "en", DAY), tmp_path / "a.pdf").paths
    text = text_of(path)
    assert "2 incidents" in text
    assert "Niafunké" in text
    assert "Territory retaken" not in text
    assert "Government regains territory" not in text


def test_pages_are_numbered_files(workspace: Workspace, tmp_path: Path) -> None:
    paths = write_briefing(workspace, BriefingAsked(IncidentQuery(), "en", DAY), tmp_path / "a.png", pages=True).paths
    assert [path.name for path in paths] == [f"a-{number}.png" for number in range(1, len(paths) + 1)]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in paths)


def test_the_workspace_may_hold_its_own_template(workspace: Workspace, tmp_path: Path) -> None:
    own = workspace.folder / "briefing.html"
    own.write_text("<p>{{ b.sentence }}</p>")
    try:
        (path,) = write_briefing(workspace, BriefingAsked(IncidentQuery(), "en", DAY), tmp_path / "a.html").paths
    finally:
        own.unlink()
    assert path.read_text().startswith("<p>4 incidents: 2 inside")


def test_what_is_prepared_for_a_browser_is_what_is_written(workspace: Workspace, tmp_path: Path) -> None:
    asked, told = BriefingAsked(IncidentQuery(), "en", DAY), []
    made = prepare(workspace, asked, lambda done, total: told.append((done, total)))
    written = {kind: write_briefing(workspace, asked, tmp_path / f"a.{kind}", pages=True).paths for kind in KINDS}
    assert [path.read_bytes() for path in (*written["pdf"], *written["html"])] == [made.pdf, made.html]
    assert tuple(path.read_bytes() for path in written["png"]) == made.pages
    with ZipFile(BytesIO(made.packed)) as archive:
        assert [archive.read(name) for name in archive.namelist()] == [*made.pages]
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize(("name", "pages"), [("a.doc", False), ("a.png", False), ("a", True)])
def test_another_kind_of_file_is_refused(workspace: Workspace, tmp_path: Path, name: str, pages: bool) -> None:
    with pytest.raises(BadValue, match=r"\.pdf or \.html"):
        write_briefing(workspace, BriefingAsked(IncidentQuery(), "en", DAY), tmp_path / name, pages=pages)
