"""The benchmark of reading, on the shipped annotations and on small samples: it counts right, and what it guards stays good."""

from pathlib import Path

import pytest
from benchmarks.reading import gold, lines, snippets
from benchmarks.reading.__main__ import LAST
from benchmarks.reading.score import Tally, held_back, load, print_changes, save, total, weighted_f1
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.gazetteer import Gazetteer, open_gazetteer

FLOORS = {"incidents": 0.85, "event type": 0.75, "place": 0.8, "place + date": 0.7, "actors with role": 0.65, "claims": 0.7}


@pytest.fixture(scope="module")
def finder() -> Gazetteer:
    return open_gazetteer()


def test_a_tally_is_a_share_of_what_was_found_and_of_what_was_there() -> None:
    tally = total([{"x": Tally(1, 2, 1)}, {"x": Tally(1, 1, 3)}])["x"]
    assert (tally.precision, tally.recall) == (2 / 3, 0.5)
    assert tally.f1 == pytest.approx(4 / 7)
    assert Tally().f1 == 1.0


def test_weighted_f1_weighs_labels_by_how_often_they_are_wanted() -> None:
    assert weighted_f1([("a", "a"), ("a", "a"), ("b", "a")]) == pytest.approx(0.8 * 2 / 3)
    assert weighted_f1([]) == 0


@given(st.text())
def test_a_text_stays_in_its_half(text: str) -> None:
    assert held_back(text) is held_back(text)


def test_gains_and_losses_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(tmp_path / "old.json", {"a": 0.5, "b": 0.5, "gone": 1.0})
    print_changes({"a": 0.75, "b": 0.25, "new": 1.0}, load(tmp_path / "old.json"))
    told = capsys.readouterr().out
    assert "gain +0.250  a" in told
    assert "loss -0.250  b" in told
    assert "only now: new" in told
    assert "only in the saved result: gone" in told


def test_the_last_release_has_figures_for_both_halves() -> None:
    names = set(load(LAST))
    assert {"gold dev: place F1", "gold held: place F1"} <= names


def test_gold_reports_are_read_well_enough(finder: Gazetteer) -> None:
    sums = total(map(gold.tallies, gold.read_cases(finder, held=False)))
    told = {name: sums[name].f1 for name in FLOORS}
    assert all(told[name] >= floor for name, floor in FLOORS.items()), told


@pytest.mark.skipif(not lines.LINES.is_file(), reason="evaluation data are not here (INCIDENTMAP_EVAL)")
def test_incident_lines(finder: Gazetteer) -> None:
    sums = total(map(lines.tallies, lines.read_lines(finder, held=False)))
    assert min(sums["killed"].f1, sums["wounded"].f1) >= 0.95
    assert min(sums["perpetrator"].f1, sums["target"].f1) >= 0.8


@pytest.mark.skipif(not snippets.SNIPPETS.is_file(), reason="evaluation data are not here (INCIDENTMAP_EVAL)")
def test_snippets(finder: Gazetteer) -> None:
    known, every = snippets.scores(snippets.read_snippets(finder, held=False))
    assert known >= 0.85
    assert every >= 0.8
