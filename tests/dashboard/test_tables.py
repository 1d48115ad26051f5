"""The Tables screen without a browser: what it says of a file, its verdicts, and snapshots taken back."""

import hashlib
import time
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest
from tests.dashboard.conftest import Open, go, shown

from incidentmap.model import IncidentQuery
from incidentmap.walks.import_asked import ImportAsked
from incidentmap.walks.import_table import import_table
from incidentmap.walks.import_tables import events_page, snapshots
from incidentmap.walks.workspace import Workspace

ROWS = (
    "id;Date;Lieu;Latitude;Longitude;Tués\n"
    "1;03/04/2024;Niafunké;15,93;-3,99;12\n"
    "2;05/06/2024;Goundam;16,41;-3,67;3-5\n"
    "3;07/08/2024;Gao;999;-0,04;2\n"
)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "relevé.csv"
    path.write_text(ROWS, "utf-8")
    return path


def with_file(app: AppTest, path: Path) -> AppTest:
    app.session_state["tables_file"] = path
    return go(app, "imports")


def ended(app: AppTest) -> AppTest:
    """The page once the import at work has ended."""
    limit = time.monotonic() + 60
    while "tables_cancel" in {each.key for each in app.button} and time.monotonic() < limit:
        app.run()
    assert not app.exception
    return app


def press(app: AppTest, key: str) -> AppTest:
    return ended(app.button(key=key).click().run())


def test_before_the_first_import_it_says_what_can_be_imported(open_page: Open) -> None:
    app = go(open_page(), "imports")
    assert "Chaque ligne est acceptée ou refusée avec une raison" in shown(app)
    assert "Instantanés" not in shown(app)


def test_a_path_that_is_not_there_is_told(open_page: Open) -> None:
    app = go(open_page(), "imports")
    app.text_input(key="tables_path").set_value("nowhere/a.csv").run()
    app.button(key="tables_open").click().run()
    assert "aucun fichier de ce nom" in shown(app)


def test_a_file_is_looked_at_checked_imported_and_taken_back(open_page: Open, case: Workspace, sheet: Path) -> None:
    app = with_file(open_page(), sheet)
    assert "cellules séparées par" in shown(app)
    assert "source relev" in shown(app)
    assert "le jour ou le mois" in shown(app)  # 03/04, 05/06, 07/08: nobody can tell
    assert app.button(key="tables_import").disabled
    assert app.button(key="tables_answer_month_first").label == "mois/jour : 03/04/2024 est le 4 mars 2024"
    app.button(key="tables_answer_day_first").click().run()
    assert "le jour ou le mois" not in shown(app)
    assert app.selectbox(key="tables_order").value == "day_first"
    app = press(app, "tables_check")
    assert "3 lignes = 2 acceptées + 1 refusées" in shown(app)
    assert "Rien n’a été changé." in shown(app)
    assert snapshots(case.folder) == ()
    app = press(app, "tables_import")
    assert "Instantané 1 : 2 nouvelles, 0 changées, 0 disparues" in shown(app)
    assert "999 ; -0,04 (latitude ; longitude)" in shown(app)
    assert "ligne 4" in shown(app)
    assert "tables_answer_day_first" not in {each.key for each in app.button}
    assert [each.shows for each in snapshots(case.folder)] == [1]
    app = app.button(key="tables_undo_yes").click().run()
    assert "Instantané 1 annulé" in shown(app)
    assert [each.shows for each in snapshots(case.folder)] == [1, None]


def test_who_cannot_tell_day_from_month_may_import_with_warnings(open_page: Open, sheet: Path) -> None:
    app = with_file(open_page(), sheet)
    app.button(key="tables_answer_not_known").click().run()
    app = press(app, "tables_import")
    assert "2 avec un avertissement" in shown(app)
    assert "peut être jour/mois ou mois/jour" in shown(app)
    assert 'lignes 2 (« 03/04/2024 »), 3 (« 05/06/2024 »)' in shown(app)


def test_two_imports_are_compared(open_page: Open, case: Workspace, sheet: Path) -> None:
    import_table(ImportAsked(sheet, case.folder, who="a"))
    sheet.write_text(ROWS.replace(";12\n", ";14\n").replace("2;05/06/2024", "4;05/06/2024"), "utf-8")
    import_table(ImportAsked(sheet, case.folder, who="a"))
    app = open_page()
    app.session_state["tables_compare_panel"] = True
    app = go(app, "imports")
    assert "1 nouvelles, 1 changées, 1 disparues" in shown(app)
    assert "tués, meilleur chiffre (1)" in shown(app)
    assert "<del>12</del> → <ins>14</ins>" in shown(app)


