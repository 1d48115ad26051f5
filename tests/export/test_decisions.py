"""`decisions.csv`: what is written comes back, is written the same, and no row can be changed unseen."""

import csv
import io
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.export.decisions import decisions_text, read_decisions, write_decisions
from incidentmap.model import BadValue, Decision, NameAsked, Place, PlaceKind, Position, Verdict
from incidentmap.store import COLUMNS
from incidentmap.store.chain import FIRST_PREVIOUS
from incidentmap.store.decision_records import sealed

ODD = (
    "", "=1+1", "+223", "-3.99", "@who", "'Ain", "''", "\t=x", "\r", "a\r\nb", "\n", 'say "Gao"', "a,b;c", "% %20", " ",
    "\ufeff", "＝x",
)
TEXTS = st.sampled_from(ODD) | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
WORDS = TEXTS.filter(str.strip)
PLACES = st.builds(
    Place, id=WORDS, name=TEXTS, kind=st.sampled_from(PlaceKind),
    position=st.builds(Position, st.floats(-180, 180), st.floats(-90, 90) | st.integers(-90, 90)),
    radius_km=st.floats(0, 1e4, exclude_min=True) | st.integers(1, 99), country=TEXTS, admin1=TEXTS, admin2=TEXTS,
    population=st.none() | st.integers(0, 2**63 - 1), source=TEXTS, area_id=TEXTS, note=TEXTS,
)
STAMPS = st.datetimes().map(lambda when: when.strftime("%Y").zfill(4) + when.strftime("-%m-%dT%H:%M:%SZ"))


@st.composite
def chains(draw: st.DrawFn) -> tuple[Decision, ...]:
    """Any chain that the log accepts."""
    made: list[Decision] = []
    standing: list[int] = []
    for number in range(1, draw(st.integers(0, 5)) + 1):
        verdict = draw(st.sampled_from([each for each in Verdict if standing or each is not Verdict.UNDO]))
        undoes = draw(st.sampled_from(standing)) if verdict is Verdict.UNDO else None
        place = draw(PLACES) if verdict in {Verdict.PICK, Verdict.OVERRIDE} else None
        asked = draw(st.builds(NameAsked, WORDS, TEXTS, TEXTS, TEXTS))
        made.append(sealed(Decision(
            number, draw(STAMPS), draw(WORDS), verdict, asked, place, tuple(draw(st.lists(WORDS, max_size=3))), undoes,
            draw(TEXTS), draw(TEXTS), made[-1].hash if made else FIRST_PREVIOUS, "",
        )))
        standing = [each for each in [*standing, number] if each not in {undoes, number if undoes else 0}]
    return tuple(made)


@given(chains())
def test_what_is_written_comes_back_and_is_written_the_same(
    tmp_path_factory: pytest.TempPathFactory, chain: tuple[Decision, ...],
) -> None:
    path = tmp_path_factory.getbasetemp() / "decisions.csv"
    write_decisions(chain, path)
    assert read_decisions(path) == chain
    assert decisions_text(read_decisions(path)).encode() == path.read_bytes()


@given(chains())
def test_no_cell_is_a_formula(chain: tuple[Decision, ...]) -> None:
    for row in list(csv.reader(io.StringIO(decisions_text(chain), newline="")))[1:]:
        for column, cell in zip(COLUMNS, row, strict=True):
            if cell.startswith(("=", "+", "-", "@", "\t", "\r")):
                assert column in {"lon", "lat"}
                assert math.isfinite(float(cell))


@given(chains(), st.data())
def test_no_row_is_changed_dropped_or_moved_unseen(
    tmp_path_factory: pytest.TempPathFactory, chain: tuple[Decision, ...], data: st.DataObject,
) -> None:
    rows = list(csv.reader(io.StringIO(decisions_text(chain), newline="")))
    if len(rows) < 3:
        return
    number = data.draw(st.integers(1, len(rows) - 1))
    column = data.draw(st.integers(0, len(COLUMNS) - 1))
    before = rows[number][column]
    rows[number][column] = data.draw(TEXTS.filter(lambda text: text.removeprefix("'") != before.removeprefix("'")))
    path = tmp_path_factory.getbasetemp() / "edited.csv"
    for each in (rows, [*rows[:number], *rows[number + 1:], rows[number]] if number < len(rows) - 1 else rows):
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(each)
        try:
            kept = read_decisions(path)
        except BadValue:
            continue
        assert kept == chain, "only the same in other letters, such as 1.0 for 1, may pass"


