import pytest

from incidentmap.publish.persons import redacted


@pytest.mark.parametrize(("text", "told"), [
    ("Le général Tiani s'est rendu à Bamako.", "Le général […] s'est rendu à Bamako."),
    ("selon le colonel Assimi Goïta", "selon le colonel […]"),
    ("M. Moussa ag Acharatoumane accuse", "M. […] accuse"),
    ("Iyad Ag Ghali", "[…]"),
    ("le nommé Hama Foulani", "le nommé […]"),
    ("Colonel Sadio Camara said", "Colonel […] said"),
    ("Fatoumata Diarra, 34 ans", "[…], 34 ans"),
    ("Des hommes armés ont attaqué Niafunké.", "Des hommes armés ont attaqué Niafunké."),
    ("le général a parlé", "le général a parlé"),
    ("Mohamedine", "Mohamedine"),
    ("", ""),
])
def test_names_of_persons_are_taken_out(text: str, told: str) -> None:
    assert redacted(text) == told
    assert redacted(told) == told
