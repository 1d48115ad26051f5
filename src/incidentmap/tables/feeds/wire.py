"""Requests over HTTP, one at a time and with patience: a body within limits, or an error in clear words."""

import random
import time
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import urllib3
from urllib3.exceptions import HTTPError, InvalidHeader, SSLError

from incidentmap import __version__
from incidentmap.model import FeedRefused, FeedUnavailable, FeedUnreadable, Stopped

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
MOST_BYTES = 64_000_000
"""Of a body; a page of 5,000 events is some 8 MB."""
_TRIES = 5
_FIRST_WAIT_S = 2.0
"""Doubled at each try, and up to half as much again by chance, so that programs that failed together do not return together."""
_LONGEST_WAIT_S = 600.0
"""Who asks for more is told to the user instead of waited for."""
_INTERVAL_S = 1.0
"""Least seconds between two requests to a server that is not this machine."""
_AT_ONCE = 65_536
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})


def _sleep(seconds: float) -> bool:
    time.sleep(seconds)
    return True


@dataclass(frozen=True, slots=True)
class Pace:
    """Time as one who fetches sees it.

    Parameters
    ----------
    steady
        Seconds that never jump.
    wait
        Waits for seconds; False if the person said stop meanwhile.
    chance
        A number from 0 to 1.
    """

    steady: Callable[[], float] = time.monotonic
    wait: Callable[[float], bool] = _sleep
    chance: Callable[[], float] = random.random


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. Headers and form may hold secrets, and are never shown.

    Parameters
    ----------
    kinds
        Parts of media types of which the answer must have one (``json``).
    refusals
        What a status means here, where that is more than usual.
    form
        Sent by POST.
    """

    url: str
    kinds: tuple[str, ...]
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    refusals: Mapping[int, str] = field(default_factory=dict)
    most_bytes: int = MOST_BYTES


class LoginExpired(FeedRefused):
    """The server does not know the login, or no longer (401)."""


class _Busy(Exception):
    def __init__(self, said: str, after_s: float | None = None) -> None:
        super().__init__(said)
        self.after_s = after_s


class Wire:
    """Fetches, one request at a time. Goes to the server that was named and to no other: nothing is redirected."""

    def __init__(self, pace: Pace | None = None, timeout_s: float = 60.0) -> None:
        self._pace = pace or Pace()
        self._timeout_s = timeout_s
        self._free_at = 0.0
        self._pools: dict[str | None, urllib3.PoolManager] = {}

    def fetch(self, asked: Asked) -> bytes:
        """The body of an answer.

        Raises
        ------
        LoginExpired, FeedRefused, FeedUnavailable, FeedUnreadable
            If there is none, or another one than was asked for.
        Stopped
            If the person said stop while it waited.
        """
        host = urlsplit(asked.url).netloc
        for turn in range(_TRIES):
            self._wait(self._free_at - self._pace.steady())
            try:
                return self._once(asked, host)
            except _Busy as error:
                busy = error
            finally:
                self._free_at = self._pace.steady() + (0.0 if _is_here(asked.url) else _INTERVAL_S)
            wait_s = busy.after_s if busy.after_s is not None else _FIRST_WAIT_S * 2**turn * (1 + self._pace.chance() / 2)
            if wait_s > _LONGEST_WAIT_S:
                raise FeedUnavailable(f"{host}: {busy}, and asks to come back in {wait_s:.0f} s. Try again then.")
            if turn + 1 < _TRIES:
                self._wait(wait_s)
        raise FeedUnavailable(f"{host}: {busy}, at each of {_TRIES} tries. Try later; what came so far is kept.") from busy

    def _wait(self, seconds: float) -> None:
        if seconds > 0 and not self._pace.wait(seconds):
            raise Stopped("the fetching was stopped; what came so far is kept.")

    def _once(self, asked: Asked, host: str) -> bytes:
        timeout = urllib3.Timeout(connect=min(self._timeout_s, 20.0), read=self._timeout_s)
        try:
            response = self._pool(asked.url).request(
                "POST" if asked.form is not None else "GET", asked.url, body=_body_of(asked), headers=_headers(asked),
                redirect=False, retries=False, preload_content=False, timeout=timeout,
            )
            try:
                _check(response, asked, host)
                return self._body(response, asked, host)
            finally:
                response.close()
        except SSLError as error:
            told = f"{host}: its certificate or TLS is not accepted ({error}). Nothing was sent."
            raise FeedUnavailable(told) from error
        except HTTPError as error:
            raise _Busy(f"cannot be reached, or broke off ({type(error).__name__})") from error

    def _body(self, response: urllib3.BaseHTTPResponse, asked: Asked, host: str) -> bytes:
        """The whole body; neither longer, unpacked, nor later than is sensible."""
        whole, until = bytearray(), self._pace.steady() + 10 * self._timeout_s
        for part in response.stream(_AT_ONCE, decode_content=True):
            whole += part
            if len(whole) > asked.most_bytes:
                raise FeedUnreadable(f"{host}: the answer is longer than {asked.most_bytes:,} bytes. Is the address right?")
            if self._pace.steady() > until:
                raise _Busy(f"did not answer in full within {10 * self._timeout_s:g} s")
        return bytes(whole)

    def _pool(self, url: str) -> urllib3.PoolManager:
        """A proxy of the environment is used, but never for this machine."""
        parts = urlsplit(url)
        proxy = None
        if not _is_here(url) and not urllib.request.proxy_bypass(parts.hostname or ""):
            proxy = urllib.request.getproxies().get(parts.scheme)
        if proxy not in self._pools:
            self._pools[proxy] = urllib3.ProxyManager(proxy) if proxy else urllib3.PoolManager()
        return self._pools[proxy]


def _is_here(url: str) -> bool:
    return urlsplit(url).hostname in LOOPBACK


def _body_of(asked: Asked) -> bytes | None:
    return None if asked.form is None else urlencode(asked.form).encode("ascii")


def _headers(asked: Asked) -> dict[str, str]:
    form = {"Content-Type": "application/x-www-form-urlencoded"} if asked.form is not None else {}
    return {"User-Agent": f"incidentmap/{__version__}", "Accept-Encoding": "gzip", **form, **asked.headers}


def _check(response: urllib3.BaseHTTPResponse, asked: Asked, host: str) -> None:
    status = response.status
    if status in _BUSY:
        raise _Busy(f"is busy or out of order ({status})", _after_s(response.headers.get("Retry-After")))
    if status in asked.refusals:
        raise FeedRefused(f"{host} refuses ({status}): {asked.refusals[status]}")
    if 300 <= status < 400:
        todo = "Name that address yourself if you trust it."
        raise FeedUnreadable(f"{host} sends on to another address ({status}); requests go nowhere but where you said. {todo}")
    if status == 401:
        raise LoginExpired(f"{host} does not accept the login (401), or no longer. See: incidentmap login --help")
    if status == 403:
        told = "has the account accepted the terms, and the right to use the service?"
        raise FeedRefused(f"{host} refuses (403): {told}")
    if status != 200:
        todo = "Is the address right? Some servers say so to too many requests: try later."
        raise FeedUnreadable(f"{host} answers {status}. {todo}")
    kind = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
    if not any(part in kind for part in asked.kinds):
        told = f"answers {kind or 'something without a type'} where {' or '.join(asked.kinds)} was asked for"
        raise FeedUnreadable(f"{host}: {told}. Is there a login page of the network in between?")


def _after_s(header: str | None) -> float | None:
    """Seconds of a Retry-After header, None without one that can be read."""
    if header is None:
        return None
    try:
        return float(urllib3.Retry(retry_after_max=10**9).parse_retry_after(header))
    except (InvalidHeader, OverflowError, ValueError):
        return None
