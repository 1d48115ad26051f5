import hashlib
import os
import unicodedata
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from incidentmap.model import PartialDate, UnreadableReport, reason
from incidentmap.paths import shipped
from incidentmap.reports.files import LARGEST_BYTES, read_report_file

TEXT = "À Niafunké, une cinquantaine de soldats auraient été tués, « selon » l’armée.\nLe cœur du camp a brûlé.\n"
NFD = unicodedata.normalize("NFD", TEXT)


def written(folder: Path, data: bytes | str, name: str = "report.txt") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def pdf(*lines: str, title: str = "", lock: str = "") -> bytes:
    return pdf_of(lines, title=title, lock=lock)


def pdf_of(*pages: tuple[str, ...], title: str = "", lock: str = "") -> bytes:
    writer = PdfWriter()
    font = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"), NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
    })
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        if lines:
            page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F"): font})})
            stream = DecodedStreamObject()
            shown = b" ".join(b"(%s) Tj T*" % line.encode("cp1252") for line in lines)
            stream.set_data(b"BT /F 12 Tf 60 780 Td 16 TL %s ET" % shown)
            page[NameObject("/Contents")] = writer._add_object(stream)
    if title:
        writer.add_metadata({"/Title": title})
    if lock:
        writer.encrypt(lock, algorithm="RC4-128")
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


@pytest.mark.parametrize(("data", "expected"), [
    (TEXT.encode("utf-8"), TEXT),
    (TEXT.encode("utf-8-sig"), TEXT),
    (TEXT.encode("cp1252"), TEXT),
    (TEXT.replace("’", "'").replace("œ", "oe").encode("latin-1"), TEXT.replace("’", "'").replace("œ", "oe")),
    (TEXT.encode("utf-16"), TEXT),
    (TEXT.encode("utf-16-le"), TEXT),
    (TEXT.encode("utf-16-be"), TEXT),
    (TEXT.encode("utf-32"), TEXT),
    (NFD.encode("utf-8"), NFD),
    (NFD.encode("utf-16-le"), NFD),
    (TEXT.replace("\n", "\r\n").encode("utf-8"), TEXT.replace("\n", "\r\n")),
    ((TEXT * 20).encode("mac_roman"), TEXT * 20),
], ids=["utf-8", "bom", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "nfd", "nfd-16", "crlf", "mac"])
def test_a_text_comes_out_as_it_was_written(tmp_path: Path, data: bytes, expected: str) -> None:
    report = read_report_file(written(tmp_path, data))
    assert report.text == expected
    assert report.sha256 == hashlib.sha256(data).hexdigest()
    assert report.language == "fr"


def test_the_same_text_is_the_same_report_in_any_encoding(tmp_path: Path) -> None:
    forms = [TEXT.encode(), TEXT.encode("utf-16"), TEXT.encode("cp1252"), NFD.encode()]
    ids = {read_report_file(written(tmp_path, data, f"{number}.txt")).id for number, data in enumerate(forms)}
    assert ids == {hashlib.sha256(TEXT.encode()).hexdigest()[:16]}


@pytest.mark.parametrize(("head", "source", "url", "published"), [
    ("Source: RFI\nURL: https://example.org/a\nDate: 2023-11-25\n\n", "RFI", "https://example.org/a", date(2023, 11, 25)),
    ("source : Radio du Fleuve\ndate : 2023-11-25T08:00:00Z\n\n", "Radio du Fleuve", "", date(2023, 11, 25)),
    ("---\nsource: 'Écho'\ndate: 2023-11-25\n---\n", "Écho", "", date(2023, 11, 25)),
    ("FICTIF : inventé.\nSource: A (FICTIF)\n\n", "A (FICTIF)", "", None),
    ("Source: RFI\nDate: 2023-11\n\n", "RFI", "", None),
    ("Source: RFI\nDate: samedi 25 novembre 2023\n\n", "RFI", "", None),
    ("Source: RFI\nDate: 2023-13-45\nURL: javascript:alert(1)\n\n", "RFI", "", None),
    ("Un paragraphe.\n\nSource: trop tard\n", "report.txt", "", None),
    ("", "report.txt", "", None),
])
def test_header_lines_are_read_only_at_the_start(
    tmp_path: Path, head: str, source: str, url: str, published: date | None,
) -> None:
    report = read_report_file(written(tmp_path, head + TEXT))
    assert (report.source, report.url) == (source, url)
    assert report.published == (PartialDate.day(published) if published else None)
    assert report.text == head + TEXT


