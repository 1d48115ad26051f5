import pytest

from incidentmap.store.fold import fold_text


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Niafunké", "niafunke"),
        ("Niafunke\u0301", "niafunke"),
        ("  À   l'aube\n", "a l'aube"),
        ("ﬁn de la STRASSE / straße", "fin de la strasse / strasse"),
        ("İstanbul", "istanbul"),
        ("50 %", "50 %"),
        ("تمبكتو", "تمبكتو"),
        ("", ""),
    ],
)
def test_words_are_compared_without_case_and_marks(written: str, folded: str) -> None:
    assert fold_text(written) == folded
