import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from incidentmap.gazetteer.layers import read_layer, stage_geonames
from incidentmap.gazetteer.layers.geonames import read_dump, useful
from incidentmap.gazetteer.layers.rows import Refusal, Taken
from incidentmap.model import BadValue, PlaceKind
from incidentmap.paths import ROOT

EVAL = Path(os.environ.get("INCIDENTMAP_EVAL", ROOT.parent / "shared" / "eval")) / "gazetteer"
WriteDump = Callable[..., Path]


@pytest.mark.parametrize(("feature", "code", "people", "kind"), [
    ("P", "PPL", 0, "village"), ("P", "PPL", 5000, "town"), ("P", "PPL", 50_000, "city"), ("P", "PPLC", 0, "city"),
    ("P", "PPLA2", 0, "town"), ("P", "PPLX", 90_000, "village"), ("P", "PPLQ", 0, "site"), ("A", "ADM2", 0, "area"),
    ("A", "PCLI", 0, "country"), ("H", "WLL", 0, "well"), ("H", "WTRH", 0, "well"), ("H", "LK", 0, "natural"),
    ("T", "DUNE", 0, "natural"), ("V", "FRST", 0, "natural"), ("L", "RGN", 0, "area"), ("L", "MILB", 0, "site"),
    ("S", "AIRP", 0, "site"), ("S", "CMP", 0, "camp"), ("S", "MN", 0, "site"),
])
def test_features_become_kinds(  # noqa: PLR0917 - a column each
    write_dump: WriteDump, tmp_path: Path, feature: str, code: str, people: int, kind: str,
) -> None:
    (row,) = read_dump(write_dump(tmp_path / "X.txt", (1, "Lieu", "", 15, -1, feature, code, "ML", people)))
    assert isinstance(row, Taken)
    assert (row.entry.place.kind, row.entry.place.note) == (PlaceKind(kind), code)
    assert row.entry.place.radius_km > 0


@pytest.mark.parametrize(("row", "value", "rule"), [
    ((1, "Route", "", 15, -1, "R", "RD", "ML"), "R.RD", "a feature that reports name"),
    ((1, "Hotel", "", 15, -1, "S", "SCH", "ML"), "S.SCH", "a feature that reports name"),
    ((1, "Lieu", "", 0, 0, "P", "PPL", "ML"), "0, 0", "not both 0"),
    ((1, "Lieu", "", 95, 0, "P", "PPL", "ML"), "95, 0", "latitude -90 to 90"),
    ((1, "Lieu", "", "nan", 1, "P", "PPL", "ML"), "nan, 1", "latitude"),
    (("x1", "Lieu", "", 15, -1, "P", "PPL", "ML"), "x1", "geonameid is a whole number"),
    ((1, " ", "", 15, -1, "P", "PPL", "ML"), "1", "a place has a name"),
])
def test_a_refused_row_tells_line_value_and_rule(
    write_dump: WriteDump, tmp_path: Path, row: tuple[object, ...], value: str, rule: str,
) -> None:
    dump = write_dump(tmp_path / "X.txt", (7, "Avant", "", 14, -2, "P", "PPL", "ML"), row)
    _, refused = read_dump(dump)
    assert isinstance(refused, Refusal)
    assert (refused.line, refused.value) == (2, value)
    assert rule in refused.rule


def test_quotation_marks_are_letters(write_dump: WriteDump, tmp_path: Path) -> None:
    rows = (1, '"Kel', 'a,"b', 15, -1, "P", "PPL", "ML"), (2, "Autre", "", 15, -1, "P", "PPL", "ML")
    dump = write_dump(tmp_path / "X.txt", *rows)
    names = [row.entry.spellings for row in read_dump(dump) if isinstance(row, Taken)]
    assert names == [('"Kel', "a", '"b'), ("Autre",)]


def test_alternates_of_every_script_are_kept_but_no_codes_and_links(write_dump: WriteDump, tmp_path: Path) -> None:
    others = "Tombouctou,تمبكتو,Томбукту,廷巴克圖,TOM,https://en.wikipedia.org/wiki/Timbuktu"
    (row,) = read_dump(write_dump(tmp_path / "X.txt", (1, "Timbuktu", others, 16.77, -3, "P", "PPL", "ML")))
    assert isinstance(row, Taken)
    assert row.entry.spellings == ("Timbuktu", "Tombouctou", "تمبكتو", "Томбукту", "廷巴克圖")
    assert useful("Gao")


def test_admin_names_come_from_the_dump_itself(write_dump: WriteDump, tmp_path: Path) -> None:
    dump = write_dump(
        tmp_path / "CF.txt", (1, "Bria", "", 6.5, 22, "P", "PPL", "CF"), (2, "Haute-Kotto", "", 7, 22, "A", "ADM1", "CF"),
        (3, "Bria (sous-préfecture)", "", 6.6, 22, "A", "ADM2", "CF"),
    )
    first = next(read_dump(dump))
    assert isinstance(first, Taken)
    assert (first.entry.place.admin1, first.entry.place.admin2) == ("Haute-Kotto", "Bria (sous-préfecture)")


def test_a_zip_gives_what_its_table_gives(write_dump: WriteDump, tmp_path: Path) -> None:
    dump = write_dump(tmp_path / "ML.txt", (1, "Lieu", "", 15, -1, "P", "PPL", "ML", 0, "2021-05-06"))
    with zipfile.ZipFile(tmp_path / "ML.zip", "w") as archive:
        archive.write(dump, "ML.txt")
        archive.writestr("readme.txt", "about")
    whole = [stage_geonames(tmp_path / "shelf", tmp_path / name) for name in ("ML.txt", "ML.zip")]
    assert len({layer.record.data_sha256 for layer in whole}) == 1
    assert whole[0].record.date == "2021-05-06"


@pytest.mark.parametrize(("name", "content", "told"), [
    ("a.txt", b"name,lon,lat\nGao,0,16\n", r"a.txt, line 1: columns: 1 is not allowed; expected 19 columns between tabs"),
    ("a.zip", b"no zip", r"'a.zip' is not allowed; expected a .txt dump or a whole .zip"),
    ("a.txt", b"", r"expected a file that is there and not empty"),
])
def test_what_is_no_dump_is_told(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadValue, match=told):
        stage_geonames(tmp_path / "shelf", tmp_path / name)
    assert not list((tmp_path / "shelf").glob("*"))


def test_progress_ends_where_the_work_ends(write_dump: WriteDump, tmp_path: Path) -> None:
    rows = [(n, f"Lieu {n}", "", 15, -1, "P", "PPL", "ML") for n in range(500)]
    told: list[tuple[int, int]] = []
    dump = write_dump(tmp_path / "X.txt", *rows)
    stage_geonames(tmp_path / "shelf", dump, told=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]
    assert len(told) < 210


@pytest.mark.skipif(not EVAL.is_dir(), reason="evaluation data are not here (INCIDENTMAP_EVAL)")
@pytest.mark.parametrize(("file", "read"), [("geonames_ML_2023-10.txt", 24312)])
def test_every_row_of_a_real_dump_is_kept_or_refused(tmp_path: Path, file: str, read: int) -> None:
    layer = stage_geonames(tmp_path, EVAL / file)
    refused = layer.refused.read_text("utf-8").splitlines()[1:]
    assert layer.record.read == read == layer.record.kept + len(refused)
    assert layer.record.kept == sum(1 for _ in read_layer(layer)) > 0.99 * read
