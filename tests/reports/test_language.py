import pytest

from incidentmap.reports.language import detect_language


@pytest.mark.parametrize(("text", "language"), [
    ("Des hommes armés ont attaqué le village dans la nuit.", "fr"),
    ("Gunmen attacked the village during the night and killed two of them.", "en"),
    ("", "fr"),
    ("12 34", "fr"),
])
def test_language(text: str, language: str) -> None:
    assert detect_language(text) == language
