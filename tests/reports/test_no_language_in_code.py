"""Reading knows no language by name and no word of one: both stand in the folders of `data/lexicons`."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import incidentmap.reports
from incidentmap.reports.lexicon import LANGUAGES, lexicon

ROOM = Path(incidentmap.reports.__file__).parent
MODULES = sorted(ROOM.rglob("*.py"))
SECTIONS = ("joints", "articles", "particles", "place_links", "names", "countries", "language", "amounts")
NAMES_OF_USES = frozenset({"in", "to", "over"})
"""Meanings of sections that happen to be English words: `locatives.in`, `affiliation.to`, `bounds.over`."""


def function_words() -> frozenset[str]:
    phrases = (phrase for language in LANGUAGES for section in SECTIONS
               for entries in lexicon(language).sections[section].values() for phrase in entries)
    return frozenset(word for phrase in phrases for word in phrase.lower().split()) - NAMES_OF_USES


FUNCTION_WORDS = function_words()


def literals(tree: ast.Module) -> Iterator[ast.Constant]:
    """Texts of a module that are no docstrings and no words for people."""
    for node in ast.iter_child_nodes(tree):
        yield from _literals(node)


def _literals(node: ast.AST) -> Iterator[ast.Constant]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    if not isinstance(node, ast.Raise):
        for child in ast.iter_child_nodes(node):
            yield from _literals(child)


def spoken(text: str) -> frozenset[str]:
    """Function words that a literal is, or has among the alternatives of a pattern."""
    bare = text.strip().lower()
    return frozenset(word for word in re.split(r"[|()\[\]?:*+^$]|\\b|\\s", bare) if word in FUNCTION_WORDS and len(word) > 1)


@pytest.mark.parametrize("text", ["et", "The", "(?:le|la)", r"\bpar\b", " of "])
def test_the_search_finds_words(text: str) -> None:
    assert spoken(text)


@pytest.mark.parametrize("text", ["planned", "control_taken", "refer", "[.!?]"])
def test_the_search_passes_over_names(text: str) -> None:
    assert not spoken(text)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_word_of_a_language_is_in_code(path: Path) -> None:
    found = {f"{path.name}:{node.lineno}: {node.value!r}" for node in literals(ast.parse(path.read_text("utf-8")))
             if spoken(str(node.value))}
    assert found == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_branch_on_a_language(path: Path) -> None:
    named = {f"{path.name}:{node.lineno}" for node in literals(ast.parse(path.read_text("utf-8"))) if node.value in LANGUAGES}
    assert named == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_accented_word_is_in_code(path: Path) -> None:
    accented = {f"{path.name}:{node.lineno}: {node.value!r}" for node in literals(ast.parse(path.read_text("utf-8")))
                if re.search(r"[a-zà-ÿœ]*[à-öø-ÿœ][a-zà-ÿœ]*", str(node.value))}
    assert accented == set()
