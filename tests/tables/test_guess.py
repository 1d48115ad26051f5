from pathlib import Path

import pytest
from tests.tables.importing import Imported, imported, written

from incidentmap.model import BadValue, UnreadableTable
from incidentmap.tables.dates_in import DayOrder
from incidentmap.tables.formats import open_source
from incidentmap.tables.guess import by_preset
from incidentmap.tables.mapping import Mapping, with_column, with_day_order
from incidentmap.tables.presets import load_preset, presets, save_preset
from incidentmap.words import say_reason

FRENCH = {
    "N°": "1", "Date de l’incident": "24/11/2023", "Pays": "Mali", "Région": "Gao", "Cercle": "Ansongo", "Localité": "Ménaka",
    "Auteur présumé": "Inconnu", "Nb morts": "au moins 5", "Blessés": "2", "Coordonnées GPS": "15.9; 2.4",
    "Commentaires": "x", "Équipe": "B",
}


def told(done: Imported, field: str) -> list[tuple[str, str]]:
    return [(each.column, say_reason("en", each.why)) for each in done.guess.evidence if each.field == field]


def test_a_french_sheet_is_guessed_by_its_names(tmp_path: Path) -> None:
    done = imported(written(tmp_path / "Incidents Gao 2023.csv", [FRENCH], ";"))
    assert {field: names[0] for field, names in done.guess.mapping.columns.items()} == {
        "source_id": "N°", "date": "Date de l’incident", "country": "Pays", "admin1": "Région", "admin2": "Cercle",
        "place": "Localité", "point": "Coordonnées GPS", "actor1": "Auteur présumé", "killed": "Nb morts", "wounded": "Blessés",
        "notes": "Commentaires",
    }
    assert done.guess.unused == ("Équipe",)
    assert told(done, "killed") == [("Nb morts", "the column is called “Nb morts”")]
    event, = done.events()
    assert (event["event_id"], event["killed_low"], event["lon"]) == ("incidents-gao-2023:1", 5, 2.4)
    assert "actor1" not in event


@pytest.mark.parametrize(("days", "order", "said", "asked"), [
    (["13/04/2023", "03/04/2023"], DayOrder.DAY_FIRST, "1 of 2 dates begin with a number above 12", 0),
    (["04/13/2023", "03/04/2023"], DayOrder.MONTH_FIRST, "1 of 2 dates have a number above 12 in second place", 0),
    (["03/04/2023", "05/06/2023"], None, "none of 2 dates has a number above 12", 1),
    (["13/04/2023", "04/13/2023"], None, "two ways of writing are mixed", 1),
])
def test_the_order_of_day_and_month_is_decided_by_evidence(
    days: list[str], order: DayOrder | None, said: str, asked: int, tmp_path: Path,
) -> None:
    rows = [{"date": day, "lieu": "Gao", "nr": str(at)} for at, day in enumerate(days)]
    done = imported(written(tmp_path / "table.csv", rows))
    assert done.guess.mapping.day_order is order
    assert said in told(done, "date")[1][1]
    assert len(done.guess.questions) == asked


def test_what_the_user_says_of_the_order_holds(tmp_path: Path) -> None:
    path = written(tmp_path / "table.csv", [{"date": "03/04/2023", "lieu": "Gao"}])
    asked = imported(path)
    said = imported(path, with_day_order(asked.guess.mapping, DayOrder.MONTH_FIRST))
    assert [str(each.events()[0]["date_start"]) for each in (asked, said)] == ["2023-04-03", "2023-03-04"]
    assert [each.found(1) & {"date_order"} for each in (asked, said)] == [{"date_order"}, set()]


def test_columns_are_known_by_their_cells_when_no_name_says_it(tmp_path: Path) -> None:
    rows = [{"quand": f"2023-11-{day}", "où exactement": f"POINT (2.{day} 15.9)", "quoi": "x"} for day in range(10, 20)]
    done = imported(written(tmp_path / "table.csv", rows))
    assert told(done, "date") == [("quand", "10 of 10 cells say so")]
    assert told(done, "point") == [("où exactement", "10 of 10 cells say so")]


