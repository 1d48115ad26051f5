import csv
import datetime
import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import geopandas as gpd
import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet
from tests.tables.formats.conftest import COLUMNS, ROWS, opened, rows_of

from incidentmap.model import BadValue, SeveralTables, UnreadableTable
from incidentmap.tables.formats import open_source

TYPED: list[tuple[object, ...]] = [
    (int(row[0] or 0), datetime.date.fromisoformat(row[1] or ""), row[2], float(row[3] or 0), float(row[4] or 0),
     None if row[5] is None else int(row[5]), row[6]) for row in ROWS
]
Write = Callable[[Path], None]


def text(delimiter: str, encoding: str) -> Write:
    def write(path: Path) -> None:
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows([COLUMNS, *ROWS])
    return write


def records() -> list[dict[str, object]]:
    return [dict(zip(COLUMNS, (row[0], str(row[1]), *row[2:]), strict=True)) for row in TYPED]


def sheet(path: Path) -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    for row in (COLUMNS, *TYPED):
        page.append(row)
    book.save(path)


def frame() -> gpd.GeoDataFrame:
    plain = pd.DataFrame(records()).astype({"tués": "Int64"})
    return gpd.GeoDataFrame(plain, geometry=gpd.points_from_xy(plain["lon"], plain["lat"]), crs="EPSG:4326")


def columnar(path: Path) -> None:
    table = pa.table({name: [row[index] for row in TYPED] for index, name in enumerate(COLUMNS)})
    parquet.write_table(table, path)


def as_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value), "utf-8")


def lines(path: Path) -> None:
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records()), "utf-8")


def packed(write: Write, inner: str) -> Write:
    def write_packed(path: Path) -> None:
        write(path.with_name(inner))
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(path.with_name(inner), f"dossier/{inner}")
            archive.writestr("dossier/LISEZ-MOI.md", "rien")
            archive.writestr("__MACOSX/dossier/._in.csv", "rien")
    return write_packed


def gzipped(write: Write) -> Write:
    def write_gzipped(path: Path) -> None:
        plain = path.with_suffix("")
        write(plain)
        path.write_bytes(gzip.compress(plain.read_bytes(), mtime=0))
    return write_gzipped


FORMATS: list[tuple[str, Write]] = [
    ("comma.csv", text(",", "utf-8")),
    ("semicolon.csv", text(";", "utf-8-sig")),
    ("western.csv", text(";", "cp1252")),
    ("wide.txt", text("\t", "utf-16")),
    ("bar.psv", text("|", "utf-8")),
    ("tab.tsv", text("\t", "utf-8")),
    ("packed.csv.gz", gzipped(text(",", "utf-8"))),
    ("packed.csv.zip", packed(text(",", "utf-8"), "in.csv")),
    ("book.zip", packed(sheet, "in.xlsx")),
    ("book.xlsx", sheet),
    ("array.json", lambda path: as_json(path, records())),
    ("answer.json", lambda path: as_json(path, {"status": 200, "success": True, "data": records()})),
    ("lines.ndjson", lines),
    ("lines.json", lines),
    ("packed.jsonl.gz", gzipped(lines)),
    ("columns.parquet", columnar),
]


@pytest.mark.parametrize(("name", "write"), FORMATS, ids=[name for name, _ in FORMATS])
def test_the_same_table_gives_the_same_cells(tmp_path: Path, name: str, write: Write) -> None:
    write(tmp_path / name)
    source = open_source(tmp_path / name)
    assert (source.columns, source.rows, rows_of(source)) == (COLUMNS, 3, ROWS)
    assert [batch.first_row for batch in source.read()] == [1]
    assert rows_of(source) == ROWS  # read again


def test_an_old_spreadsheet_gives_the_same_cells() -> None:
    source = open_source(Path(__file__).with_name("small.xls"))
    assert (source.columns, source.sheet, rows_of(source)) == (COLUMNS, "incidents", ROWS)


def open_document(path: Path) -> None:
    """As LibreOffice writes it: typed cells, lines as paragraphs, repeated blanks."""
    def cell(value: object) -> str:
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, datetime.date):
            return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
        if isinstance(value, str):
            lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
            return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>x</text:p></table:table-cell>'

    rows = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in (COLUMNS, *TYPED))
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{name}="{urn}:{name}:1.0"' for name in ("office", "table", "text"))
    blank = '<table:table-row table:number-rows-repeated="1000"><table:table-cell/></table:table-row>'
    body = f'<table:table table:name="incidents">{rows}{blank}</table:table>'
    content = f"<office:document-content {spaces}><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>""")
        archive.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?>{content}</office:document-content>')


def test_an_open_document_gives_the_same_cells(tmp_path: Path) -> None:
    open_document(tmp_path / "in.ods")
    source = open_source(tmp_path / "in.ods")
    assert (source.columns, source.rows, rows_of(source)) == (COLUMNS, 3, ROWS)


