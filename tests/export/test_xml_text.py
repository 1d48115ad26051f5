from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.export.xml_text import from_xml, xml_text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")))
def test_every_text_comes_back_through_an_xml_reader(text: str) -> None:
    read = ET.fromstring(f"<a>{xml_text(text)}</a>").text or ""  # noqa: S314 - made here
    assert from_xml(read) == text


@pytest.mark.parametrize(("text", "written"), [
    ("a\rb", "a_x000D_b"), ("_x000D_", "_x005F_x000D_"), ("<&>", "&lt;&amp;&gt;"), ("\ufffe", "\ufffd"), ("_x12_", "_x12_"),
])
def test_what_is_written(text: str, written: str) -> None:
    assert xml_text(text) == written
