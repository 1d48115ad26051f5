from collections.abc import Callable
from pathlib import Path

import pytest

from incidentmap.gazetteer.layers import Layer, layers_of, put, stage_geonames, take_out
from incidentmap.gazetteer.layers.record import read_record, record_text
from incidentmap.model import BadValue, MissingGround

WriteDump = Callable[..., Path]
ROW = (1, "Lieu", "", 15, -1, "P", "PPL", "ML")


def _put(write_dump: WriteDump, shelf: Path, name: str, *rows: tuple[object, ...]) -> Layer:
    layer = stage_geonames(shelf, write_dump(shelf.parent / f"{name}.txt", *(rows or (ROW,))))
    put(layer)
    return layer


def test_a_staged_layer_is_in_force_only_once_it_is_put(write_dump: WriteDump, tmp_path: Path) -> None:
    layer = stage_geonames(tmp_path / "shelf", write_dump(tmp_path / "ML.txt", ROW))
    assert layers_of([tmp_path / "shelf"]) == ()
    put(layer)
    assert layers_of([tmp_path / "shelf"]) == (layer,)


def test_record_and_file_say_the_same(write_dump: WriteDump, tmp_path: Path) -> None:
    layer = _put(write_dump, tmp_path / "shelf", "ML")
    assert read_record(tmp_path / "shelf" / "ml.yaml") == layer.record
    assert record_text(layer.record) == (tmp_path / "shelf" / "ml.yaml").read_text("utf-8")


def test_another_file_under_the_name_replaces_the_layer_and_its_data(write_dump: WriteDump, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    first = _put(write_dump, shelf, "ML")
    second = _put(write_dump, shelf, "ML", (2, "Autre", "", 15, -1, "P", "PPL", "ML"))
    assert layers_of([shelf]) == (second,)
    assert not first.data.exists()
    assert sorted(path.suffix for path in shelf.iterdir()) == [".csv", ".gz", ".yaml"]


def test_a_layer_taken_out_leaves_nothing(write_dump: WriteDump, tmp_path: Path) -> None:
    take_out(_put(write_dump, tmp_path / "shelf", "ML"))
    assert list((tmp_path / "shelf").iterdir()) == []


def test_the_later_shelf_hides_a_layer_of_its_name(write_dump: WriteDump, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    user, workspace = tmp_path / "a" / "shelf", tmp_path / "b" / "shelf"
    _put(write_dump, user, "ML")
    own = _put(write_dump, workspace, "ML", (2, "Autre", "", 15, -1, "P", "PPL", "ML"))
    assert layers_of([user, workspace]) == (own,)


def test_the_youngest_dump_comes_first(write_dump: WriteDump, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    for name, changed in (("b", "2014-01-01"), ("a", "2023-10-01"), ("c", "2020-01-01")):
        _put(write_dump, shelf, name, (*ROW, 0, changed))
    assert [layer.record.id for layer in layers_of([shelf])] == ["a", "c", "b"]


def test_data_that_are_gone_or_cut_are_told(write_dump: WriteDump, tmp_path: Path) -> None:
    layer = _put(write_dump, tmp_path / "shelf", "ML")
    layer.data.write_bytes(layer.data.read_bytes()[:-1])
    with pytest.raises(MissingGround, match=r"Layer ml: .* is missing or not whole. Add ML.txt again, or take the layer out"):
        layers_of([tmp_path / "shelf"])


@pytest.mark.parametrize("text", ["", "[1]", "id: x\n", "a: [\n"])
def test_a_file_that_is_no_record_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.yaml").write_text(text, "utf-8")
    with pytest.raises(BadValue, match=r"layer record .*x\.yaml"):
        layers_of([tmp_path])