@pytest.mark.parametrize("name", ["in.gpkg", "in.geojson", "in.geojsonl", "in.geoparquet", "in.shp", "in.zip"])
def test_positions_stand_beside_the_same_cells(tmp_path: Path, name: str) -> None:
    if name == "in.geoparquet":
        frame().to_parquet(tmp_path / name)
    elif name == "in.zip":
        frame().to_file(tmp_path / "événements.shp", encoding="utf-8")
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for part in tmp_path.glob("événements.*"):
                archive.write(part, f"x/{part.name}")
    else:
        frame().to_file(tmp_path / name, driver="GeoJSONSeq" if name == "in.geojsonl" else None)
    source = open_source(tmp_path / name)
    assert source.columns == (*COLUMNS, "_lon", "_lat", "_geometry_type")
    assert source.positions
    assert rows_of(source) == [(*row, row[3], row[4], "Point") for row in ROWS]


def test_kml_has_the_cells_it_can_hold(tmp_path: Path) -> None:
    frame().rename(columns={"lieu": "Name"}).to_file(tmp_path / "in.kml", driver="LIBKML")
    source = open_source(tmp_path / "in.kml")
    found = [dict(zip(source.columns, row, strict=True)) for row in rows_of(source)]
    assert [(row["Name"], row["tués"], row["_lon"], row["_lat"]) for row in found] == [
        (row[2], row[5], row[3], row[4]) for row in ROWS
    ]


