"""geopy's adapter for online geocoders: kept answers first, then the host's limiter, then the wire."""

from collections.abc import Mapping
from typing import Any, NoReturn
from urllib.parse import parse_qsl, urlsplit

from geopy.adapters import BaseSyncAdapter

from incidentmap.gazetteer.online.answers import Answers, Question
from incidentmap.gazetteer.online.limiter import Limiter
from incidentmap.gazetteer.online.shapes import FOUND, OtherShape
from incidentmap.gazetteer.online.wire import Busy, Wire, refused
from incidentmap.model import OnlineUnavailable, OnlineUnreadable

_TRIES = 3
_LONGEST_WAIT_S = 60.0
"""A server that asks for more is told to the user instead of waited for."""
_FIRST_WAIT_S = 2.0
"""Doubled at each try, for a server that does not say when to come back."""


class Carrier(BaseSyncAdapter):  # type: ignore[misc]  # geopy ships no types
    """Brings answers to the questions of one provider's server.

    Parameters
    ----------
    provider, path
        Its name, and the path of the server in front of the provider's own calls.
    """

    def __init__(self, provider: str, path: str, answers: Answers, limiter: Limiter, wire: Wire) -> None:
        super().__init__(proxies=None, ssl_context=None)
        self._provider = provider
        self._path = path
        self._answers = answers
        self._limiter = limiter
        self._wire = wire
        self.sent = 0
        """Requests sent so far, each try counted."""

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        """The answer to a question, kept or fresh. An error is neither kept nor taken for "nothing found".

        Raises
        ------
        OnlineRefused, OnlineUnavailable, OnlineUnreadable
            If there is none.
        UnwritablePlace
            If answers cannot be kept.
        """
        question = self._question(url)
        kept = self._answers.kept(question)
        if kept is not None:
            return kept
        with self._limiter.turn:
            kept = self._answers.kept(question)  # another thread may have asked the same meanwhile
            if kept is not None:
                return kept
            answer = self._fresh(url, timeout, headers)
            self._answers.keep(question, answer, found=self._found(url, answer))
        return answer

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> NoReturn:  # noqa: ARG002
        """Refuse: both providers answer in JSON."""
        raise OnlineUnreadable(f"{url}: text was asked for where JSON is answered.")

    def _question(self, url: str) -> Question:
        parts = urlsplit(url)
        call = parts.path.removeprefix(self._path)
        return Question(self._provider, f"{parts.netloc}{self._path}", call, tuple(sorted(parse_qsl(parts.query))))

    def _fresh(self, url: str, timeout_s: float, headers: Mapping[str, str]) -> Any:
        host = urlsplit(url).netloc
        if self._limiter.left_s() > _LONGEST_WAIT_S:
            raise refused(host, 429, self._limiter.left_s())  # it has said so before; it is not asked again
        for wait_s in (_FIRST_WAIT_S * 2**done for done in range(_TRIES)):
            try:
                with self._limiter.request():
                    self.sent += 1
                    return self._wire.json(url, timeout_s=timeout_s, headers=headers)
            except Busy as error:
                busy = error
            self._limiter.pause(wait_s if busy.after_s is None else busy.after_s)
            if (busy.after_s or 0) > _LONGEST_WAIT_S:
                break
        if busy.status == 429:
            raise refused(host, busy.status, busy.after_s) from busy
        told = f"{host} is overloaded ({busy.status}), at each of {_TRIES} tries. Try later, or another server."
        raise OnlineUnavailable(told) from busy

    def _found(self, url: str, answer: Any) -> bool:
        try:
            return FOUND[self._provider](answer)
        except OtherShape as error:
            told = f"{urlsplit(url).netloc}: the answer is not one of {self._provider} ({error}). Is the address right?"
            raise OnlineUnreadable(told) from error
