"""A briefing in type: PDF (A4, tagged) and its pages as PNG, from one template of typst, which users may replace by their own.

The template reads `briefing.json` beside it, the value of :class:`Briefing`, so that every text of a report reaches it as text
and never as markup. It sees no other file, no font of the system and no network: the same input gives the same bytes.
"""

import json
import tempfile
from dataclasses import asdict, replace
from datetime import UTC, datetime
from importlib.metadata import distribution
from pathlib import Path
from typing import Literal

import matplotlib as mpl
import typst

from incidentmap.briefing.document import Briefing
from incidentmap.briefing.logo import read_logo
from incidentmap.model import BadValue
from incidentmap.paths import shipped

TEMPLATE = "briefing.typ"
_ACCESSIBLE: Literal["ua-1"] = "ua-1"
_PAGE_PPI = 144.0


def as_pdf(briefing: Briefing, template: Path | None = None, logo: Path | None = None) -> bytes:
    """A tagged PDF (PDF/UA-1) of A4 pages.

    Parameters
    ----------
    briefing
        What it says.
    template
        A user's own; the shipped one where None.
    logo
        An SVG, PNG or JPEG file for the head of the first page.

    Raises
    ------
    BadValue
        If template or logo cannot be used; it says what typst found.
    """
    return b"".join(_set(briefing, template, logo, "pdf"))


def as_pages(briefing: Briefing, template: Path | None = None, logo: Path | None = None) -> tuple[bytes, ...]:
    """The pages of the PDF as PNG files. Errors as :func:`as_pdf`."""
    return tuple(_set(briefing, template, logo, "png"))


def _set(briefing: Briefing, template: Path | None, logo: Path | None, kind: Literal["pdf", "png"]) -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        main = _lay_out(briefing, Path(folder), template, logo)
        compiler = typst.Compiler(main, root=folder, font_paths=_fonts(), ignore_system_fonts=True)
        try:
            made = compiler.compile(
                format=kind, ppi=_PAGE_PPI, pdf_standards=_ACCESSIBLE if kind == "pdf" else None,
                timestamp=datetime.fromisoformat(briefing.issued).replace(tzinfo=UTC),
            )
        except typst.TypstError as error:
            told = f"a typst template that can be set ({' '.join(error.message.split())})"
            raise BadValue("template of the briefing", str(template or TEMPLATE), told) from error
    pages = made if isinstance(made, list) else [made]
    return [page for page in pages if page is not None]


def _lay_out(briefing: Briefing, folder: Path, template: Path | None, logo: Path | None) -> Path:
    """The folder that the template sees: itself, the pictures, the logo and the text."""
    for number, plate in enumerate(briefing.plates):
        (folder / f"plate-{number}.{plate.kind}").write_bytes(plate.image)
    for number, line in enumerate(briefing.legend):
        (folder / f"symbol-{number}.svg").write_text(line.symbol, "utf-8")
    told = asdict(replace(briefing, plates=()))
    told["plates"] = [{"file": f"plate-{number}.{plate.kind}", "caption": plate.caption, "alt": plate.alt}
                      for number, plate in enumerate(briefing.plates)]
    told["words"] = dict(briefing.words)
    told["logo"] = ""
    if picture := read_logo(logo):
        told["logo"] = f"logo.{picture.kind}"
        (folder / told["logo"]).write_bytes(picture.content)
    (folder / "briefing.json").write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    main = folder / TEMPLATE
    main.write_text(_template_text(template), "utf-8")
    return main


def _template_text(template: Path | None) -> str:
    path = template or shipped("data", "briefing", TEMPLATE)
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadValue("template of the briefing", str(path), "a readable typst file in UTF-8") from error


def _fonts() -> typst.Fonts:
    """Source Sans, and matplotlib's DejaVu for what it lacks, Arabic above all; none of the system: the same pages anywhere."""
    sans = distribution("font-source-sans-pro").locate_file("font_source_sans_pro/files")
    return typst.Fonts(include_system_fonts=False, font_paths=[str(sans), str(Path(mpl.get_data_path(), "fonts", "ttf"))])