@pytest.mark.parametrize("name", ["in.gpkg", "in.geojson", "in.geoparquet"])
def test_other_reference_systems_become_degrees_and_that_is_said(tmp_path: Path, name: str) -> None:
    away = frame().to_crs(32630)
    if name == "in.geojson":
        away.to_file(tmp_path / name, driver="GeoJSON", RFC7946="NO")
    elif name == "in.geoparquet":
        away.to_parquet(tmp_path / name)
    else:
        away.to_file(tmp_path / name)
    source = open_source(tmp_path / name)
    degrees = [(float(row[-3] or 0), float(row[-2] or 0)) for row in rows_of(source)]
    assert degrees == [pytest.approx((float(row[3] or 0), float(row[4] or 0)), abs=1e-6) for row in ROWS]
    assert "table_crs" in [note.code for note in source.notes]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("in.docx", b"PK", "'.docx' files are not read as tables"),
        ("in", b"a", "files without an ending"),
        ("in.csv", b"", "empty"),
        ("in.csv", b"\n \n\n", "empty"),
        ("in.csv", b"PAR1....", "a Parquet file under another name"),
        ("in.csv", b"%PDF-1.4 x", "it is a PDF"),
        ("in.csv", bytes(range(256)) * 40, "no text"),
        ("in.csv", b'id,lieu\n1,Gao\n2,"Ber\n', "line 3: a quote .* never closed"),
        ("in.csv.gz", gzip.compress(b"id,lieu\n1,Gao\n" * 1000, mtime=0)[:40], "breaks off"),
        ("in.csv.gz", b"id,lieu\n", "no gzip"),
        ("in.xlsx", b"", "empty"),
        ("in.xlsx", b"PK\x03\x04 not at all", "breaks off|damaged"),
        ("in.xlsx", b"id,lieu\n1,Gao\n", "damaged"),
        ("in.ods", b"\xd0\xcf\x11\xe0" + b"\0" * 2000, "has a password"),
        ("in.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 2000, "has a password"),
        ("in.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 8, "damaged"),
        ("in.json", b"", "empty"),
        ("in.json", b"[]", "no records"),
        ("in.json", b'{"status": 200, "data": []}', "no records"),
        ("in.json", b'[{"id": 1}, {"id": 2', "damaged"),
        ("in.json", b'[{"id": 1} {"id": 2}]', "',' is missing"),
        ("in.json", b"[1, 2]", "record 1: '1' is no object"),
        ("in.json", b"id,lieu", "neither with"),
        ("in.json", b'{"a":' * 100_000, "damaged"),
        ("in.parquet", b"PAR1", "no Parquet file"),
        ("in.gpkg", b"<OGRVRTDataset/>", "no .gpkg file"),
        ("in.gpkg", (b"SQLite format 3\0" + b"\0" * 52 + b"GPKG").ljust(500, b"\0"), "cannot be read"),
        ("in.shp", b"\0\0\x27\x0a" + b"\0" * 100, "in.shx, in.dbf is not beside it"),
        ("in.kml", b"<?xml version='1.0'?><!DOCTYPE kml [<!ENTITY a 'b'>]><kml/>", "document type"),
        ("in.kml", b"<OGRVRTDataset/>", "no KML"),
        ("in.zip", b"PK\x03\x04", "no zip file"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    with pytest.raises(UnreadableTable, match=said) as error:
        opened(tmp_path, content, name)
    assert str(tmp_path / name) in str(error.value)
    assert str(error.value).rstrip().endswith((".", ")"))


def test_a_folder_and_what_is_not_there_are_named(tmp_path: Path) -> None:
    (tmp_path / "in.csv").mkdir()
    with pytest.raises(UnreadableTable, match="is a folder"):
        open_source(tmp_path / "in.csv")
    for name in ("no.csv", "no.xlsx", "no.json", "no.gpkg", "no.parquet", "no.zip"):
        with pytest.raises(UnreadableTable, match=name):
            open_source(tmp_path / name)


def test_encoding_and_delimiter_can_be_given(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes("id:lieu\n1:Niafunk\u00e9\n".encode("iso-8859-15"))
    assert rows_of(open_source(path, delimiter=":", encoding="iso-8859-15")) == [("1", "Niafunké")]
    with pytest.raises(BadValue, match="no-such"):
        open_source(path, encoding="no-such")
    with pytest.raises(BadValue, match="one sign"):
        open_source(path, delimiter="::")
    with pytest.raises(UnreadableTable, match="utf-8"):
        open_source(path, encoding="utf-8")
    with pytest.raises(UnreadableTable, match="only text tables"):
        open_source(tmp_path / "in.xlsx", delimiter=";")


def test_several_tables_are_listed(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = "un"
    page.append(["id"])
    book.create_sheet("deux").append(["nom"])
    book.create_sheet("vide")
    book.save(tmp_path / "in.xlsx")
    frame().to_file(tmp_path / "in.gpkg", layer="un")
    frame().to_file(tmp_path / "in.gpkg", layer="deux", mode="a")
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr("un", "rien")
        archive.writestr("un.csv", "id\n1\n")
        archive.writestr("deux.csv", "nom\n1\n")
    for name, names, columns in (
        ("in.xlsx", ("un", "deux"), ("nom",)), ("in.gpkg", ("un", "deux"), (*COLUMNS, "_lon", "_lat", "_geometry_type")),
        ("in.zip", ("un.csv", "deux.csv"), ("nom",)),
    ):
        with pytest.raises(SeveralTables, match="un") as error:
            open_source(tmp_path / name)
        assert error.value.names == names
        source = open_source(tmp_path / name, sheet=names[1])
        assert (source.columns, source.sheet) == (columns, names[1])
        with pytest.raises(UnreadableTable, match="trois"):
            open_source(tmp_path / name, sheet="trois")


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (zipped(**{"a.csv": b"0" * 50_000_000}), "unpacks from"),
        (zipped(**{"a.zip": zipped(**{"b.csv": b"id\n1\n"})}), "packed files; unpack it once"),
        (zipped(**{"a.pdf": b"x"}), "no table in it"),
        (zipped(**{f"{number}.txt": b"" for number in range(1_001)}), "1,001 files in it"),
        (zipped(**{"a.csv": b""}), r"in\.zip, table\.csv: the file is empty"),
    ],
)
def test_a_zip_file_has_limits(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(UnreadableTable, match=said):
        opened(tmp_path, content, "in.zip")


def test_a_damaged_member_is_refused(tmp_path: Path) -> None:
    content = bytearray(zipped(**{"a.csv": b"id,lieu\n1,Gao\n" * 400}))
    content[45:55] = b"\xff" * 10
    with pytest.raises(UnreadableTable, match="no zip file, or one that breaks off"):
        opened(tmp_path, bytes(content), "in.zip")


@pytest.mark.parametrize("seed", range(5))
def test_whatever_is_damaged_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    """Bytes changed at random, in every format: the right error and no other; what is read has as many rows as it says."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    open_document(tmp_path / "in.ods")
    (tmp_path / "in.xls").write_bytes(Path(__file__).with_name("small.xls").read_bytes())
    for ending in ("gpkg", "geojson"):
        frame().to_file(tmp_path / f"in.{ending}")
    for name, write in FORMATS:
        write(tmp_path / name)
    for path in sorted(tmp_path.iterdir()):
        content = bytearray(path.read_bytes())
        for _ in range(chance.choice((1, 5, 30))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content[:chance.choice((len(content), len(content), len(content) // 2))])
        with suppress(UnreadableTable):
            source = open_source(path)
            assert sum(batch.table.num_rows for batch in source.read()) == source.rows


def test_names_in_a_zip_file_never_become_paths(tmp_path: Path) -> None:
    source = opened(tmp_path, zipped(**{"../../evil.csv": b"id\n1\n", "/etc/evil.md": b"x"}), "in.zip")
    assert rows_of(source) == [("1",)]
    assert [path.name for path in tmp_path.parent.rglob("evil*")] == []


def test_unpacked_files_go_with_the_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    source = opened(tmp_path, zipped(**{"a.csv": b"id\n1\n"}), "in.zip")
    assert [*(tmp_path / "scratch").rglob("*.csv")]
    assert rows_of(source) == [("1",)]
    del source
    assert not [*(tmp_path / "scratch").iterdir()]
