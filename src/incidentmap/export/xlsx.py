"""XLSX: a sheet of records, a sheet of what belongs to the whole, and one of texts that are too long for a cell.

Written by hand, part by part, as Office Open XML has it: every text is an inline string, which no program runs as a formula,
nothing is kept in memory, and the same input gives the same bytes.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pyarrow as pa
import pyarrow.compute as pc

from incidentmap.export.columns import compact, lines, packed, plain, texts
from incidentmap.export.head import Head
from incidentmap.export.xml_text import xml_text
from incidentmap.model import UnwritablePlace

SHEETS = ("incidents", "about", "continued")
LONGEST_PIECE = 16_383
"""Characters in a cell: the format allows 32,767 of UTF-16, of which some letters take two. More goes into `continued`."""
MOST_ROWS = 1_048_576
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_HEADER_STAYS = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>'
)
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="1"><font/></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_DAY_ZERO, _FIRST_DAY = date(1899, 12, 30), date(1900, 3, 1)
"""Spreadsheets count days from the one, wrongly before the other."""
_LEVEL = 1
"""Of compression: a fifth larger than the usual 6, three times as fast."""
Overflow = list[tuple[int, str, str]]


def write_xlsx(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch], head: Head) -> None:
    """Three sheets: records, what belongs to the whole, and what did not fit into a cell (row, column, text)."""
    if head.incidents + head.events >= MOST_ROWS:
        todo = "Write csv or geoparquet instead, or narrow the filters."
        raise UnwritablePlace(f"a sheet holds {MOST_ROWS - 1:,} rows, not {head.incidents + head.events:,}. {todo}")
    names = [name for name in schema.names if name != "geometry"]
    beyond: Overflow = []
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=_LEVEL, allowZip64=True) as archive:
        for name, text in _fixed_parts().items():
            with _part(archive, name) as part:
                part.write(text.encode())
        with _sheet(archive, 1) as part:
            part.write(_row(names).encode())
            first = 2
            for batch in batches:
                part.write(packed(_rows(batch.select(names), first, beyond)))
                first += batch.num_rows
        told = {name: value if isinstance(value, str) else compact(value) for name, value in head.record().items()}
        _texts_sheet(archive, 2, ((name, *_pieces(text)) for name, text in told.items()))
        _texts_sheet(archive, 3, (("row", "column", "text"), *((str(row), name, text) for row, name, text in beyond)))


def _rows(batch: pa.RecordBatch, first: int, beyond: Overflow) -> pa.Array:
    cells = [_cells(batch[name], name, first, beyond) for name in batch.schema.names]
    return lines(["<row>", *cells, "</row>"])


def _cells(column: pa.Array, name: str, first: int, beyond: Overflow) -> pa.Array:
    if column.type != pa.string():
        return texts(column, _number, "<c/>")
    if (pc.max(pc.utf8_length(column)).as_py() or 0) > LONGEST_PIECE:
        column = _shortened(column, name, first, beyond)
    return texts(column, _text, "<c/>")


def _shortened(column: pa.Array, name: str, first: int, beyond: Overflow) -> pa.Array:
    """What fits into the cells; the rest is noted with the number of its row in the sheet."""
    short = []
    for number, text in enumerate(column.to_pylist(), first):
        pieces = _pieces(text) if text is not None else [None]
        short.append(pieces[0])
        beyond.extend((number, name, piece) for piece in pieces[1:] if piece is not None)
    return pa.array(short, pa.string())


def _pieces(text: str) -> list[str]:
    """A text in pieces that fit into a cell each; of an empty one there is one."""
    return [text[start:start + LONGEST_PIECE] for start in range(0, max(len(text), 1), LONGEST_PIECE)]


def _number(value: object) -> str:
    if isinstance(value, bool):
        return f'<c t="b"><v>{value:d}</v></c>'
    if isinstance(value, date):
        return f'<c s="1"><v>{(value - _DAY_ZERO).days}</v></c>' if value >= _FIRST_DAY else _text(plain(value))
    return f"<c><v>{plain(value)}</v></c>"


def _text(text: str) -> str:
    return f'<c t="inlineStr"><is><t xml:space="preserve">{xml_text(text)}</t></is></c>'


def _row(values: Sequence[str]) -> str:
    return f"<row>{''.join(map(_text, values))}</row>"


def _texts_sheet(archive: ZipFile, number: int, rows: Iterable[Sequence[str]]) -> None:
    with _sheet(archive, number) as part:
        part.writelines(_row(row).encode() for row in rows)


@contextmanager
def _sheet(archive: ZipFile, number: int) -> Iterator[IO[bytes]]:
    with _part(archive, f"xl/worksheets/sheet{number}.xml") as part:
        part.write(f'{_XML}<worksheet xmlns="{_MAIN}">{_HEADER_STAYS if number == 1 else ""}<sheetData>'.encode())
        yield part
        part.write(b"</sheetData></worksheet>")


def _part(archive: ZipFile, name: str) -> IO[bytes]:
    """A part of the file, its time the oldest that zip files know."""
    told = ZipInfo(name)
    told.compress_type = ZIP_DEFLATED
    return archive.open(told, "w", force_zip64=True)


def _fixed_parts() -> dict[str, str]:
    numbers = range(1, len(SHEETS) + 1)
    sheets = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(SHEETS, 1))
    to_sheets = "".join(_relation(n, "worksheet", f"worksheets/sheet{n}.xml") for n in numbers)
    parts = (f"/xl/worksheets/sheet{n}.xml" for n in numbers)
    overrides = "".join(f'<Override PartName="{part}" ContentType="{_TYPE}.worksheet+xml"/>' for part in parts)
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{_TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": _relations(_relation(1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(to_sheets + _relation(len(SHEETS) + 1, "styles", "styles.xml")),
        "xl/styles.xml": _XML + _STYLES,
    }


def _relations(inner: str) -> str:
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


