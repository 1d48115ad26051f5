"""Imported rows on the map in a real browser: thousands as a few, every number that of a plain computation."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from benchmarks.tables.rows import slices
from playwright.sync_api import expect
from tests.browser.conftest import OpenMap, served
from tests.store.events.conftest import record_of

from incidentmap.store.events import open_events, write_events
from incidentmap.walks.workspace import open_workspace

FIRST, LAST = date(2012, 1, 1), date(2016, 6, 30)
COLUMNS = ["date_start", "date_end", "event_type", "actor1", "killed_low", "killed_best", "killed_high", "lon"]


@pytest.fixture(scope="module", params=[20_000, pytest.param(3_000_000, marks=pytest.mark.slow)])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, pd.DataFrame]]:
    """The address of a case with so many rows, and the rows that touch a window."""
    folder: Path = tmp_path_factory.mktemp("rows") / "case"
    workspace = open_workspace(folder, "mali")
    batches = (batch for _, table in slices(request.param) for batch in table.to_batches())
    write_events(open_events(workspace.store.path), batches, record_of())
    every = pd.concat([table.select(COLUMNS).to_pandas() for _, table in slices(request.param)], ignore_index=True)
    with served(folder) as at:
        yield at, every


def test_what_is_told_of_many_rows_is_true(visit: OpenMap, made: tuple[str, pd.DataFrame]) -> None:
    at, every = made
    within = every[(every["date_end"] >= FIRST) & (every["date_start"] <= LAST)]
    seen = visit(f"/?lang=en&from={FIRST}&to={LAST}", at=at, locale="en-GB")
    head = seen.page.locator(".im-sentence strong")
    expect(head).to_have_text(f"{len(within):,} of {len(every):,} incidents", timeout=60_000)
    expect(seen.page.locator(".st-key-sentence")).to_contain_text("too many to draw one by one")
    told = within[within["killed_best"].notna()]
    low, high = int(told["killed_low"].sum()), int(told["killed_high"].sum())
    expect(seen.page.locator(".im-totals")).to_contain_text(f"Killed {low:,} – {high:,} ({len(within) - len(told):,} incidents")
    seen.page.get_by_role("button", name="Battles").click()
    battles = within[within["event_type"] == "Battles"]
    expect(head).to_have_text(f"{len(battles):,} of {len(every):,} incidents")
    seen.page.get_by_role("link", name="Table").click()
    expect(seen.page.locator(".im-rows")).to_have_text(f"1–100 of {len(battles):,}")
    leader = every[every["event_type"] == "Battles"]["actor1"].value_counts().index[0]
    seen.page.locator(".st-key-layers label", has_text=leader).click()
    shown = battles[battles["actor1"] != leader]
    expect(head).to_have_text(f"{len(shown):,} of {len(every):,} incidents")
    expect(seen.page.locator(".im-rows")).to_have_text(f"1–100 of {len(shown):,}")
