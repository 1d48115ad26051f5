"""Names, quotes and addresses of reports are data. Whatever stands in them, nothing of it runs in a real browser."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import OpenMap, served

from incidentmap.model import ActorRole, Incident, Reading, Report, Role, Span
from incidentmap.walks.workspace import open_workspace

HOSTILE = (
    "<img src=x onerror=\"window.top.caught=1\">",
    "</script><script>window.top.caught=1</script>",
    "`${window.top.caught=1}`",
    "{{'window.top.caught=1'}}",
    "';window.top.caught=1;//",
    "\u2028window.top.caught=1",
    "<svg onload=window.top.caught=1>",
    "[x](javascript:window.top.caught=1)",
    "drawnItems alert(coords); map_div",
)


def poisoned(incident: Incident, text: str, number: int) -> Incident:
    where = incident.location
    assert where is not None
    claims = tuple(
        replace(claim, report="ee" * 8, claimant=text, claimant_name=text, subject=text, value=text, span=Span(0, 1, text))
        for claim in incident.claims
    )
    return replace(
        incident, id=f"bad{number}", report="ee" * 8, event_type=text, sub_event_type=text,
        actors=(ActorRole(text, text, Role.ATTACKER),), claims=claims,
        location=replace(where, name=text, admin1=text, admin2=text, position=replace(where.position, lon=-5.0 + number)),
    )


@pytest.fixture(scope="module")
def hostile_address(tmp_path_factory: pytest.TempPathFactory, niafunke: Incident, first_report: Report) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile") / "case"
    text = " ".join(HOSTILE)
    report = replace(first_report, id="ee" * 8, title=text, source=text, text=text, url="javascript:window.top.caught=1")
    incidents = tuple(poisoned(niafunke, text, number) for number, text in enumerate(HOSTILE))
    open_workspace(folder, "tombouctou").store.add(report, Reading(incidents, (), (), ()))
    with served(folder) as at:
        yield at


def test_nothing_of_a_hostile_report_runs(visit: OpenMap, hostile_address: str) -> None:
    seen = visit(at=hostile_address)
    seen.expect_places(*HOSTILE)
    for text in HOSTILE:
        card = seen.tap(text)
        expect(card).to_contain_text(text.strip().split("\u2028")[-1])
        assert card.locator("a").count() == 0
    for screen in ("Tableau", "Rapports"):
        seen.page.get_by_role("link", name=screen).click()
        expect(seen.page.get_by_role("link", name=screen)).to_have_attribute("aria-current", "page")
    expect(seen.page.locator(".im-text")).to_be_visible()
    assert seen.page.evaluate("window.caught") is None
