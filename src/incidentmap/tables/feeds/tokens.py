"""How requests prove who asks: ACLED's tokens for name and password (OAuth), UCDP's token for all."""

import json
import os
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from incidentmap.model import BadValue, FeedRefused, FeedUnreadable
from incidentmap.tables.feeds.address import Feed, Service, home
from incidentmap.tables.feeds.logins import ACLED_EMAIL, ACLED_PASSWORD, UCDP_TOKEN, Login, keep_login, kept_login
from incidentmap.tables.feeds.wire import Asked, Wire

_TOKEN = re.compile(r"[\x21-\x7e]{1,8000}")
_EARLY_S = 300.0
"""A token is renewed so long before it runs out."""
_MOST_BYTES = 1_000_000
_REFUSALS = {
    400: "it does not know this e-mail and password, or the login has run out. Log in again: incidentmap login acled",
    401: "it does not know this e-mail and password, or the login has run out. Log in again: incidentmap login acled",
}


class Credentials(Protocol):
    """What goes with each request."""

    def headers(self, wire: Wire) -> Mapping[str, str]:
        """The headers that prove who asks."""
        ...

    def renew(self, wire: Wire) -> bool:
        """Try to get new ones, after a server refused these; whether that can help."""
        ...


@dataclass(frozen=True, slots=True)
class Nobody:
    """Nothing is proved."""

    def headers(self, wire: Wire) -> Mapping[str, str]:  # noqa: ARG002 - of the protocol
        """None."""
        return {}

    def renew(self, wire: Wire) -> bool:  # noqa: ARG002 - of the protocol
        """Nothing to renew."""
        return False


@dataclass(frozen=True, slots=True)
class UcdpToken:
    """A token that lasts."""

    token: str

    def __repr__(self) -> str:
        return "UcdpToken(not shown)"

    def headers(self, wire: Wire) -> Mapping[str, str]:  # noqa: ARG002 - of the protocol
        """UCDP's own header."""
        return {"x-ucdp-access-token": self.token}

    def renew(self, wire: Wire) -> bool:  # noqa: ARG002 - of the protocol
        """Only UCDP gives new ones."""
        return False


@dataclass(slots=True)
class AcledTokens:
    """A token of a day, and one of two weeks that brings the next.

    Parameters
    ----------
    keep
        Told of each new login.
    now
        Seconds since 1970.
    """

    login: Login
    keep: Callable[[Login], object]
    now: Callable[[], float] = time.time

    def __repr__(self) -> str:
        return "AcledTokens(not shown)"

    def headers(self, wire: Wire) -> Mapping[str, str]:
        """The token, renewed if it is about to run out."""
        if self.login.until and self.login.until - _EARLY_S < self.now():
            self.renew(wire)
        return {"Authorization": f"Bearer {self.login.token}"}

    def renew(self, wire: Wire) -> bool:
        """Trade the long token for new ones.

        Raises
        ------
        FeedRefused
            If it has run out too.
        """
        form = {"grant_type": "refresh_token", "refresh_token": self.login.refresh, "client_id": "acled"}
        self.login = _granted(wire, self.login.server, form, self.now())
        self.keep(self.login)
        return True


def acled_login(wire: Wire, server: str, email: str, password: str, now: float) -> Login:
    """The tokens that ACLED's server gives for name and password.

    Raises
    ------
    FeedRefused
        If it does not know them.
    FeedUnavailable, FeedUnreadable
        If it gives no sensible answer.
    """
    form = {"grant_type": "password", "username": email, "password": password, "client_id": "acled"}
    return _granted(wire, server, form, now)


def read_token(text: str) -> str:
    """A token as it was typed.

    Raises
    ------
    BadValue
        If it could not stand in a header.
    """
    if not _TOKEN.fullmatch(text.strip()):
        raise BadValue("token", "(not shown)", "printable ASCII without blanks")
    return text.strip()


def credentials(feed: Feed, wire: Wire, now: Callable[[], float] = time.time) -> Credentials:
    """What proves who asks for a feed: from the environment, else as it was kept.

    Raises
    ------
    FeedRefused
        If there is no login for its server.
    """
    if feed.service is Service.GDELT:
        return Nobody()
    given = _from_environment(feed, wire, now)
    login = given or kept_login(feed.service)
    if login is None or login.server != feed.server:
        others = f", only for {login.server}" if login else ""
        server = "" if feed.server == home(feed.service) else f" --server {feed.server}"
        raise FeedRefused(f"there is no login for {feed.server}{others}. Log in: incidentmap login {feed.service}{server}")
    keep = _keep_nothing if given else partial(keep_login, feed.service)
    return UcdpToken(login.token) if feed.service is Service.UCDP else AcledTokens(login, keep, now)


def _keep_nothing(_: Login) -> None:
    """A login of the environment is written nowhere."""


def _from_environment(feed: Feed, wire: Wire, now: Callable[[], float]) -> Login | None:
    if feed.service is Service.UCDP:
        token = os.environ.get(UCDP_TOKEN, "")
        return Login(feed.server, read_token(token)) if token.strip() else None
    email, password = os.environ.get(ACLED_EMAIL, "").strip(), os.environ.get(ACLED_PASSWORD, "")
    return acled_login(wire, feed.server, email, password, now()) if email and password else None


def _granted(wire: Wire, server: str, form: Mapping[str, str], now: float) -> Login:
    asked = Asked(f"{server}/oauth/token", ("json",), form=form, refusals=_REFUSALS, most_bytes=_MOST_BYTES)
    told = f"{server} answers no token. Is it ACLED's server?"
    try:
        answer: Any = json.loads(wire.fetch(asked))
        token, refresh = str(answer["access_token"]), str(answer.get("refresh_token") or form.get("refresh_token", ""))
        lasts_s = float(answer.get("expires_in", 0))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FeedUnreadable(told) from error
    if not _TOKEN.fullmatch(token) or not 0 <= lasts_s < 1e9:
        raise FeedUnreadable(told)
    return Login(server, token, refresh, now + lasts_s if lasts_s else 0.0)