def test_a_snapshot_is_shown_closely(open_page: Open, case: Workspace, sheet: Path) -> None:
    import_table(ImportAsked(sheet, case.folder, who="a"))
    app = open_page()
    app.session_state["tables_one_panel"] = True
    app = go(app, "imports")
    assert "Ce que les tableaux montraient alors : 2 des 2 événements" in shown(app)
    assert hashlib.sha256(sheet.read_bytes()).hexdigest() in shown(app)
    assert '"date": ["Date"]' in app.code[0].value


def test_refused_rows_wait_to_be_mended(open_page: Open, case: Workspace, sheet: Path) -> None:
    done = import_table(ImportAsked(sheet, case.folder, who="a"))
    assert done.refused_file
    app = go(open_page(), "imports")
    assert "1 ligne de l’instantané 1" in shown(app)
    app.button(key="tables_mend_1").click().run()
    assert done.refused_file.name in shown(app)
    assert app.button(key="tables_again").disabled  # nothing is mended yet
    app.button(key="tables_other").click().run()
    assert "1 ligne de l’instantané 1" in shown(app)
    done.refused_file.unlink()
    app.button(key="tables_mend_1").click().run()
    assert "Import the file again." in shown(app)


def test_doubtful_names_lead_to_the_geocoding_screen(open_page: Open, tmp_path: Path) -> None:
    path = tmp_path / "noms.csv"
    path.write_text("id,date,pays,lieu\n1,2024-05-06,Mali,Xqzzville\n", "utf-8")
    app = press(with_file(open_page(), path), "tables_import")
    assert "1 nom attend une décision" in app.get("page_link")[0].proto.label


def test_a_sheet_is_chosen_where_there_are_several(open_page: Open, case: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "classeur.xlsx"
    book = openpyxl.Workbook()
    for name in ("mars", "avril"):
        page = book.create_sheet(name)
        page.append(["id", "date", "lieu"])
        page.append([name, "2024-03-13", "Gao"])
    book.remove(book["Sheet"])
    book.save(path)
    app = with_file(open_page(), path)
    app.selectbox(key="tables_sheet").select("avril").run()
    press(app, "tables_import")
    found = events_page(case.folder, IncidentQuery())
    assert found
    assert found.rows["source_id"].to_pylist() == ["avril"]


def test_ten_thousand_rows_are_shown_by_their_first_ones(open_page: Open, tmp_path: Path) -> None:
    path = tmp_path / "beaucoup.csv"
    lines = (f"{n},{'hier' if n % 2 else '2024-03-13'},Gao,16.27,-0.04\n" for n in range(10_000))
    path.write_text(f"id,date,lieu,lat,lon\n{''.join(lines)}", "utf-8")
    app = press(with_file(open_page(), path), "tables_import")
    assert "10\u202f000 lignes = 5\u202f000 acceptées + 5\u202f000 refusées" in shown(app)
    assert "300 des 10\u202f000 lignes" in shown(app)
    assert "Les 500 premières lignes refusées" in shown(app)


def test_a_broken_file_is_told_and_can_be_read_as_something_else(open_page: Open, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,<script>window.caught=1</script>\n", "utf-8")
    app = with_file(open_page(), path)
    assert "no column says when" in shown(app)
    assert "<script>" not in shown(app)
    assert "tables_import" not in {each.key for each in app.button}
    app.button(key="tables_other").click().run()
    assert "ou son chemin" in app.text_input(key="tables_path").label
    assert path.exists()  # only what came by upload is deleted


def test_a_preset_is_kept_under_a_name(open_page: Open, case: Workspace, sheet: Path) -> None:
    app = with_file(open_page(), sheet)
    app.text_input(key="tables_preset").set_value("acled").run()
    app.button(key="tables_keep").click().run()
    assert "a name that no shipped preset has" in shown(app)
    app.text_input(key="tables_preset").set_value("mon-tableau").run()
    app.button(key="tables_keep").click().run()
    assert "Gardé : mon-tableau" in shown(app)
    assert (case.folder / "presets" / "mon-tableau.yaml").is_file()
    assert "mon-tableau" in app.selectbox(key="tables_kind").options
