"""Place names that a person should decide, where they stand: doubts of reports, and of tables that were geocoded."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from incidentmap.model import Doubt, NameAsked, ResolutionStatus, Span
from incidentmap.store.codec import Cell, Row
from incidentmap.store.connect import reading, writing

_COLUMNS = (
    "origin", "ordinal", "name", "admin", "country", "report", "status", "span_start", "span_end", "span_quote",
    "sentence_start", "sentence_end", "sentence_quote", "times",
)
_INSERT = f"INSERT INTO questions VALUES ({', '.join(f':{column}' for column in _COLUMNS)})"  # noqa: S608 - our own columns


@dataclass(frozen=True, slots=True)
class Question:
    """A doubt, where it comes from, and how often it stands there.

    Parameters
    ----------
    origin
        Id of the report, or the table as its reader named it.
    doubt
        For a table, `sentence` is the row as text from 0 on; `span` is empty where that does not hold the name.
    """

    origin: str
    doubt: Doubt
    times: int = 1


@dataclass(frozen=True, slots=True)
class QuestionList:
    """The questions of a case file. Those of a report come and go with its reading (:meth:`incidentmap.store.Store.add`)."""

    path: Path

    def note(self, origin: str, questions: Sequence[Question]) -> None:
        """Keep the questions of an origin in place of those that it had."""
        with writing(self.path) as connection:
            write_questions(connection, origin, questions)

    def all(self) -> tuple[Question, ...]:
        """All questions, by origin and in the order in which they stand there."""
        with reading(self.path) as connection:
            rows = connection.execute("SELECT * FROM questions ORDER BY origin, ordinal")
            return tuple(_question_of(row) for row in rows)


def write_questions(connection: sqlite3.Connection, origin: str, questions: Sequence[Question]) -> None:
    """Within a transaction: the questions of an origin in place of those that it had."""
    connection.execute("DELETE FROM questions WHERE origin = ?", (origin,))
    connection.executemany(_INSERT, [_row(origin, ordinal, each) for ordinal, each in enumerate(questions)])


def doubts_of(connection: sqlite3.Connection, report_id: str) -> tuple[Doubt, ...]:
    """The doubts of a report, in the order of its text."""
    rows = connection.execute("SELECT * FROM questions WHERE origin = ? ORDER BY ordinal", (report_id,))
    return tuple(_question_of(row).doubt for row in rows)


def _row(origin: str, ordinal: int, question: Question) -> dict[str, Cell]:
    doubt = question.doubt
    asked, span, sentence = doubt.asked, doubt.span, doubt.sentence
    return {
        "origin": origin, "ordinal": ordinal, "name": asked.name, "admin": asked.admin, "country": asked.country,
        "report": asked.report, "status": doubt.status.value,
        "span_start": span.start, "span_end": span.end, "span_quote": span.quote,
        "sentence_start": sentence.start, "sentence_end": sentence.end, "sentence_quote": sentence.quote,
        "times": question.times,
    }


def _question_of(row: Row) -> Question:
    asked = NameAsked(row["name"], row["admin"], row["country"], row["report"])
    span = Span(row["span_start"], row["span_end"], row["span_quote"])
    sentence = Span(row["sentence_start"], row["sentence_end"], row["sentence_quote"])
    return Question(row["origin"], Doubt(asked, span, sentence, ResolutionStatus(row["status"])), row["times"])
