import json
import socket

import pytest
from tests.extractors.conftest import ModelServer, Reply

from incidentmap.extractors.post import KEY, MOST_BYTES, Post
from incidentmap.model import BadValue, ExtractorUnavailable, ExtractorUnreadable


def ask(server: ModelServer, timeout_s: float = 5.0) -> object:
    return Post(timeout_s).json(server.address, {"text": "é"}, direct=True)


def test_question_and_answer_are_json(model_server: ModelServer) -> None:
    model_server.replies = [Reply('{"é": 1}'.encode())]
    assert ask(model_server) == {"é": 1}
    assert model_server.asked[0][1] == {"text": "é"}


@pytest.mark.parametrize("body", [b"", b"<html>", b"{", b"\xff\xfe", b"[" * 100_000, b"9" * 5000])
def test_what_is_no_json_is_told(model_server: ModelServer, body: bytes) -> None:
    model_server.replies = [Reply(body)]
    with pytest.raises(ExtractorUnreadable, match="is no JSON"):
        ask(model_server)


def test_an_answer_without_end_is_cut(model_server: ModelServer) -> None:
    model_server.replies = [Reply(b" " * (MOST_BYTES + 70_000) + b"{}")]
    with pytest.raises(ExtractorUnreadable, match="longer than 1 MB"):
        ask(model_server)


@pytest.mark.parametrize("reply", [Reply(None), Reply(b"{", drip=True)])
def test_a_slow_answer_is_given_up(model_server: ModelServer, reply: Reply) -> None:
    model_server.replies = [reply]
    with pytest.raises(ExtractorUnavailable, match=r"did not answer within 0\.3 s"):
        ask(model_server, 0.3)


@pytest.mark.parametrize(("status", "words"), [
    (401, KEY), (403, KEY), (404, "does not know"), (418, "is it an OpenAI-compatible server"), (429, "too much to do"),
    (500, "out of order"), (503, "out of order"),
])
def test_a_server_that_will_not_answer(model_server: ModelServer, status: int, words: str) -> None:
    model_server.replies = [Reply(b"<script>alert(1)</script>\x1b[2J", status)]
    with pytest.raises(ExtractorUnavailable, match=words) as told:
        ask(model_server)
    assert "script" not in str(told.value)
    assert len(model_server.asked) == 1  # it is not asked again


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_rejected_question_says_nothing_about_the_next(model_server: ModelServer, status: int) -> None:
    model_server.replies = [Reply(b"{}", status)]
    with pytest.raises(ExtractorUnreadable):
        ask(model_server)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nobody_is_sent_on(model_server: ModelServer, status: int) -> None:
    model_server.replies = [Reply(b"", status, {"Location": f"{model_server.address}/elsewhere"})]
    with pytest.raises(ExtractorUnavailable):
        ask(model_server)
    assert len(model_server.asked) == 1


def test_what_is_no_http_is_told_without_its_control_characters(model_server: ModelServer) -> None:
    model_server.replies = [Reply(b"\x1b[2J\x1b[31mHACKED\r\n\r\n", raw=True)]
    with pytest.raises(ExtractorUnavailable, match="cannot be reached") as told:
        ask(model_server)
    assert str(told.value).isprintable()


def test_a_closed_port_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ExtractorUnavailable, match="Is the server running"):
        Post(5).json(f"http://127.0.0.1:{port}", {}, direct=True)


def test_a_proxy_is_passed_by(model_server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    model_server.replies = [Reply(b"1")]
    assert ask(model_server) == 1


def test_a_key_goes_to_the_server_and_into_no_message(model_server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "sesame")
    model_server.replies = [Reply(b"1"), Reply(b"", 401)]
    ask(model_server)
    assert model_server.asked[0][2]["Authorization"] == "Bearer sesame"
    assert "sesame" not in json.dumps(model_server.asked[0][1])
    with pytest.raises(ExtractorUnavailable) as told:
        ask(model_server)
    assert "sesame" not in str(told.value)
    monkeypatch.setenv(KEY, "se same\r\nX: y")
    with pytest.raises(BadValue) as refused:
        ask(model_server)
    assert "same" not in str(refused.value)
