"""One request over HTTP: a JSON value, or an error in clear words. Nothing is tried again here."""

import json
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from typing import Any, NoReturn
from urllib.parse import urlsplit

from incidentmap.gazetteer.online.clock import Clock
from incidentmap.model import OnlineError, OnlineRefused, OnlineUnavailable, OnlineUnreadable

_MOST_BYTES = 4_000_000
"""A full list of answers is some 100 kB."""
_AT_ONCE = 65_536
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_REFUSED = {
    400: "it rejects the question", 401: "it wants a key that this program does not have",
    403: "it has blocked this program or this network", 429: "too many requests",
}
_BUSY = frozenset({429, 503})


class Busy(OnlineError):
    """The server asks to come back later (429, 503)."""

    def __init__(self, message: str, status: int, after_s: float | None) -> None:
        super().__init__(message)
        self.status = status
        self.after_s = after_s


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Names go to the server that was named and to no other."""

    def redirect_request(  # noqa: PLR0917 - urllib's signature
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Message, newurl: str,  # noqa: ARG002
    ) -> NoReturn:
        fp.close()
        raise OnlineUnreadable(
            f"{urlsplit(req.full_url).netloc} sends on to {newurl}, and names go nowhere but where you said. Name that server "
            "yourself if you trust it."
        )


@dataclass(frozen=True, slots=True)
class Wire:
    """How requests are made."""

    clock: Clock
    ssl_context: ssl.SSLContext | None = None

    def json(self, url: str, *, timeout_s: float, headers: Mapping[str, str]) -> Any:
        """The JSON value at a URL.

        Raises
        ------
        Busy
            For 429 and 503, with the seconds after which to come back if the server tells them.
        OnlineRefused, OnlineUnavailable, OnlineUnreadable
            For anything else that is no answer.
        """
        host = urlsplit(url).netloc
        request = urllib.request.Request(url, headers=dict(headers))  # noqa: S310 - read_server lets http(s) alone pass
        try:
            with self._opener(url).open(request, timeout=timeout_s) as response:
                return _parsed(host, self._body(host, response, timeout_s))
        except urllib.error.HTTPError as error:
            with error:
                raise self._status(host, error) from error
        except TimeoutError as error:
            raise _too_late(host, timeout_s) from error
        except (urllib.error.URLError, HTTPException, OSError, UnicodeError) as error:
            if isinstance(error, OnlineError):
                raise
            raise _unreached(host, error, timeout_s) from error

    def _opener(self, url: str) -> urllib.request.OpenerDirector:
        direct = urlsplit(url).hostname in _LOOPBACK
        proxies = urllib.request.ProxyHandler({} if direct else None)
        return urllib.request.build_opener(_NoRedirect(), proxies, urllib.request.HTTPSHandler(context=self.ssl_context))

    def _body(self, host: str, response: HTTPResponse, timeout_s: float) -> bytes:
        """The whole body; neither longer nor later than is sensible."""
        whole = bytearray()
        until = self.clock.steady() + timeout_s
        while part := response.read1(_AT_ONCE):
            whole += part
            if len(whole) > _MOST_BYTES:
                raise OnlineUnreadable(f"{host}: the answer is longer than {_MOST_BYTES // 1_000_000} MB. Is it a geocoder?")
            if self.clock.steady() > until:
                raise _too_late(host, timeout_s)
        return bytes(whole)

    def _status(self, host: str, error: urllib.error.HTTPError) -> OnlineError:
        if error.code in _BUSY:
            after_s = _after_s(error.headers.get("Retry-After"), self.clock.now())
            return Busy(f"{host} is busy ({error.code}).", error.code, after_s)
        if error.code in _REFUSED:
            return refused(host, error.code)
        if error.code >= 500:
            return OnlineUnavailable(f"{host} is out of order ({error.code} {error.reason}). Try later, or another server.")
        return OnlineUnreadable(f"{host} answers {error.code} {error.reason}. Is the address that of a geocoder?")


def refused(host: str, status: int, after_s: float | None = None) -> OnlineRefused:
    """The error for a server that will not answer, with what to do."""
    later = f" It asks to come back in {after_s:.0f} s." if after_s else ""
    todo = {
        400: "Ask for a shorter or plainer name.",
        403: "Read its usage policy, give a contact (INCIDENTMAP_CONTACT), or use a server of your own.",
    }.get(status, "Ask less often, or use a server of your own.")
    return OnlineRefused(f"{host} refuses ({status}): {_REFUSED.get(status, 'it will not answer')}.{later} {todo}")


def _after_s(header: str | None, now: float) -> float | None:
    """Seconds of a Retry-After header, which holds seconds or a date; None without one that can be read."""
    if header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now)
    except (ValueError, OverflowError):
        return None


def _parsed(host: str, body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        told = f"{host}: the answer is no JSON ({type(error).__name__}). Is the address that of a geocoder?"
        raise OnlineUnreadable(told) from error


def _too_late(host: str, timeout_s: float) -> OnlineUnavailable:
    return OnlineUnavailable(f"{host} did not answer within {timeout_s:g} s. Try later, or wait longer.")


def _unreached(host: str, error: Exception, timeout_s: float) -> OnlineUnavailable:
    why = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(why, TimeoutError):
        return _too_late(host, timeout_s)
    if isinstance(why, ssl.SSLError):
        return OnlineUnavailable(f"{host}: its certificate or TLS is not accepted ({why.reason or why}). Nothing was sent.")
    return OnlineUnavailable(f"{host} cannot be reached ({why}). Is there a network? The local gazetteer works without one.")