@pytest.fixture
def chain() -> tuple[Decision, ...]:
    place = Place("curated:bamba", "Bamba", PlaceKind.TOWN, Position(-1.4, 17.03), 5.0, "ML", "Gao", "Bourem", 2000, "curated")
    bamba = NameAsked("Bamba")
    one = sealed(Decision(1, "2026-11-22T19:05:00Z", "anna", Verdict.PICK, bamba, place, ("curated:bamba", "x y"), None,
                          "=cmd|' /C calc'!A0", "0a1b", FIRST_PREVIOUS, ""))
    two = sealed(Decision(2, "2026-11-22T19:06:00Z", "ben", Verdict.UNDO, bamba, None, (), 1, "", "0a1b", one.hash, ""))
    return one, two


def test_the_file_is_plain_to_read_and_compare(chain: tuple[Decision, ...]) -> None:
    header, first, second = decisions_text(chain).splitlines()
    assert header == ",".join(COLUMNS)
    assert first.startswith(
        "1,2026-11-22T19:05:00Z,anna,pick,Bamba,,,,curated:bamba,Bamba,town,-1.4,17.03,5.0,ML,Gao,Bourem,2000,curated,,,"
        "curated:bamba x%20y,,'=cmd|' /C calc'!A0,0a1b,000"
    )
    assert second.startswith(f"2,2026-11-22T19:06:00Z,ben,undo,Bamba{',' * 18}1,,0a1b,{chain[0].hash},")


def edited(path: Path, chain: tuple[Decision, ...], edit: Callable[[str], str]) -> Path:
    path.write_bytes(edit(decisions_text(chain)).encode("utf-8"))
    return path


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda text: text[:0], "row 1: ''.*the columns number,at,who"),
        (lambda text: text.replace(",", ";"), "row 1: 'number;at;who"),
        (lambda text: text.replace("anna", "eve"), "row 2: hash: .*A cell of this record was changed .pick 'Bamba' by 'eve'"),
        (lambda text: text.replace("17.03", "17.04"), "row 2: hash"),
        (lambda text: text.replace("17.03", "17,03"), "row 2: .*27 cells, and there are 28"),
        (lambda text: text.replace("17.03", "north"), "row 2: lat: 'north' is not allowed; expected a number"),
        (lambda text: text.replace("17.03", "170.3"), "row 2: lon, lat: '-1.4, 170.3'.*-90 to 90"),
        (lambda text: text.replace("17.03", ""), "row 2: lat: ''"),
        (lambda text: text.replace("town", "hamlet"), "row 2: kind: 'hamlet' is not allowed; expected one of city"),
        (lambda text: text.replace("pick", "choose"), "row 2: verdict: 'choose' is not allowed; expected one of pick"),
        (lambda text: text.replace("pick", "reject"), "row 2: place_id: 'curated:bamba' is not allowed; expected an empty"),
        (lambda text: text.replace(",2000,", ",many,"), "row 2: population: 'many' is not allowed; expected a whole number"),
        (lambda text: text.replace("\n2,", "\n3,"), "row 3: number: 3 is not allowed; expected 2"),
        (lambda text: text.splitlines()[0] + "\n" + text.splitlines()[2] + "\n", "row 2: number: 2 is not allowed"),
        (lambda text: text[:-40], "row 3: hash"),
        (lambda text: text[:-80], "row 3: "),
        (lambda text: text + '"open', "comma-separated values"),
    ],
)
def test_a_damaged_row_is_named(
    tmp_path: Path, chain: tuple[Decision, ...], edit: Callable[[str], str], said: str,
) -> None:
    path = edited(tmp_path / "decisions.csv", chain, edit)
    with pytest.raises(BadValue, match=said) as caught:
        read_decisions(path)
    assert str(path) in str(caught.value)


def test_a_file_that_a_spreadsheet_saved_is_read(tmp_path: Path, chain: tuple[Decision, ...]) -> None:
    path = tmp_path / "decisions.csv"
    path.write_bytes(b"\xef\xbb\xbf" + decisions_text(chain).replace("\n", "\r\n").encode())
    assert read_decisions(path) == chain


def test_bytes_that_are_no_text_are_told(tmp_path: Path, chain: tuple[Decision, ...]) -> None:
    path = tmp_path / "decisions.csv"
    path.write_bytes(decisions_text([replace(chain[0], who="ané")]).encode("latin-1"))
    with pytest.raises(BadValue, match="UTF-8"):
        read_decisions(path)
    with pytest.raises(BadValue, match="a file that can be read"):
        read_decisions(tmp_path / "missing.csv")


def test_more_candidates_than_a_cell_of_the_csv_module_holds(tmp_path: Path, chain: tuple[Decision, ...]) -> None:
    many = sealed(replace(chain[0], candidates=tuple(f"geonames:{number}" for number in range(20_000))))
    write_decisions([many], tmp_path / "decisions.csv")
    assert read_decisions(tmp_path / "decisions.csv") == (many,)
