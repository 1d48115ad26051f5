"""A briefing as one frozen value: every text in the reader's words, every picture drawn. What sets it in type adds nothing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number with what it counts; `note` says what it leaves open."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Plate:
    """A map: an image file (SVG, or PNG where it holds too much for a vector), its caption, and what it shows in words."""

    image: bytes
    kind: str
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class LegendLine:
    """An actor's symbol (SVG), name and number of incidents."""

    symbol: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Bars:
    """Incidents over time, stacked by actor: `counts[actor][step]`, `colours` by actor, a label for each step.

    `undated` is how many stand in no bar.
    """

    step: str
    labels: tuple[str, ...]
    colours: tuple[str, ...]
    names: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    undated: int
    alt: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the incident table; `sources` are numbers of the list of sources.

    `news` says in a word whether it is new or changed since what the briefing compares with, empty where neither.
    """

    number: int
    date: str
    place: str
    event: str
    actors: str
    killed: str
    status: str
    sources: tuple[int, ...]
    news: str = ""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What differs of one incident, in words; `number` is its own in the incident table, 0 where it has none."""

    number: int
    kinds: str
    incident: str
    differs: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed since an earlier version: a sentence with the numbers, then a line for each that is not simply new.

    `note` says what the lines leave out, empty where they are whole.
    """

    heading: str
    sentence: str
    lines: tuple[ChangeLine, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What one claimant says, with the quote and the number of its source.

    `low`, `best` and `high` stand on the scale of the question, None where open or unknown.
    """

    who: str
    says: str
    quote: str
    source: int
    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """What rival statements are about; `scale` is the greatest number of their bars, 0 where there are none."""

    heading: str
    scale: float
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """The claims of one incident, side by side."""

    number: int
    title: str
    line: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered source: who published it and when, its address, and the hash of the file that was read."""

    number: int
    title: str
    line: str
    url: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """All that a briefing says, in order.

    Parameters
    ----------
    words
        Headings and column names by key, in the language of the briefing.
    issued
        The day it was made, ISO 8601: told by the caller, for the same input gives the same bytes.
    table_note, accounts_note
        What the table and the accounts leave out, empty where they are whole.
    changed
        None where the briefing compares with nothing.
    """

    language: str
    right_to_left: bool
    issued: str
    title: str
    area: str
    window: str
    filters: str
    sentence: str
    rule: str
    figures: tuple[KeyFigure, ...]
    plates: tuple[Plate, ...]
    legend: tuple[LegendLine, ...]
    bars: Bars | None
    rows: tuple[Row, ...]
    table_note: str
    accounts: tuple[Account, ...]
    accounts_note: str
    sources: tuple[Source, ...]
    method: tuple[str, ...]
    limits: tuple[str, ...]
    versions: tuple[str, ...]
    credit: str
    words: tuple[tuple[str, str], ...]
    changed: Changed | None = None
