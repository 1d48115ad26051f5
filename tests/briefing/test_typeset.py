from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib import image
from pypdf import PdfReader

from incidentmap.briefing import Briefing, Material, as_pages, as_pdf, compose
from incidentmap.model import BadValue

DAY = date(2026, 11, 23)
HOSTILE = '#panic("typst") {{ 7 * 7 }} <script>alert(1)</script> $x$'


@pytest.fixture(scope="module")
def briefing(material: Callable[..., Material]) -> Briefing:
    return compose(material(12), language="fr", issued=DAY, series=("actor",))


@pytest.fixture(scope="module")
def pdf(briefing: Briefing) -> bytes:
    return as_pdf(briefing)


def test_the_same_input_gives_the_same_bytes(briefing: Briefing, pdf: bytes) -> None:
    assert as_pdf(briefing) == pdf


def test_the_pdf_is_tagged_and_its_text_can_be_read(briefing: Briefing, pdf: bytes) -> None:
    reader = PdfReader(BytesIO(pdf))
    catalogue = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"] == True  # type: ignore[index] # noqa: E712 (a PDF's own kind of boolean)
    assert catalogue["/Lang"] == "fr"  # type: ignore[index]
    assert reader.metadata is not None
    assert briefing.title in str(reader.metadata.title)
    assert reader.xmp_metadata is not None
    assert b"<pdfuaid:part>1<" in reader.xmp_metadata.stream.get_data()
    text = " ".join(page.extract_text() for page in reader.pages)
    assert briefing.sentence in " ".join(text.split())
    assert "ab" * 32 in text.replace("\n", "").replace(" ", "")
    bookmarks = [entry["/Title"] for entry in _flat(reader.outline)]
    assert bookmarks[0] == briefing.title
    assert {"Chiffres clés", "Carte", "Qui dit quoi", "Sources", "Méthode"} <= set(bookmarks)


def _flat(outline: Any) -> list[Any]:
    return [each for entry in outline for each in (_flat(entry) if isinstance(entry, list) else [entry])]


def test_texts_are_no_instructions(pdf: bytes) -> None:
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())
    assert HOSTILE in text


@pytest.mark.parametrize(("count", "least"), [(0, 1), (1, 2), (50, 10)])
def test_briefings_of_any_size_fill_their_pages(material: Callable[..., Material], count: int, least: int) -> None:
    pages = as_pages(compose(material(count, area_only=count == 1), language="en", issued=DAY))
    assert least <= len(pages) <= least + 6
    for page in pages:
        pixels = image.imread(BytesIO(page))
        assert pixels.shape[:2] == (1684, 1191)
        assert np.ptp(pixels[..., :3]) > 0.5  # no blank page


@pytest.mark.slow
def test_five_thousand_incidents(material: Callable[..., Material]) -> None:
    reader = PdfReader(BytesIO(as_pdf(compose(material(5_000), language="fr", issued=DAY))))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Les 500 premiers de 5000 incidents" in text


def test_a_template_of_ones_own(briefing: Briefing, tmp_path: Path) -> None:
    own, logo = tmp_path / "own.typ", tmp_path / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>')
    own.write_text('#let b = json("briefing.json")\n#set document(title: b.title)\nOwn: #b.title #image(b.logo, alt: "Logo")')
    text = PdfReader(BytesIO(as_pdf(briefing, own, logo))).pages[0].extract_text()
    assert text.split() == f"Own: {briefing.title}".split()


@pytest.mark.parametrize(("template", "said"), [
    ("#nowhere", "unknown variable"),
    ('#read("/etc/hostname")', "file not found"),
    ('#image("../../etc/hostname")', "cannot|not found|outside|escape"),
    ('#import "@preview/tablex:0.0.8"', "package|network|download"),
])
def test_what_a_template_cannot_do_is_told(briefing: Briefing, tmp_path: Path, template: str, said: str) -> None:
    own = tmp_path / "own.typ"
    own.write_text(template)
    with pytest.raises(BadValue, match=said):
        as_pdf(briefing, own)


def test_a_logo_must_be_a_picture(briefing: Briefing, tmp_path: Path) -> None:
    with pytest.raises(BadValue, match=r"picture ending in \.svg"):
        as_pdf(briefing, logo=tmp_path / "logo.exe")
    with pytest.raises(BadValue, match="can be read"):
        as_pdf(briefing, logo=tmp_path / "none.png")
