"""The screens as they looked when somebody last judged them: states, three languages, light and dark, wide and phone.

The pictures lie in ``pictures/``; ``python -m tests.browser.pictures`` takes them anew. `make test-slow` holds the screens
against them: a commit is not to fail for the letters of another machine.
"""

import re
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from benchmarks.tables.rows import slices
from PIL import Image
from playwright.sync_api import expect
from tests.browser.conftest import ALL, OpenMap, Serve, Visit
from tests.browser.pictures import FOLDER, LOOKS, MOST, Look, differing, keep, reference, taken
from tests.store.events.conftest import record_of

from incidentmap.store.events import open_events, write_events
from incidentmap.walks.workspace import open_workspace

Hold = Callable[[str, Visit], None]
WIDE = LOOKS[0]


@pytest.fixture
def hold(request: pytest.FixtureRequest) -> Hold:
    """Holds a page against the picture of that name, or makes it that picture; a name is told with what differs."""
    def run(name: str, seen: Visit) -> None:
        now = taken(seen)
        if request.config.getoption("--write-pictures", default=False):
            keep(name, now)
        apart = differing(now, reference(name))
        assert apart <= MOST, f"{apart:.1%} of {name} looks different: python -m tests.browser.pictures, and look at git diff"
    return run


def opened(visit: OpenMap, look: Look, path: str = "/", **options: str) -> Visit:
    size = {"width": look.width, "height": look.height}
    return visit(path, **size, locale=look.locale, color_scheme=look.theme, reduced_motion="reduce", **options)


@pytest.mark.slow
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_the_map_and_an_open_card(visit: OpenMap, hold: Hold, look: Look) -> None:
    seen = opened(visit, look)
    expect(seen.map).to_have_attribute("data-ground", "ready")
    seen.expect_places(*ALL)
    seen.rest()
    hold(f"map-{look.name}", seen)
    seen.tap("Niafunké")
    expect(seen.page).to_have_url(re.compile("incident="))
    seen.settle()
    hold(f"card-{look.name}", seen)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "path"), [("nothing-matches", "/?text=zzz"), ("wrong-link", "/?from=yesterday")])
def test_what_is_told_above_the_map(visit: OpenMap, hold: Hold, name: str, path: str) -> None:
    seen = opened(visit, WIDE, path)
    expect(seen.map).to_have_attribute("data-ground", "ready")
    seen.rest()
    hold(f"{name}-{WIDE.name}", seen)


@pytest.mark.slow
def test_other_screens(visit: OpenMap, hold: Hold) -> None:
    seen = opened(visit, WIDE)
    seen.rest()
    for name, link, drawn in (("reports", "Rapports", ".im-text"), ("about", "À propos", ".im-prose")):
        seen.page.get_by_role("link", name=link).click()
        expect(seen.page.locator(drawn).first).to_be_visible()
        seen.settle()
        hold(f"{name}-{WIDE.name}", seen)


@pytest.mark.slow
def test_an_empty_case(visit: OpenMap, serve: Serve, hold: Hold, tmp_path: Path) -> None:
    open_workspace(tmp_path / "case", "tombouctou")
    seen = opened(visit, WIDE, at=serve(tmp_path / "case"))
    expect(seen.page.get_by_test_id("stFileUploader").first).to_be_visible()
    seen.settle()
    hold(f"empty-{WIDE.name}", seen)


@pytest.mark.slow
def test_more_rows_than_can_be_drawn(visit: OpenMap, serve: Serve, hold: Hold, tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "case", "mali")
    batches = (batch for _, table in slices(10_000) for batch in table.to_batches())
    write_events(open_events(workspace.store.path), batches, record_of())
    seen = opened(visit, WIDE, at=serve(tmp_path / "case"))
    expect(seen.page.locator(".st-key-sentence")).to_contain_text("10 000")
    expect(seen.map).to_have_attribute("data-ground", "ready")
    seen.rest()
    hold(f"many-{WIDE.name}", seen)


def test_the_tolerance_tells_every_two_pictures_apart() -> None:
    pictures = {path.stem: Image.open(path).convert("RGB") for path in sorted(FOLDER.glob("*.webp"))}
    alike = [(one, other) for one, other in combinations(pictures, 2) if differing(pictures[one], pictures[other]) <= MOST]
    assert alike == []
    assert len(pictures) <= 24
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 3_000_000
