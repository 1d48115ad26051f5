"""One question over HTTP: a JSON value back, or an error in clear words. Nothing is asked twice, nothing is kept."""

import json
import os
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException, HTTPResponse
from typing import Any, NoReturn
from urllib.parse import urlsplit

from incidentmap import __version__
from incidentmap.model import BadValue, ExtractorError, ExtractorUnavailable, ExtractorUnreadable, excerpt

KEY = "INCIDENTMAP_MODEL_KEY"
"""Environment variable with the key of a server that wants one; it is sent to that server alone and shown nowhere."""
MOST_BYTES = 1_000_000
"""Of an answer; a long one is some 20 kB."""
_AT_ONCE = 65_536
_HEADER = re.compile(r"[\x21-\x7e]{1,500}")
_REFUSALS = {
    400: "it rejects the question; does the model take so long a text, and the server a JSON schema?",
    401: f"it wants a key; put it into the environment variable {KEY}", 403: f"it refuses; is the key in {KEY} right?",
    404: "it does not know this path or model; see which models it has (/v1/models)",
    413: "it takes no text as long as this", 429: "it has too much to do; try later",
}
_ABOUT_THIS_TEXT = frozenset({400, 413, 422})
"""Another report may fare better."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Texts go to the server that was named and to no other."""

    def redirect_request(  # noqa: PLR0917 - urllib's signature
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Message, newurl: str,  # noqa: ARG002
    ) -> NoReturn:
        fp.close()
        raise ExtractorUnavailable(
            f"{urlsplit(req.full_url).netloc} sends on to another address, and texts go nowhere but where you said. Name that "
            "server yourself if you trust it."
        )


@dataclass(frozen=True, slots=True)
class Post:
    """How questions are put.

    Parameters
    ----------
    timeout_s
        Seconds for the whole of an answer.
    steady
        Seconds that never jump.
    """

    timeout_s: float = 120.0
    steady: Callable[[], float] = time.monotonic

    def json(self, url: str, question: dict[str, Any], *, direct: bool) -> Any:
        """The JSON value that a server answers; `direct` passes proxies by.

        Raises
        ------
        ExtractorUnavailable
            If it cannot be reached, is late, busy or out of order, or sends on to another address.
        ExtractorUnreadable
            If its answer is too long or no JSON, or it rejects this very question.
        BadValue
            If the key could not stand in a header.
        """
        host = urlsplit(url).netloc
        data = json.dumps(question, ensure_ascii=True).encode("ascii")
        request = urllib.request.Request(url, data, _headers(), method="POST")  # noqa: S310 - read_endpoint lets http(s) alone pass
        try:
            with _opener(direct=direct).open(request, timeout=self.timeout_s) as response:
                return _parsed(host, self._body(host, response))
        except urllib.error.HTTPError as error:
            with error:
                raise _status(host, error) from error
        except TimeoutError as error:
            raise self._late(host) from error
        except (urllib.error.URLError, HTTPException, OSError, UnicodeError) as error:
            if isinstance(error, ExtractorError):
                raise
            if isinstance(error, urllib.error.URLError) and isinstance(error.reason, TimeoutError):
                raise self._late(host) from error
            why = error.reason if isinstance(error, urllib.error.URLError) else error
            raise ExtractorUnavailable(f"{host} cannot be reached ({excerpt(why)}). Is the server running?") from error

    def _body(self, host: str, response: HTTPResponse) -> bytes:
        """The whole body; neither longer nor later than is sensible."""
        whole = bytearray()
        until = self.steady() + self.timeout_s
        while part := response.read1(_AT_ONCE):
            whole += part
            if len(whole) > MOST_BYTES:
                told = f"{host}: the answer is longer than {MOST_BYTES // 1_000_000} MB. Is it a language model?"
                raise ExtractorUnreadable(told)
            if self.steady() > until:
                raise self._late(host)
        return bytes(whole)

    def _late(self, host: str) -> ExtractorUnavailable:
        todo = "Wait longer (--timeout), or take a smaller model."
        return ExtractorUnavailable(f"{host} did not answer within {self.timeout_s:g} s. {todo}")


def _opener(*, direct: bool) -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(_NoRedirect(), urllib.request.ProxyHandler({} if direct else None))


def _headers() -> dict[str, str]:
    headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": f"incidentmap/{__version__}"}
    key = os.environ.get(KEY, "").strip()
    if key and not _HEADER.fullmatch(key):
        raise BadValue(KEY, "(not shown)", "printable ASCII without blanks")
    return headers | ({"Authorization": f"Bearer {key}"} if key else {})


def _status(host: str, error: urllib.error.HTTPError) -> ExtractorError:
    why = _REFUSALS.get(error.code, "is it an OpenAI-compatible server?" if error.code < 500 else "it is out of order")
    kind = ExtractorUnreadable if error.code in _ABOUT_THIS_TEXT else ExtractorUnavailable
    return kind(f"{host} answers {error.code}: {why}.")


def _parsed(host: str, body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        told = f"{host}: the answer is no JSON ({type(error).__name__}). Is it an OpenAI-compatible server?"
        raise ExtractorUnreadable(told) from error
