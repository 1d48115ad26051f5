
from incidentmap.model import Naming, NamingVerdict, namings_in_force


def naming(number: int, name: str, verdict: NamingVerdict = NamingVerdict.NOT_AN_ACTOR, undoes: int | None = None) -> Naming:
    return Naming(number, "2026-11-22T19:05:00Z", "Awa", verdict, name, "", None, undoes, "", "", "")


def test_the_last_naming_of_a_name_holds_whatever_its_case_and_blanks() -> None:
    log = (naming(1, "FPDA"), naming(2, "MRSA"), naming(3, " fpda"))
    assert [each.number for each in namings_in_force(log).values()] == [2, 3]


def test_an_undone_naming_gives_way_to_the_one_before_it() -> None:
    log = (naming(1, "FPDA"), naming(2, "FPDA"), naming(3, "FPDA", NamingVerdict.UNDO, 2))
    assert [each.number for each in namings_in_force(log).values()] == [1]


