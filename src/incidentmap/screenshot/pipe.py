"""Chromium's DevTools protocol over a pipe: JSON messages that end with a zero byte. No port is opened."""

import json
import os
import selectors
import time
from typing import Any

from incidentmap.model import IncidentmapError

Message = dict[str, Any]
_ENDED = "The browser has ended before the picture was made. Try again, or draw without one: --or-drawn"


class PageFailed(IncidentmapError, RuntimeError):
    """A browser that ended, did not answer in time, or said that it could not."""


class Pipe:
    """Questions to a browser, each with its answer; what it tells unasked is not listened to.

    Parameters
    ----------
    write, read
        File descriptors of our ends.
    patience_s
        Seconds that an answer may take.
    """

    def __init__(self, write: int, read: int, patience_s: float) -> None:
        self._write, self._read, self._patience_s = write, read, patience_s
        self._number, self._rest = 0, b""
        self.session = ""

    def ask(self, method: str, **params: object) -> Message:
        """Ask for something and wait for the answer.

        Raises
        ------
        PageFailed
            If the browser refuses, has ended, or takes too long.
        """
        self._number += 1
        message: Message = {"id": self._number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        try:
            os.write(self._write, json.dumps(message).encode() + b"\0")
        except BrokenPipeError as error:
            raise PageFailed(_ENDED) from error
        return self._answer(self._number, method)

    def _answer(self, number: int, method: str) -> Message:
        end = time.monotonic() + self._patience_s
        while True:
            told = json.loads(self._message(end))
            if told.get("id") != number:
                continue
            if "error" in told:
                raise PageFailed(f"The browser refused {method}: {told['error'].get('message', '')}")
            result: Message = told["result"]
            return result

    def _message(self, end: float) -> bytes:
        with selectors.DefaultSelector() as ready:
            ready.register(self._read, selectors.EVENT_READ)
            while b"\0" not in self._rest:
                left = end - time.monotonic()
                if left <= 0 or not ready.select(left):
                    todo = "Narrow the filters, or draw without a browser: --or-drawn"
                    raise PageFailed(f"The browser did not answer within {self._patience_s:g} s. {todo}")
                piece = os.read(self._read, 1 << 20)
                if not piece:
                    raise PageFailed(_ENDED)
                self._rest += piece
        message, _, self._rest = self._rest.partition(b"\0")
        return message