def test_hxl_tags_say_what_columns_are(tmp_path: Path) -> None:
    tags = {"a": "#date+start", "b": "#date +end", "c": "#geo+lat", "d": "#geo+lon", "e": "#affected+killed", "f": "#loc+name"}
    row = {"a": "2023-11-24", "b": "2023-11-25", "c": "15.9", "d": "2.4", "e": "4", "f": "Ansongo"}
    done = imported(written(tmp_path / "table.csv", [tags, row]))
    event, = done.events()
    assert (event["file_row"], event["date_precision"], event["killed_best"], event["place"]) == (1, "range", 4, "Ansongo")


def test_year_month_and_day_in_columns_of_their_own(tmp_path: Path) -> None:
    rows = [{"année": "2023", "mois": month, "lieu": place} for month, place in (("novembre", "Gao"), ("11", "Ansongo"))]
    mapping = Mapping("csv", "t", {"year": ("année",), "month": ("mois",), "place": ("lieu",)})
    done = imported(written(tmp_path / "table.csv", rows), mapping)
    assert [(str(event["date_start"]), event["date_precision"]) for event in done.events()] == [("2023-11-01", "month")] * 2


def test_a_mapping_is_edited_saved_and_loaded_again(tmp_path: Path) -> None:
    mapping = with_column(imported(written(tmp_path / "t.csv", [FRENCH])).guess.mapping, "actor2", "Équipe")
    mapping = with_column(mapping, "wounded")
    assert "wounded" not in mapping.columns
    assert load_preset(save_preset(mapping, tmp_path / "presets")) == mapping
    assert "csv" in presets(tmp_path / "presets")


@pytest.mark.parametrize("preset", presets().values(), ids=presets().keys())
def test_shipped_presets_come_back_as_they_were(preset: Mapping, tmp_path: Path) -> None:
    assert load_preset(save_preset(preset, tmp_path)) == preset


@pytest.mark.parametrize(("text", "said"), [
    ("id: a\nsource: a\ncolumns: {lieu: [x]}", "'lieu'"), ("id: a\nsource: a", "'columns'"),
    ("id: A B\nsource: a\ncolumns: {}", "'A B'"),
    ("id: a\nsource: a\ncolumns: {}\nspeed: 3", "'speed'"), ("id: a\nsource: a\ncolumns: {place: 3}", "columns, place: 3"),
    ("id: a\nsource: a\ncolumns: {}\nday_order: first", "day_order: 'first'"), ("- a", "list"), ("a: [", "YAML"),
    ("id: a\nsource: a\ncolumns: {}\ncrosswalk: mine", "'mine'"), ("id: a\nsource: a\ncolumns: {}\ncountry_codes: un", "'un'"),
    ("id: a\nsource: a\ncolumns: []", "columns: []"), ("id: a\nsource: a\ncolumns: {}\nheadless: {x: [a]}", "headless: 'x'"),
])
def test_a_broken_preset_names_file_and_key(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(BadValue, match=r"mine\.yaml") as caught:
        load_preset(path)
    assert said in str(caught.value)


def test_a_mapping_that_does_not_fit_is_told(tmp_path: Path) -> None:
    source = open_source(written(tmp_path / "t.csv", [FRENCH]))
    with pytest.raises(UnreadableTable, match="'acled' is there by which it is known: event_id_cnty"):
        by_preset(source, presets()["acled"])


def test_a_workspace_may_not_take_a_shipped_id(tmp_path: Path) -> None:
    save_preset(presets()["acled"], tmp_path)
    with pytest.raises(BadValue, match="'acled'"):
        presets(tmp_path)


def test_only_fields_can_be_mapped() -> None:
    with pytest.raises(BadValue, match="'snapshot'"):
        with_column(presets()["acled"], "snapshot", "x")