@pytest.mark.parametrize(("text", "title"), [
    ("# Mali : attaque\n\nTexte.\n", "Mali : attaque"),
    ("Source: X\n\nTitre du jour\n\nTexte.\n", "Titre du jour"),
    ("Titre: Le vrai\nSource: X\n\nAutre\n", "Le vrai"),
    ("mot " * 60, ("mot " * 30).strip()[:118].strip() + "…"),
])
def test_a_title_is_the_first_line_or_its_beginning(tmp_path: Path, text: str, title: str) -> None:
    found = read_report_file(written(tmp_path, text, "r.md")).title
    assert found == title or (title.endswith("…") and found.endswith("…") and len(found) <= 120)


PAGE = """<!DOCTYPE html><html><head><title>Mali : deux
 attaques</title><link rel="canonical" href="https://www.example.org/mali?a=1&amp;b=2">
<meta property="article:published_time" content="2023-11-25T10:11:12+00:00"><style>p{color:red}</style></head>
<body><nav><a href="/">Accueil</a></nav><h1>Mali</h1><p>Premi&egrave;re   <b>phrase</b>.<br>Deuxi&#232;me.</p>
<script>document.write("<p>jamais</p>")</script><!-- <p>caché</p> --><div>Fin &lt;camp&gt;</div><footer>Mentions</footer>
</body></html>"""


def test_a_page_becomes_what_a_person_reads(tmp_path: Path) -> None:
    report = read_report_file(written(tmp_path, PAGE, "page.HTML"))
    assert report.text == "Mali\n\nPremière phrase.\nDeuxième.\n\nFin <camp>"
    assert (report.title, report.url) == ("Mali : deux attaques", "https://www.example.org/mali?a=1&b=2")
    assert report.source == "example.org"
    assert report.published == PartialDate.day(date(2023, 11, 25))


@pytest.mark.parametrize(("markup", "expected"), [
    ("<nav>menu<p>Un texte.", "menu\n\nUn texte."),
    ("<p>a < b et 3<4</p>", "a < b et 3<4"),
    ("<p>Un<!-- jamais fermé</p>", "Un<!-- jamais fermé"),
    ("<script>if (a<!--b) {}</script><p>Un</p>", "Un"),
    ("<p>Un</p><style>p > a {", "Un\n\n<style>p > a {"),
    ("<ul><li>Un</li><li>Deux</li></ul>", "Un\nDeux"),
    ("<table><tr><td>Un</td><td>Deux</td></tr></table>", "Un Deux"),
    ("<aside><nav>x</nav></aside><p>Un</p></aside>", "Un"),
    ("<p title='a > b'>Un</p>", "Un"),
])
def test_broken_markup_loses_no_text(tmp_path: Path, markup: str, expected: str) -> None:
    assert read_report_file(written(tmp_path, markup, "page.htm")).text == expected


