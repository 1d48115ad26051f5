import pytest

from incidentmap.model import Report
from incidentmap.reports.figures import find_figures
from incidentmap.reports.numbers import read_number
from incidentmap.reports.page import Page, prepare


def page(text: str, language: str) -> Page:
    return prepare(Report("0" * 16, "", "", language, None, "", text, ""))


def read(text: str, language: str = "fr") -> list[tuple[str, str, int | None, int | None, int | None]]:
    return [(str(one.field), one.subject, one.quantity.low, one.quantity.best, one.quantity.high)
            for one in find_figures(page(text, language), frozenset())]


@pytest.mark.parametrize(("text", "figures"), [
    ("plusieurs dizaines de soldats tués", [("killed", "soldiers", 20, None, None)]),
    ("une cinquantaine de soldats tués", [("killed", "soldiers", 45, 50, 55)]),
    ("une dizaine de blessés", [("wounded", "", 9, 10, 11)]),
    ("au moins 12 civils tués", [("killed", "civilians", 12, None, None)]),
    ("entre deux et six morts", [("killed", "", 2, None, 6)]),
    ("15 à 24 morts", [("killed", "", 15, None, 24)]),
    ("jusqu'à vingt morts", [("killed", "", None, None, 20)]),
    ("aucun mort", [("killed", "", 0, 0, 0)]),
    ("soixante et onze morts", [("killed", "", 71, 71, 71)]),
    ("quatre-vingt-dix-sept morts", [("killed", "", 97, 97, 97)]),
    ("1 200 déplacés", [("displaced", "", 1200, 1200, 1200)]),
    ("vingt soldats tués et deux faits prisonniers", [("killed", "soldiers", 20, 20, 20), ("captured", "soldiers", 2, 2, 2)]),
    ("dix soldats et trois civils ont été tués", [("killed", "soldiers", 10, 10, 10), ("killed", "civilians", 3, 3, 3)]),
    ("Ils ont tué dix soldats", [("killed", "soldiers", 10, 10, 10)]),
    ("tuant quatre gendarmes et en blessant cinq", [("killed", "gendarmes", 4, 4, 4), ("wounded", "gendarmes", 5, 5, 5)]),
    ("3 morts (soldats)", [("killed", "soldiers", 3, 3, 3)]),
    ("Cinq voitures et des armes lourdes ont été pillées",
     [("materiel", "vehicles", 5, 5, 5), ("materiel", "heavy_weapons", None, None, None)]),
    ("deux camps militaires et trois réunions", []),
    ("un communiqué de deux phrases", []),
])
def test_french_figures(text: str, figures: list[tuple[str, str, int | None, int | None, int | None]]) -> None:
    assert read(text) == figures


@pytest.mark.parametrize(("text", "figures"), [
    ("killing at least six gendarmes", [("killed", "gendarmes", 6, None, None)]),
    ("more than a dozen soldiers had died", [("killed", "soldiers", 12, None, None)]),
    ("between four and seven dead", [("killed", "", 4, None, 7)]),
    ("dozens of civilians were killed", [("killed", "civilians", 24, None, None)]),
    ("about 50 people were injured", [("wounded", "persons", 45, 50, 55)]),
    ("nobody was killed", [("killed", "", 0, 0, 0)]),
    ("twenty-three villagers were abducted", [("captured", "civilians", 23, 23, 23)]),
    ("up to 200 families fled", [("displaced", "families", None, None, 200)]),
    ("two statements were read", []),
])
def test_english_figures(text: str, figures: list[tuple[str, str, int | None, int | None, int | None]]) -> None:
    assert read(text, "en") == figures


@pytest.mark.parametrize(("text", "language", "figures"), [
    ("Le chauffeur et son apprenti ont été tués", "fr", [("killed", "civilians", 2)]),
    ("Une mère et ses deux enfants sont morts", "fr", [("killed", "women", 3)]),
    ("Deux éleveurs et leur berger ont été enlevés", "fr", [("captured", "civilians", 3)]),
    ("Un imam et son fils sont portés disparus", "fr", [("missing", "civilians", 2)]),
    ("Le maire a été grièvement blessé", "fr", [("wounded", "civilians", 1)]),
    ("Trois soldats et le conducteur ont péri", "fr", [("killed", "soldiers", 3), ("killed", "civilians", 1)]),
    ("Ils ont retrouvé le corps d'un guide", "fr", [("killed", "civilians", 1)]),
    ("The driver and his apprentice were killed", "en", [("killed", "civilians", 2)]),
    ("A councillor and her two daughters were abducted", "en", [("captured", "civilians", 3)]),
    ("Gunmen abducted a village chief and his son", "en", [("captured", "civilians", 2)]),
    ("A brother and sister lost their lives", "en", [("killed", "civilians", 2)]),
    ("The nurse was wounded", "en", [("wounded", "civilians", 1)]),
    ("Two soldiers and the interpreter died", "en", [("killed", "soldiers", 2), ("killed", "civilians", 1)]),
    ("Rangers found the body of a herder", "en", [("killed", "civilians", 1)]),
])
def test_people_without_a_number_count_one_each(text: str, language: str, figures: list[tuple[str, str, int]]) -> None:
    assert [(field, subject, best) for field, subject, _, best, _ in read(text, language)] == figures


