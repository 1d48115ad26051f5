import csv
import io
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tables.formats.conftest import marked, notes_of, opened, rows_of

from incidentmap.model import UnreadableTable
from incidentmap.tables.formats import grid, open_source, text
from incidentmap.tables.formats.quoting import Quoting, look


@pytest.mark.parametrize(
    ("content", "rows", "marks", "notes"),
    [
        (b"id,lieu\n1,Gao\n", [("1", "Gao")], {}, []),
        (b"id,lieu\n1,Gao", [("1", "Gao")], {}, []),
        (b"id,lieu\r\n1,Gao\r\n", [("1", "Gao")], {}, []),
        (b"id,lieu\r1,Gao\r2,Ber\r", [("1", "Gao"), ("2", "Ber")], {}, []),
        (b'id,lieu\n1,"a\nb"\n2,"c ""d"""\n', [("1", "a\nb"), ("2", 'c "d"')], {}, []),
        (b'id,lieu\n1,5" de long\n', [("1", '5" de long')], {}, []),
        (b"id,lieu\n1\n2,G,x\n", [("1", None, None), ("2", "G", "x")], {1: "row_uneven", 2: "row_uneven"}, ["table_uneven"]),
        (b"id,lieu\n1,Gao,\n", [("1", "Gao")], {1: "row_uneven"}, ["table_uneven"]),
        (b"id,lieu\n\n2,Gao\n", [(None, None), ("2", "Gao")], {1: "row_blank"}, []),
        (b"id,lieu\n,\n2,Gao\n,\n,\n", [(None, None), ("2", "Gao")], {1: "row_blank"}, []),
        (b"id,lieu\n2,Gao\n\n\n", [("2", "Gao")], {}, []),
        (b"id,lieu\n", [], {}, []),
        (b"id,lieu", [], {}, []),
        (b"lieu\nGao\n\nBer\n", [("Gao",), (None,), ("Ber",)], {2: "row_blank"}, []),
        (b"id,lieu,\n1,Gao,\n", [("1", "Gao")], {}, []),
        (b",id,lieu\n,1,Gao\n", [("1", "Gao")], {}, []),
        (b"id,,lieu\n1,x,Gao\n", [("1", "x", "Gao")], {}, []),
        (b"Titre, long\n\nid;lieu;n\n1;Gao;1,5\n2;Ber;2,5\n3;Ansongo;3,5\n",
         [("1", "Gao", "1,5"), ("2", "Ber", "2,5"), ("3", "Ansongo", "3,5")], {}, ["table_titles_above"]),
        (b"id,lieu\n1,Gao\nTotal,2\n", [("1", "Gao"), ("Total", "2")], {}, ["table_total"]),
        (b"id,lieu\n1,a\x00b\n", [("1", "a\x00b")], {}, []),
    ],
)
def test_no_row_is_lost(
    tmp_path: Path, content: bytes, rows: list[tuple[str | None, ...]], marks: dict[int, str], notes: list[str],
) -> None:
    source = opened(tmp_path, content)
    assert (rows_of(source), source.rows, marked(source), notes_of(source)) == (rows, len(rows), marks, notes)


def test_tags_belong_to_columns_and_the_rows_above_are_counted(tmp_path: Path) -> None:
    source = opened(tmp_path, b",id,lieu\n,#event+id,#loc+name\n,1,Gao\n")
    assert (source.columns, source.tags, source.above, source.rows) == (
        ("id", "lieu"), {"id": "#event+id", "lieu": "#loc+name"}, 2, 1,
    )


def test_quotes_without_rules_between_tabs_are_signs(tmp_path: Path) -> None:
    source = opened(tmp_path, b'id\tlieu\n1\t"Gao\n2\tBer" x\n', "in.tsv")
    assert rows_of(source) == [("1", '"Gao'), ("2", 'Ber" x')]
    assert notes_of(source) == ["table_quotes_literal"]


def test_a_gdelt_file_has_its_columns_by_number(tmp_path: Path) -> None:
    row = ["410412347", "20150218", *[f"c{number}" for number in range(59)]]
    source = opened(tmp_path, ("\t".join(row) + "\n").encode() * 3, "20150218230000.export.CSV")
    assert (source.headerless, source.above, source.rows, source.columns[-1]) == (True, 0, 3, "61")
    assert rows_of(source)[0] == tuple(row)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-32"])
def test_every_encoding_gives_the_same_rows(tmp_path: Path, encoding: str) -> None:
    content = 'Titre é\n"id";"lieu";"n"\n' + '1;"Niafunké\nsur le fleuve";2\n' * 5_000
    source = opened(tmp_path, content.encode(encoding))
    assert source.columns == ("id", "lieu", "n")
    assert rows_of(source) == [("1", "Niafunké\nsur le fleuve", "2")] * 5_000


def test_a_row_longer_than_a_block_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "_BLOCK", 1_000)
    content = "id,lieu\n" + "1,Gao\n" * 900 + "2," + "x" * 9_000 + "\n"
    assert rows_of(opened(tmp_path, content.encode())) == [("1", "Gao")] * 900 + [("2", "x" * 9_000)]


