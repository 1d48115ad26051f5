import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from incidentmap.model import BadValue
from incidentmap.walks.watch import Stamp, look, settled, watch
from incidentmap.walks.workspace import Workspace, open_workspace

A, B = Path("a.txt"), Path("b.txt")
OLD, NEW = Stamp(10, 1), Stamp(12, 2)
TEXT = "Vendredi 24 novembre 2023, des hommes armés ont attaqué le camp militaire de Niafunké."


@pytest.mark.parametrize(("before", "now", "done", "expected"), [
    ({}, {A: OLD}, {}, ()),
    ({A: OLD}, {A: OLD}, {}, (A,)),
    ({A: OLD}, {A: NEW}, {}, ()),
    ({A: OLD}, {A: OLD}, {A: OLD}, ()),
    ({A: NEW}, {A: NEW}, {A: OLD}, (A,)),
    ({A: OLD, B: OLD}, {A: OLD, B: NEW}, {}, (A,)),
    ({A: OLD}, {}, {}, ()),
])
def test_a_file_is_read_when_it_stands_still(
    before: dict[Path, Stamp], now: dict[Path, Stamp], done: dict[Path, Stamp], expected: tuple[Path, ...],
) -> None:
    assert settled(before, now, done) == expected


def test_what_is_no_whole_file_is_passed_over(tmp_path: Path) -> None:
    for name in (".hidden.txt", "a.txt.part", "b.pdf.crdownload", "c.txt~", "D.TMP", "report.txt"):
        (tmp_path / name).write_text("x", "utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    assert [path.name for path in look(tmp_path)] == ["report.txt"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadValue, match=r"--watch: '.*none' is not allowed"):
        look(tmp_path / "none")


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    return open_workspace(tmp_path / "case", "tombouctou")


def played(*steps: Callable[[], object]) -> Callable[[], bool]:
    """Between two looks one of the steps is done; after the last of them the watch ends."""
    left: Iterator[Callable[[], object]] = iter(steps)

    def wait() -> bool:
        step = next(left, None)
        if step:
            step()
        return step is not None
    return wait


def test_files_come_grow_change_and_go(tmp_path: Path, empty: Workspace) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "first.txt").write_text(TEXT, "utf-8")
    late, bad = folder / "late.txt", folder / "bad.pdf"
    told = [*watch(empty, folder, played(
        lambda: (late.write_text(TEXT[:30], "utf-8"), bad.write_bytes(b"%PDF-1.7 and no more")),  # first.txt stands still
        lambda: late.write_text(TEXT + " Trois soldats ont été tués.", "utf-8"),  # bad.pdf stands still
        lambda: None,  # late.txt stands still
        lambda: None,
        lambda: bad.write_text("x" * 99, "utf-8"),
        lambda: None,
        (folder / "first.txt").unlink,
        lambda: (folder / "first.txt").write_text(TEXT, "utf-8"),
        lambda: None,
    ))]
    assert [(each.path.name, bool(each.refusal), each.known) for each in told] == [
        ("first.txt", False, False), ("bad.pdf", True, False), ("late.txt", False, False), ("bad.pdf", True, False),
        ("first.txt", False, True),
    ]
    assert len(empty.store.reports()) == 2
