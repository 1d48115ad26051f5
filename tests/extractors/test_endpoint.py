import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.extractors.conftest import TEXT, ModelServer, Reply, at, says

from incidentmap.extractors import Post, open_endpoint, read_endpoint
from incidentmap.extractors.endpoint import LONGEST_TEXT
from incidentmap.model import BadValue, ExtractorUnreadable, Reading, Report

EMPTY = Reading((), (), (), ())


@pytest.mark.parametrize(("address", "url", "reach"), [
    ("http://127.0.0.1:8080", "http://127.0.0.1:8080/v1/chat/completions", "machine"),
    ("http://localhost:11434/v1", "http://localhost:11434/v1/chat/completions", "machine"),
    ("http://localhost:1234/v1/chat/completions/", "http://localhost:1234/v1/chat/completions", "machine"),
    ("http://[::1]:8080/llm", "http://[::1]:8080/llm/v1/chat/completions", "machine"),
    ("http://[::ffff:127.0.0.1]:80", "http://[::ffff:127.0.0.1]:80/v1/chat/completions", "machine"),
    ("http://192.168.1.7:8000", "http://192.168.1.7:8000/v1/chat/completions", "network"),
    ("https://10.0.0.2", "https://10.0.0.2/v1/chat/completions", "network"),
    ("http://[fd00::5]:80", "http://[fd00::5]:80/v1/chat/completions", "network"),
])
def test_own_machines_are_taken(address: str, url: str, reach: str) -> None:
    server = read_endpoint(address)
    assert (server.url, server.reach) == (url, reach)


@pytest.mark.parametrize("address", [
    "https://api.example.org", "http://8.8.8.8", "http://gpu-box", "http://169.254.169.254", "http://[::ffff:8.8.8.8]",
    "http://127.0.0.1.example.org", "http://2130706433", "http://0.0.0.0:80", "http://localhost.example.org", "http://224.0.0.1",
])
def test_other_machines_are_refused_unless_allowed(address: str) -> None:
    with pytest.raises(BadValue, match="--allow-remote"):
        read_endpoint(address)
    assert read_endpoint(address, allow_remote=True).reach == "remote"


@pytest.mark.parametrize("address", [
    "", "127.0.0.1:8080", "file:///etc/passwd", "ftp://127.0.0.1", "http://", "http://me:secret@127.0.0.1",
    "http://127.0.0.1/?q=1",
    "http://127.0.0.1/#x", "http://127.0.0.1:port", "http://127.0.0.1/\r\nHost: x", "http://127.0.0.1/ü", "http://[::1",
])
def test_what_is_no_address_is_refused_even_if_remote_is_allowed(address: str) -> None:
    with pytest.raises(BadValue, match="--endpoint"):
        read_endpoint(address, allow_remote=True)


@given(address=st.text() | st.text().map(lambda text: f"http://{text}"))
def test_any_text_is_an_own_machine_or_refused(address: str) -> None:
    with contextlib.suppress(BadValue):
        assert read_endpoint(address).reach in {"machine", "network"}


@pytest.mark.parametrize("model", ["", "a b", "x" * 101, "m\n", "\x1b[31m"])
def test_model_names_are_plain(model: str) -> None:
    with pytest.raises(BadValue, match="--model"):
        open_endpoint("http://127.0.0.1", model)


def test_a_report_is_asked_about_with_its_text_and_no_more(model_server: ModelServer, report: Report) -> None:
    model_server.replies = [says({"names": [{"kind": "actor", "quote": "Katiba Azurine"}], "events": []})]
    extractor = open_endpoint(model_server.address, "tiny:1b")
    found = extractor.propose(report, EMPTY)
    assert [each.span for each in found.proposals] == [at("Katiba Azurine")]
    assert found.proposals[0].by == extractor.name == "endpoint tiny:1b"
    path, question, headers = model_server.asked[0]
    assert (path, question["model"], question["stream"]) == ("/v1/chat/completions", "tiny:1b", False)
    system, user = question["messages"]
    assert (user["role"], user["content"], TEXT in system["content"]) == ("user", TEXT, False)
    assert report.title not in system["content"]
    assert "Authorization" not in headers


def test_a_text_that_no_local_model_holds_is_not_sent(model_server: ModelServer, report: Report) -> None:
    long = Report("00bb", "s", "", "fr", None, "t", "a" * (LONGEST_TEXT + 1), "ab")
    found = open_endpoint(model_server.address, "m").propose(long, EMPTY)
    assert ([each.why.code for each in found.dropped], model_server.asked) == (["proposal_text_too_long"], [])


@pytest.mark.parametrize("body", [
    b"{}", b"[]", b"null", b"3", b'{"choices": []}', b'{"choices": {}}', b'{"choices": [{"message": {}}]}', b'"choices"',
    b'{"choices": [{"message": {"content": null}}]}', b'{"choices": [{"message": {"content": {"names": []}}}]}',
    b'{"choices": [{"message": "x"}]}', b'{"error": {"message": "<script>"}}',
])
def test_what_is_no_completion_is_told(model_server: ModelServer, report: Report, body: bytes) -> None:
    model_server.replies = [Reply(body)]
    with pytest.raises(ExtractorUnreadable, match=r"no chat completion|no text"):
        open_endpoint(model_server.address, "m", post=Post(5)).propose(report, EMPTY)


def test_an_answer_that_repeats_the_question_points_at_nothing(model_server: ModelServer, report: Report) -> None:
    model_server.replies = [says(TEXT)]
    found = open_endpoint(model_server.address, "m").propose(report, EMPTY)
    assert (found.proposals, [each.why.code for each in found.dropped]) == ((), ["proposal_no_json"])
