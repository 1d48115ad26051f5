"""What a visitor takes out of the house, in the browser."""

import json
from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile

from playwright.sync_api import Page, TimeoutError, expect  # noqa: A004
from tests.browser.conftest import OpenMap


def choose(page: Page, box: str, option: str) -> None:
    """Choose from a list; one that Streamlit shut because it drew the page anew at that moment is opened again."""
    wanted = page.get_by_role("option", name=option, exact=True)
    for _ in range(4):
        page.get_by_role("combobox", name=box).click()
        with suppress(TimeoutError):
            wanted.click(timeout=4_000)
            return
    wanted.click()


def test_a_format_and_a_profile_are_chosen_beside_the_button(visit: OpenMap) -> None:
    seen = visit("/")
    page = seen.page
    choose(page, "Qui peut le lire", "Public : cercles, un mois plus tard")
    expect(page.get_by_role("combobox", name="Qui peut le lire")).to_have_value("Public : cercles, un mois plus tard")
    choose(page, "Format du fichier", "CSV")
    button = page.get_by_role("button", name="Télécharger · CSV")  # drawn anew, for both choices
    expect(button).to_be_visible()
    with page.expect_download() as taken:
        button.click()
    assert taken.value.suggested_filename == "incidents.csv.zip"
    with ZipFile(BytesIO(taken.value.path().read_bytes())) as archive:
        assert archive.namelist() == ["incidents.csv", "incidents.csv-metadata.json"]
        (told,) = json.loads(archive.read("incidents.csv-metadata.json"))["notes"]
        assert "-3.99" not in archive.read("incidents.csv").decode()
    assert told["profile"]["id"] == "public"
    assert told["records"]["incidents"] + told["withheld"]["total"] == 4
