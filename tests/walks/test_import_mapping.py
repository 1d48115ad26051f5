"""How a file is read: as it is recorded with its import, so that its refused rows can be read alike."""

from pathlib import Path

import pytest

from incidentmap.tables.formats import open_source
from incidentmap.tables.mapping import REFUSAL_COLUMNS
from incidentmap.tables.presets import mapping_of, mapping_text, presets, save_preset
from incidentmap.walks.import_mapping import PRESETS, MappingAsked, is_refused_again, mapped


@pytest.mark.parametrize("preset", presets().values(), ids=lambda preset: preset.preset)
def test_a_recorded_mapping_is_the_same_again(preset: object) -> None:
    assert mapping_of(mapping_text(preset), "x") == preset  # type: ignore[arg-type]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "faits.csv"
    path.write_text("id,date,lieu\nA1,2023-11-24,Gao\n", "utf-8")
    return path


def test_a_workspaces_own_preset_is_known_by_its_id(table: Path, tmp_path: Path) -> None:
    source = open_source(table)
    plain = mapped(source, MappingAsked(), tmp_path, ()).mapping
    text = mapping_text(plain).replace('"id": "csv"', '"id": "bureau"')
    save_preset(mapping_of(text, "x"), tmp_path / PRESETS)
    found = mapped(source, MappingAsked("bureau"), tmp_path, ())
    assert (plain.preset, found.mapping.preset, found.mapping.columns) == ("csv", "bureau", plain.columns)


def test_a_mapping_file_goes_before_the_kind(table: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("id: own\nsource: own\ncolumns: {date: [date], notes: [lieu]}\n", "utf-8")
    found = mapped(open_source(table), MappingAsked("acled", own), tmp_path, ())
    assert (found.mapping.preset, dict(found.mapping.columns)) == ("own", {"date": ("date",), "notes": ("lieu",)})


def test_refused_rows_are_known_by_their_first_columns() -> None:
    assert is_refused_again((*REFUSAL_COLUMNS, "id"))
    assert not is_refused_again(("id", *REFUSAL_COLUMNS))