def test_rows_keep_their_numbers_over_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "_BLOCK", 4_096)
    monkeypatch.setattr(text, "BATCH_ROWS", 1_000)
    source = opened(tmp_path, ("id,lieu\n" + "".join(f"{number},Gao\n" for number in range(1, 5_001))).encode())
    batches = [*source.read()]
    assert len(batches) > 3
    assert all(batch.table["id"][0].as_py() == str(batch.first_row) for batch in batches)
    assert sum(batch.table.num_rows for batch in batches) == source.rows == 5_000


def test_marks_keep_their_rows_over_parts_and_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "_PART_ROWS", 7)
    monkeypatch.setattr(grid, "BATCH_ROWS", 20)
    odd = {number for number in range(1, 101) if number % 9 == 0}
    rows = "".join(f"{number}\n" if number in odd else f"{number},Gao\n" for number in range(1, 101))
    source = opened(tmp_path, b"id,lieu\n" + rows.encode())
    assert [batch.first_row for batch in source.read()] == [1, 22, 43, 64, 85]
    assert marked(source) == dict.fromkeys(sorted(odd), "row_uneven")
    assert [row[0] for row in rows_of(source)] == [str(number) for number in range(1, 101)]


@pytest.mark.parametrize("block", range(60, 80))
def test_a_line_end_in_a_cell_survives_the_edge_of_a_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int,
) -> None:
    monkeypatch.setattr(text, "_BLOCK", block)
    source = opened(tmp_path, b"id,lieu\n" + b'1,"a\r\nb\rc\nd"\r\n' * 40)
    assert rows_of(source) == [("1", "a\r\nb\rc\nd")] * 40


def test_a_file_that_changed_is_refused(tmp_path: Path) -> None:
    source = opened(tmp_path, b"id,lieu\n1,Gao\n")
    (tmp_path / "in.csv").write_bytes(b"id,lieu\n1,Gao,2,3\n")
    with pytest.raises(UnreadableTable, match="changed"):
        rows_of(source)


SIGNS = st.text(st.sampled_from('ab1é,;"\n\r\t \x00'), max_size=8)


@pytest.mark.parametrize("block", [text._BLOCK, 64])
@given(
    rows=st.lists(st.lists(SIGNS, min_size=3, max_size=3), max_size=30),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
@settings(max_examples=60, deadline=None)
def test_what_was_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, block: int, rows: list[list[str]], quoting: Literal[0, 1],
) -> None:
    """The csv module writes any cells; what comes back are the same, empty ones null, blank rows at the end gone."""
    file = io.StringIO(newline="")
    csv.writer(file, quoting=quoting).writerows([["id", "lieu", "note"], ["1", "2", "3"], *rows])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text, "_BLOCK", block)
        path = tmp_path_factory.mktemp("p") / "in.csv"
        path.write_text(file.getvalue(), "utf-8", newline="")
        source = open_source(path, encoding="utf-8", delimiter=",")
        while rows and not any(rows[-1]):
            rows.pop()
        assert rows_of(source) == [("1", "2", "3"), *(tuple(cell or None for cell in row) for row in rows)]


@given(body=st.text(st.sampled_from('ab,"\n\r'), max_size=60))
@settings(max_examples=300, deadline=None)
def test_both_ways_of_reading_agree(tmp_path_factory: pytest.TempPathFactory, body: str) -> None:
    """Whatever stands in a file: cells, marks, notes and refusals are those of reading cell by cell."""
    path = tmp_path_factory.mktemp("p") / "in.csv"
    path.write_text("id,lieu,note\nA,B,C\n" + body, "utf-8", newline="")
    found: list[object] = []
    for regular in (text._survey_columns, lambda *_: None):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(text, "_survey_columns", regular)
            try:
                source = open_source(path, delimiter=",")
                found.append((source.columns, rows_of(source), marked(source), source.notes, source.rows))
            except UnreadableTable as error:
                found.append(str(error))
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("content", "quoting", "blank_end"),
    [
        (b"1,Gao\n", Quoting.NONE, 0),
        (b'1,"Gao"\n', Quoting.REGULAR, 0),
        (b'1,"G""ao"""\n', Quoting.REGULAR, None),
        (b'1,"Gao"\n"",""', Quoting.REGULAR, None),
        (b",,\n,", Quoting.NONE, 2),
        (b'1,"Gao" \n', Quoting.ODD, 0),
        (b'1, "Gao"\n', Quoting.ODD, 0),
        (b'1,"Gao\n', Quoting.ODD, 0),
        (b'1,G"ao\n', Quoting.ODD, 0),
        (b"1,Gao\r\n,\r\n,,\r\n\r\n", Quoting.NONE, 3),
        (b"1,Gao\n,", Quoting.NONE, 1),
        (b"1,Gao,", Quoting.NONE, 0),
        (b"", Quoting.NONE, 0),
    ],
)
@pytest.mark.parametrize("chunk", [1, 3, 1 << 20])
def test_bytes_tell_how_quotes_are_used(
    monkeypatch: pytest.MonkeyPatch, chunk: int, content: bytes, quoting: Quoting, blank_end: int | None,
) -> None:
    monkeypatch.setattr("incidentmap.tables.formats.quoting._CHUNK", chunk)
    seen = look(io.BytesIO(content), ",")
    assert (seen.quoting, seen.blank_end) == (quoting, blank_end)
