"""What a profile keeps in the house is in no map file, no briefing and no picture of a map, nor in what is packed in them."""

import gzip
import re
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from tests.walks.test_publishing import DAY, POINTS, put_rows, secret, secrets  # noqa: F401 - the fixture

from incidentmap.model import BadValue, IncidentQuery
from incidentmap.screenshot import Size
from incidentmap.walks import leaving as walk
from incidentmap.walks.as_seen import SeenAsked, draw_as_seen
from incidentmap.walks.briefing import BriefingAsked, write_briefing
from incidentmap.walks.export import ExportAsked
from incidentmap.walks.leaving import leaving
from incidentmap.walks.map_file import export_map
from incidentmap.walks.page_state import PageState
from incidentmap.walks.picture import draw
from incidentmap.walks.workspace import Workspace, open_workspace

QUERY = IncidentQuery(text="puits-cache", bbox=(-3.98766, 15.9, 1.0, 16.3))
_PACKED = re.compile(rb"[A-Za-z0-9+/]{60,}={0,2}")


def unpacked(text: bytes) -> bytes:
    """What is packed in a page: base64, and gzip in it."""
    pieces = [b64decode(piece + b"=" * (-len(piece) % 4)) for piece in _PACKED.findall(text)]
    return b"\0".join(gzip.decompress(piece) if piece[:2] == b"\x1f\x8b" else piece for piece in pieces)


def seen_in(path: Path) -> bytes:
    """All that a reader of a file can see."""
    seen = path.name.encode() + b"\0" + path.read_bytes()
    if path.suffix == ".html":
        return seen + b"\0" + unpacked(path.read_bytes())
    if path.suffix == ".pdf":
        reader = PdfReader(path)
        texts = [page.extract_text() for page in reader.pages]
        described = reader.xmp_metadata.stream.get_data() if reader.xmp_metadata else b""
        return seen + repr((texts, reader.metadata, reader.outline)).encode() + described
    with Image.open(path) as picture:
        return seen + repr(picture.info).encode()


def map_file(workspace: Workspace, path: Path, profile: str, query: IncidentQuery) -> None:
    export_map(workspace, ExportAsked(query, "html", profile, day=DAY), path.with_suffix(".html"))


def picture(workspace: Workspace, path: Path, profile: str, query: IncidentQuery) -> None:
    draw(workspace, query, path.with_suffix(".png"), profile=profile, day=DAY)


def as_seen(workspace: Workspace, path: Path, profile: str, query: IncidentQuery) -> None:
    asked = SeenAsked(PageState(query), "fr", Size(640, 480), DAY, profile=profile)
    draw_as_seen(workspace, asked, path.with_suffix(".png"))


def briefing(kind: str) -> Callable[[Workspace, Path, str, IncidentQuery], None]:
    def write(workspace: Workspace, path: Path, profile: str, query: IncidentQuery) -> None:
        write_briefing(workspace, BriefingAsked(query, "fr", DAY, profile), path.with_suffix(kind), pages=kind == ".png")
    return write


@pytest.mark.parametrize("write", [map_file, picture, as_seen, briefing(".pdf"), briefing(".html"), briefing(".png")])
def test_nothing_that_is_protected_leaves(
    write: Callable[[Workspace, Path, str, IncidentQuery], None], secret: Workspace, tmp_path: Path, chromium: str,  # noqa: F811
) -> None:
    for place, query in enumerate((IncidentQuery(), QUERY)):
        folder = tmp_path / str(place)
        folder.mkdir()
        write(secret, folder / "told", "public", query)
        seen = b"\0".join(seen_in(path) for path in folder.iterdir())
        assert len(seen) > 5_000
        assert [each for each in secrets() if each in seen] == []
        assert b"-3.98766" not in seen


@pytest.mark.parametrize("write", [map_file, briefing(".pdf"), briefing(".html")])
def test_the_search_finds_what_is_there(
    write: Callable[[Workspace, Path, str, IncidentQuery], None], secret: Workspace, tmp_path: Path,  # noqa: F811
) -> None:
    write(secret, tmp_path / "told", "internal", IncidentQuery())
    seen = b"\0".join(seen_in(path) for path in tmp_path.iterdir())
    assert "Puits-Caché".encode() in seen
    assert "Secrète".encode() in seen


def test_rows_and_incidents_leave_alike(secret: Workspace) -> None:  # noqa: F811
    left = leaving(secret, IncidentQuery(), day=DAY, profile="public")
    assert (left.head.incidents, left.head.events, left.head.coarsened) == (4, 6, 10)
    assert len(left.selection.incidents) == len(left.selection.frame) == 10
    assert {each.report for each in left.selection.incidents} <= set(left.reports)
    assert set(left.selection.frame["inside_region"]) == {None}
    assert left.selection.query == IncidentQuery()
    assert left.totals[0].low == leaving(secret, IncidentQuery(), day=DAY).totals[0].low
    assert not left.totals[0].aggregates


def test_rows_that_are_only_counted_leave_under_no_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = open_workspace(tmp_path / "case")
    put_rows(workspace, tuple({"source_id": str(n), "lon": POINTS[0][0], "lat": POINTS[0][1]} for n in range(4)))
    monkeypatch.setattr(walk, "MOST_INCIDENTS", 3)
    with pytest.raises(BadValue, match="at most 3"):
        leaving(workspace, IncidentQuery(), day=DAY, profile="public")
    assert leaving(workspace, IncidentQuery(), day=DAY, most=3).selection.counted == 4
