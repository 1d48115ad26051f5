import pytest

from incidentmap.encodings import decode, encoding_of

TEXT = "lieu;région\nNiafunké;Tombouctou\n" * 3


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"), ("cp1252", "cp1252"),
        ("utf-32", "utf-32"),
    ],
)
def test_an_encoding_is_told_and_its_mark_taken_off(written: str, expected: str) -> None:
    data = TEXT.encode(written)
    assert encoding_of(data) == expected
    assert decode(data) == TEXT


def test_no_text_has_no_encoding() -> None:
    assert encoding_of(bytes(range(256)) * 8) is None