@pytest.mark.parametrize(("text", "language", "figures"), [
    ("32 morts, dont 28 gendarmes et quatre civils", "fr",
     [("killed", "", 32), ("killed", "gendarmes", 28), ("killed", "civilians", 4)]),
    ("Dix-huit blessés : seize casques bleus et deux civils", "fr",
     [("wounded", "", 18), ("wounded", "peacekeepers", 16), ("wounded", "civilians", 2)]),
    ("Neuf villageois enlevés, parmi lesquels trois femmes", "fr", [("captured", "civilians", 9), ("captured", "women", 3)]),
    ("Douze tués, y compris deux enfants", "fr", [("killed", "", 12), ("killed", "children", 2)]),
    ("Sept personnes, dont deux enfants, ont été tuées", "fr", [("killed", "persons", 7), ("killed", "children", 2)]),
    ("Quinze morts, notamment dix soldats", "fr", [("killed", "", 15), ("killed", "soldiers", 10)]),
    ("32 bodies, 28 of them gendarmes", "en", [("killed", "", 32), ("killed", "gendarmes", 28)]),
    ("Nine civilians were killed, including two children", "en", [("killed", "civilians", 9), ("killed", "children", 2)]),
    ("Five people, two of them women, were abducted", "en", [("captured", "persons", 5), ("captured", "women", 2)]),
    ("Fourteen people, most of them miners, were killed", "en", [("killed", "persons", 14)]),
    ("Seven wounded: five soldiers and two civilians", "en",
     [("wounded", "", 7), ("wounded", "soldiers", 5), ("wounded", "civilians", 2)]),
])
def test_parts_of_a_count_share_its_fate(text: str, language: str, figures: list[tuple[str, str, int]]) -> None:
    assert [(field, subject, best) for field, subject, _, best, _ in read(text, language)] == figures


@pytest.mark.parametrize(("text", "language", "figures"), [
    ("Le maire fait état de deux morts", "fr", [("killed", 2)]),
    ("Un élu de la région parle de 160 morts", "fr", [("killed", 160)]),
    ("Trois témoins ont raconté que cinq bergers ont été tués", "fr", [("killed", 5)]),
    ("La police a arrêté six suspects", "fr", [("captured", 6)]),
    ("Two officials said six people died", "en", [("killed", 6)]),
    ("A nurse counts four wounded", "en", [("wounded", 4)]),
    ("Three gunmen abducted a teacher", "en", [("captured", 1)]),
    ("Six militants killed two farmers", "en", [("killed", 2)]),
    ("The lorry drove over a buried mine and exploded", "en", []),
    ("The guard arrested two suspects", "en", [("captured", 2)]),
    ("They captured four pick-up trucks", "en", [("materiel", 4)]),
    ("Ils ont saisi deux véhicules", "fr", [("materiel", 2)]),
])
def test_who_tells_or_does_it_is_not_counted(text: str, language: str, figures: list[tuple[str, int]]) -> None:
    assert [(field, best) for field, _, _, best, _ in read(text, language)] == figures


@pytest.mark.parametrize(("text", "language", "field"), [
    *((text, "fr", "killed") for text in (
        "quatre personnes décédées", "deux bergers égorgés", "trois hommes fusillés", "un voleur présumé a été lynché",
        "six éleveurs y ont laissé la vie", "cinq femmes ont succombé", "deux soldats ont trouvé la mort")),
    *((text, "fr", "wounded") for text in ("douze passagers évacués", "cinq passants sont à l'hôpital", "un civil touché")),
    *((text, "fr", "captured") for text in ("sept passagers emmenés", "trois voyageurs kidnappés", "deux otages retenus")),
    *((text, "fr", "missing") for text in ("deux soldats manquent à l'appel", "trois orpailleurs sont introuvables")),
    *((text, "fr", "displaced") for text in ("300 familles ont quitté le village", "1 490 personnes sont arrivées")),
    *((text, "en", "killed") for text in (
        "four traders were gunned down", "two guards were fatally shot", "three men beheaded", "six herders lynched",
        "two farmers were hacked to death", "1 fatality", "five women perished")),
    *((text, "en", "wounded") for text in ("nine people are in hospital", "two nurses hurt", "four men with gunshot wounds")),
    *((text, "en", "captured") for text in ("six drivers were snatched", "two teachers detained", "three men led away")),
    *((text, "en", "missing") for text in ("five soldiers could not be accounted for", "two miners disappeared")),
    *((text, "en", "displaced") for text in ("forty households have left", "200 families sought refuge")),
])
def test_words_for_what_became_of_people(text: str, language: str, field: str) -> None:
    assert [one[0] for one in read(text, language)] == [field]


@pytest.mark.parametrize(("text", "language", "number"), [
    ("deux cent trente-quatre", "fr", 234), ("trois mille deux cents", "fr", 3200), ("quatre-vingts", "fr", 80),
    ("one hundred and five", "en", 105), ("deux trois", "fr", 2), ("12,500", "en", 12500), ("bonjour", "fr", None),
])
def test_numbers(text: str, language: str, number: int | None) -> None:
    here = page(text, language)
    read_here = read_number(here.text, here.tokens, 0, here.lexicon)
    assert (read_here[0] if read_here else None) == number
