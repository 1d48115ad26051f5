"""The records of a JSON file one after another: an array, an array inside an object, or one object a line."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

from incidentmap.model import UnreadableTable
from incidentmap.tables.text_bytes import opened, table_encoding

LISTS = ("features", "data", "results", "Result", "events", "records", "rows", "items", "value")
"""Members of an object under which services put their records."""
_CHUNK = 1 << 20
_LARGEST_VALUE = 64 << 20
"""Characters of one record."""
_BLANK = " \t\r\n"


class JsonRecords:
    """A JSON file being read; what stands around its records is kept in `around` once they have been gone through."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.around: dict[str, object] = {}
        self._decoder = json.JSONDecoder()
        self._text, self._at, self._ended = "", 0, False

    def __iter__(self) -> Iterator[dict[str, object]]:
        """Every record.

        Raises
        ------
        UnreadableTable
            Where it is no JSON, breaks off, or holds no records; the message says after how many records.
        """
        encoding = table_encoding(self.path)
        with opened(self.path) as file:
            self._file = io.TextIOWrapper(file, encoding)
            self._text, self._at, self._ended, self.around = "", 0, False, {}
            number = 0
            for number, record in enumerate(self._records(), start=1):
                if not isinstance(record, dict):
                    raise UnreadableTable(f"{self.path}, record {number}: {str(record)[:60]!r} is no object with named fields.")
                yield record

    def _records(self) -> Iterator[object]:
        if self._peek() == "[":
            yield from self._array()
            return
        if self._peek() != "{":
            raise self._broken("it begins neither with [ nor with {")
        yield from self._object()
        while self._peek():
            yield self._value()

    def _object(self) -> Iterator[object]:
        """The records of the list in the object, else the object itself: the first of one a line."""
        self._at += 1
        found = False
        while self._peek() != "}":
            key = str(self._value())
            self._take(":")
            if key in LISTS and self._peek() == "[" and not found:
                found = True
                yield from self._array()
            else:
                self.around[key] = self._value()
            if self._peek() != "}":
                self._take(",")
        self._at += 1
        if not found:
            yield self.around

    def _array(self) -> Iterator[object]:
        self._at += 1
        while self._peek() != "]":
            yield self._value()
            if self._peek() != "]":
                self._take(",")
        self._at += 1

    def _peek(self) -> str:
        """The next sign that is no blank; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _BLANK:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _take(self, sign: str) -> None:
        if self._peek() != sign:
            raise self._broken(f"{sign!r} is missing")
        self._at += 1

    def _value(self) -> object:
        self._peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except (ValueError, RecursionError) as error:
                if isinstance(error, RecursionError) or not self._more():
                    raise self._broken(str(error)) from error
                continue
            if end == len(self._text) and self._more():
                continue  # a number may go on
            self._at = end
            return value

    def _more(self) -> bool:
        """Read on; False at the end. A value that is not complete is kept, and at least doubled."""
        if self._ended or len(self._text) - self._at > _LARGEST_VALUE:
            return False
        try:
            chunk = self._file.read(max(_CHUNK, len(self._text) - self._at))
        except UnicodeDecodeError as error:
            raise self._broken(str(error)) from error
        self._ended = not chunk
        self._text, self._at = self._text[self._at:] + chunk, 0
        return bool(chunk)

    def _broken(self, said: str) -> UnreadableTable:
        near = self._text[self._at:self._at + 40]
        where = f"near {near!r}" if near else "it breaks off at the end"
        return UnreadableTable(f"{self.path}: no JSON, or a damaged one ({said}; {where}). Save or download it again.")
