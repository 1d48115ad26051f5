"""`namings.csv`: written and read back to the letter; every hand in it is told with its row."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.export.namings import namings_text, read_namings
from incidentmap.model import BadValue, Naming, NamingVerdict, OwnActor
from incidentmap.store.chain import FIRST_PREVIOUS
from incidentmap.store.naming_records import sealed_naming

AT = "2026-11-22T19:05:00Z"
OWN = OwnActor("own:front", "Front", 2, "jnim", date(2020, 1, 1), None)


def chain(*drafts: Naming) -> tuple[Naming, ...]:
    made: list[Naming] = []
    for number, each in enumerate(drafts, 1):
        made.append(sealed_naming(replace(each, number=number, previous=made[-1].hash if made else FIRST_PREVIOUS)))
    return tuple(made)


def naming(verdict: NamingVerdict, name: str = "FPDA", actor: str = "", *, own: OwnActor | None = None,
           undoes: int | None = None, why: str = "") -> Naming:
    return Naming(0, AT, "Awa", verdict, name, actor, own, undoes, why, "", "")


LOG = chain(
    naming(NamingVerdict.NEW, actor=OWN.id, own=OWN, why="=1+1, \"so\"\nit goes"),
    naming(NamingVerdict.NEW, "Vent", "own:vent", own=OwnActor("own:vent", "Vent", 3)),
    naming(NamingVerdict.SAME_AS, "MRSA", "jnim"),
    naming(NamingVerdict.NOT_AN_ACTOR, "ONU"), naming(NamingVerdict.UNDO, undoes=1),
)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "namings.csv"
    path.write_text(namings_text(LOG), "utf-8")
    assert read_namings(path) == LOG
    assert namings_text(read_namings(path)) == namings_text(LOG)


LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
TEXT = st.text(LETTERS, min_size=1).filter(lambda text: text.strip())


@given(name=TEXT, why=TEXT)
def test_any_words_come_back_to_the_letter(tmp_path_factory: pytest.TempPathFactory, name: str, why: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    log = chain(naming(NamingVerdict.NOT_AN_ACTOR, name, why=why))
    path.write_text(namings_text(log), "utf-8", newline="")
    assert read_namings(path) == log


@pytest.mark.parametrize(("old", "new", "said"), [
    ("MRSA", "ONUX", "row 4: hash.*same_as 'ONUX' by 'Awa'"),
    ("same_as", "perhaps", "row 4"),
    ("2020-01-01", "soon", "row 2"),
    (",2,jnim,", ",two,jnim,", "row 2: inter.*whole number"),
    ("not_an_actor,ONU,,", "not_an_actor,ONU,,Front", "row 5: actor_name.*empty cell"),
    ("number,at", "no,at", "row 1.*columns number"),
])
def test_a_changed_cell_is_told_with_its_row(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "namings.csv"
    text = namings_text(LOG)
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BadValue, match=said):
        read_namings(path)
