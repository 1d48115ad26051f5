import pytest

from incidentmap.tables.formats.header import Layout, layout_of

DATA = ["1", "2024-03-05", "Gao", "3"]
NAMES = ["id", "date", "lieu", "tués"]


@pytest.mark.parametrize(
    ("rows", "names", "above", "notes"),
    [
        ([NAMES, DATA, DATA], NAMES, 1, []),
        ([[], ["", ""], NAMES, DATA], NAMES, 3, []),
        ([["Incidents au Mali"], [], NAMES, DATA, DATA], NAMES, 3, ["table_titles_above"]),
        ([["Incidents", "", "", ""], ["Source:", "ONU", "", ""], NAMES, DATA, DATA, DATA], NAMES, 3, ["table_titles_above"]),
        ([NAMES], NAMES, 1, []),
        ([["lieu"], ["Gao"]], ["lieu"], 1, []),
        ([["\ufeffid", " date \n du fait", "lieu", "tués"], DATA], ["id", "date du fait", "lieu", "tués"], 1, []),
        ([["", "id", "lieu"], ["", "1", "Gao"]], ["", "id", "lieu"], 1, []),
        ([["id", "", "lieu"], ["1", "x", "Gao"]], ["id", "", "lieu"], 1, []),
        ([["id", "lieu", "lieu"], ["1", "x", "Gao"]], ["id", "lieu", "lieu"], 1, ["table_same_names"]),
        (
            [
                ["id", "Lieu", "", "Victimes", "", "note"], ["", "région", "nom", "tués", "blessés", ""],
                ["1", "Gao", "Ber", "3", "", ""],
            ],
            ["id", "Lieu / région", "Lieu / nom", "Victimes / tués", "Victimes / blessés", "note"], 2, ["table_header_joined"],
        ),
        (
            [
                ["Titre"], ["", "", "Victimes", "", "Lieu", ""], ["id", "date", "tués", "blessés", "lon", "lat"],
                ["1", "2", "3", "4", "5", "6"],
            ],
            ["id", "date", "Victimes / tués", "Victimes / blessés", "Lieu / lon", "Lieu / lat"], 3,
            ["table_titles_above", "table_header_joined"],
        ),
        ([["id", "lieu", ""], ["a", "Gao", "x"], ["b", "Ber", "y"]], ["id", "lieu", ""], 1, []),  # no proof of a second row
    ],
)
def test_the_header_is_found(rows: list[list[str]], names: list[str], above: int, notes: list[str]) -> None:
    layout = layout_of(rows)
    assert layout is not None
    assert (list(layout.names), layout.above, [note.code for note in layout.notes]) == (names, above, notes)


def test_hxl_tags_are_kept_and_not_counted() -> None:
    layout = layout_of([NAMES, ["", "#date+start", "#loc +name", "#affected+killed"], DATA])
    assert layout is not None
    assert (layout.above, layout.tags) == (2, ("", "#date+start", "#loc +name", "#affected+killed"))


@pytest.mark.parametrize("cells", [["#1", "#metoo", "x", "y"], ["", "", "", ""]])
def test_other_rows_are_no_tags(cells: list[str]) -> None:
    layout = layout_of([NAMES, cells, DATA])
    assert layout is not None
    assert (layout.above, layout.tags) == (1, ())


@pytest.mark.parametrize(
    ("width", "second", "headerless"),
    [(57, "20130101", True), (58, "20130401", True), (61, "20200101", True), (16, "20160701210000", True),
     (59, "20200101", False), (58, "SQLDATE", False)],
)
def test_files_without_a_header_are_known_by_their_shape(width: int, second: str, headerless: bool) -> None:
    layout = layout_of([["1", second, *["x"] * (width - 2)]], bare=True)
    assert layout is not None
    assert layout.headerless is headerless
    assert (layout.above, layout.names[:2]) == ((0, ("1", "2")) if headerless else (1, ("1", second)))


def test_nothing_is_no_layout() -> None:
    assert layout_of([[], ["", " "]]) is None
    assert layout_of([]) is None
    assert isinstance(layout_of([["a"]]), Layout)
