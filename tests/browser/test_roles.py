"""Layers by attacker, target or source, and the rule of the totals: chosen on the Map screen, which is never loaded again."""

import re

from playwright.sync_api import expect
from tests.browser.conftest import ALL, OpenMap


def test_roles_and_rules_are_chosen_without_loading_the_map_again(visit: OpenMap) -> None:
    seen = visit("/?off=jnim")
    seen.expect_places("Kidal", "Bamako")
    seen.rest()
    seen.map.evaluate("(map) => { map.dataset.witness = 'same frame'; }")
    legend = seen.frame.locator(".im-actors")
    seen.frame.get_by_role("button", name="cible").click()
    expect(legend.locator(".im-toggle")).to_have_text(["Fama2", "Transition malienne1", "Autres1"])
    expect(seen.page).to_have_url(re.compile(r"as=target"))
    assert "off=" not in seen.page.url, "who was hidden as an attacker is not as a target"
    seen.expect_places(*ALL)
    legend.locator('[data-actor="fama"] .im-toggle').click()
    seen.expect_places("Kidal", "Bamako")
    expect(seen.page.locator(".im-sentence strong")).to_have_text("2 sur 4 incidents")
    legend.locator('[data-actor="fama"] .im-toggle').click()
    expect(seen.page.locator(".im-totals")).to_contain_text("Tués 20 – 55 ou plus")
    seen.settle()
    seen.page.get_by_role("combobox", name="Règle des bilans").click()
    seen.page.get_by_role("option", name="chiffre le plus haut").click()
    expect(seen.page.locator(".im-totals")).to_contain_text("Tués 45 – 55")
    expect(seen.page).to_have_url(re.compile(r"as=target.*rule=highest|rule=highest.*as=target"))
    expect(seen.map).to_have_attribute("data-witness", "same frame")
    seen.settle()
    seen.page.get_by_role("link", name="Tableau").click()
    expect(seen.page.locator(".st-key-layers label")).to_have_text(["Fama", "Transition malienne", "Autres"])
    seen.page.get_by_role("radio", name="source").click()
    expect(seen.page).to_have_url(re.compile(r"as=claimant"))