@pytest.mark.parametrize("piece", ["<", "<!--", "</", "<a ", "</a", "<![", "<script>", "<b x='", "<nav>", "x</nav>", "&#"])
def test_a_megabyte_of_hostile_markup_is_read_once(tmp_path: Path, piece: str) -> None:
    # Not timed: where reading takes time by the square of the length, this does not end within the patience of any test run.
    markup = piece * (1_000_000 // len(piece)) + "<p>fin du texte</p>"
    assert "fin du texte" in read_report_file(written(tmp_path, markup, "page.html")).text


@pytest.mark.parametrize(
    ("charset", "encoding"), [("iso-8859-1", "latin-1"), ("windows-1251", "cp1251"), ("nonsense", "utf-8")],
)
def test_a_page_may_declare_its_encoding(tmp_path: Path, charset: str, encoding: str) -> None:
    words = "Привет, лагерь" if encoding == "cp1251" else "Niafunké attaquée"
    markup = f"<meta charset='{charset}'><p>{words}</p>"
    assert read_report_file(written(tmp_path, markup.encode(encoding), "page.html")).text == words


def test_a_pdf_gives_its_text_with_lines_joined(tmp_path: Path) -> None:
    lines = ("Mali : deux camps", "Le camp militaire de Niafunké a été attaqué vendredi par", "des hommes armés venus à moto.")
    report = read_report_file(written(tmp_path, pdf(*lines, title="Note"), "note.pdf"))
    assert report.text == f"{lines[0]}\n{lines[1]} {lines[2]}"
    assert (report.title, report.source) == ("Note", "note.pdf")


@pytest.mark.parametrize(("lines", "text"), [
    (("Le camp a subi une atta-", "que vendredi."), "Le camp a subi une attaque vendredi."),
    (("Le vice-président vient ; le vice-", "président a parlé."), "Le vice-président vient ; le vice-président a parlé."),
    (("Trois soldats ont été tués à Tin-", "Zaouaten vendredi."), "Trois soldats ont été tués à Tin-Zaouaten vendredi."),
    (("Le bilan porte sur les années 2023-", "2024 dans le nord."), "Le bilan porte sur les années 2023-2024 dans le nord."),
    (("Trois soldats sont morts, dit-on -", "bilan provisoire."), "Trois soldats sont morts, dit-on - bilan provisoire."),
], ids=["divided", "own-hyphen", "name", "years", "dash"])
def test_a_word_divided_at_a_line_end_is_one_word(tmp_path: Path, lines: tuple[str, ...], text: str) -> None:
    assert read_report_file(written(tmp_path, pdf(*lines), "note.pdf")).text == text


TOLD = tuple(f"Le village numéro {number} a été attaqué dans la nuit de lundi." for number in (41, 12, 35, 7))


def test_running_heads_and_feet_are_left_out_and_told(tmp_path: Path) -> None:
    pages = [("Bulletin de Gao", told, f"Page {number} / 4") for number, told in enumerate(TOLD, 1)]
    report = read_report_file(written(tmp_path, pdf_of(*pages), "note.pdf"))
    assert report.text == "\n\n".join(TOLD)
    assert report.notes == (reason("running_lines_left_out", words="Bulletin de Gao; Page 1 / 4"),)


@pytest.mark.parametrize("pages", [
    [("Bulletin", TOLD[0]), ("Bulletin", TOLD[1])],
    [(told, f"Total {total} morts") for told, total in zip(TOLD, (12, 40, 7, 12), strict=True)],
], ids=["two-pages", "rows"])
def test_lines_that_do_not_run_are_kept(tmp_path: Path, pages: list[tuple[str, ...]]) -> None:
    report = read_report_file(written(tmp_path, pdf_of(*pages), "note.pdf"))
    assert all(line in report.text for page in pages for line in page)
    assert report.notes == ()


def test_pages_without_text_are_told(tmp_path: Path) -> None:
    report = read_report_file(written(tmp_path, pdf_of((TOLD[0],), (), (TOLD[1],), ()), "note.pdf"))
    assert report.notes == (reason("pages_without_text", pages="2, 4"),)


@pytest.mark.parametrize(("name", "data", "message"), [
    ("empty.txt", b"", r"empty \(0 bytes\)"),
    ("blank.txt", b" \n\t\xc2\xa0\n", "only white space"),
    ("bom.txt", b"\xef\xbb\xbf", "only white space"),
    ("scripts.html", b"<script>x()</script>", "only white space"),
    ("zeros.txt", bytes(5000), "no text"),
    ("random.txt", hashlib.shake_128(b"incidentmap").digest(20_000), "no text"),
    ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a picture"),
    ("office.md", b"PK\x03\x04" + bytes(range(256)), "an archive or an office document"),
    ("renamed.txt", pdf("Texte"), "a PDF under another name"),
    ("report.docx", b"x", r"'\.docx' files are not read as reports; expected \.txt, \.md"),
    ("report", b"x", "files without an ending"),
    ("torn.pdf", b"%PDF-1.7\n1 0 obj <<", "no PDF, or a damaged one"),
    ("text.pdf", b"Bonjour", "no PDF, or a damaged one"),
    ("cut.pdf", pdf("Texte")[:300], "no PDF, or a damaged one"),
    ("locked.pdf", pdf("Texte", lock="secret"), "encrypted"),
    ("scan.pdf", pdf(), "text recognition"),
])
def test_what_cannot_be_read_is_said_and_named(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    with pytest.raises(UnreadableReport, match=message) as caught:
        read_report_file(written(tmp_path, data, name))
    assert name in str(caught.value)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(UnreadableReport, match=r"large\.txt: the file has 50\.0 MB, the limit is 20 MB. Split it"):
        read_report_file(path)
    assert LARGEST_BYTES == 20_000_000


def test_missing_files_folders_and_devices_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    for name, message in (("none.txt", "No such file"), ("folder.txt", "is a folder"), ("pipe.txt", "no ordinary file")):
        with pytest.raises(UnreadableReport, match=message):
            read_report_file(tmp_path / name)


def test_the_shipped_reports_are_read() -> None:
    reports = {path.name[:10]: read_report_file(path) for path in shipped("data", "reports").glob("*.txt")}
    assert {key: (report.language, bool(report.published)) for key, report in reports.items()} == {
        "2023-11-25": ("fr", False), "2024-03-12": ("fr", True), "2024-05-21": ("en", True),
    }
    assert reports["2023-11-25"].title.startswith("Mali : deux garnisons")
