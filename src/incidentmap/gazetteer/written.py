"""Names as a text writes them: those that a gazetteer knows, and capitalised words that may be names none knows."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from incidentmap.gazetteer.names import fold_name
from incidentmap.gazetteer.relations import relations
from incidentmap.gazetteer.stops import stops
from incidentmap.model import Span

BREAK = re.compile(r"(?<!\benv)(?<!\bkm)[.!?;](?=\s|\Z)|\n\s*\n")
"""Where a sentence ends, and no relation goes on."""
TIGHT_DASH = re.compile(r"[-–‐‑]")
_WORD = r"[A-ZÀ-ÖØ-ÞŁŊŌŞƁƊƝ][^\W_]*(?:['’‐‑-][^\W_]+)*"
_CAPITALISED = re.compile(rf"(?:(?<![\w'’-])|(?<=\b[dlDL]['’])){_WORD}(?:[ \u00a0]{_WORD}){{0,2}}")
_ONE_WORD = re.compile(_WORD)
_TINY = 2


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the text; `known` to the gazetteer or only written like one."""

    span: Span
    known: bool


def written_names(text: str, known: Sequence[Span], taken: Sequence[Span]) -> list[Name]:
    """Known names and unknown ones between them, in order."""
    known = sorted((*known, *_written_small(text, sorted((*known, *taken)))))
    closed = sorted((span.start, span.end) for span in (*known, *taken))
    names = [Name(span, known=True) for span in known]
    wall = 0
    for match in _CAPITALISED.finditer(text):
        while wall < len(closed) and closed[wall][1] <= match.start():
            wall += 1
        end = min(match.end(), closed[wall][0]) if wall < len(closed) else match.end()
        span = _trimmed(text, match.start(), end)
        if span:
            names.append(Name(span, known=False))
    walls = sorted(taken)
    names += [Name(span, known=False) for end in known if (span := _behind_dash(text, end, walls))]
    return sorted(names, key=lambda name: name.span.start)


def _behind_dash(text: str, known: Span, walls: Sequence[Span]) -> Span | None:
    """An unknown name that a dash ties to a known one: "Goundam-Xaraxa"."""
    dash = TIGHT_DASH.match(text, known.end)
    match = _ONE_WORD.match(text, dash.end()) if dash else None
    return _trimmed(text, match.start(), match.end()) if match and _free(match, walls) else None


def _written_small(text: str, walls: Sequence[Span]) -> Iterator[Span]:
    for match in relations().small.finditer(text):
        if _free(match, walls):
            yield span_of(text, match.start(), match.end())


def _free(match: re.Match[str], walls: Sequence[Span]) -> bool:
    """Whether a match touches none of the sorted spans nearest to it."""
    index = bisect_left(walls, match.end(), key=lambda span: span.start)
    return not any(match.start() < span.end for span in walls[max(0, index - 2) : index])


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """An unknown name without what cannot be part of one, None where nothing is left."""
    quote = text[start:end].rstrip(" \u00a0-'’‐‑") if end > start else ""
    words = quote.split()
    if not words or len(quote) < _TINY or quote.isupper():
        return None
    folded = [fold_name(word) for word in words]
    if folded[0] in stops().words or " ".join(folded) in stops().words:
        return None
    return Span(start, start + len(quote), quote)


def span_of(text: str, start: int, end: int) -> Span:
    """The span of a stretch of a text."""
    return Span(start, end, text[start:end])
