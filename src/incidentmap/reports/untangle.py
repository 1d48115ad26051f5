"""Markup made safe to parse: comments, declarations, scripts and styles cut out, tags that never end made plain text.

The parser of the standard library searches the rest of the page again for each tag or comment that never ends, before
Python 3.14 in time that grows with the square of the page: 200 kB of `<!--` take it eleven seconds. This runs once through.
"""

import re

_OPENING = re.compile(r"<(?:!--|[!?]|(?:script|style)(?=[\s/>])|/?[A-Za-z]|)", re.IGNORECASE)
_ENDS = {
    "<!--": re.compile("-->"),
    "<!": re.compile(">"),
    "<?": re.compile(">"),
    "<script": re.compile(r"</script\s*>", re.IGNORECASE),
    "<style": re.compile(r"</style\s*>", re.IGNORECASE),
    "<": re.compile(">"),
}


def untangle(markup: str) -> str:
    """The same page with nothing in it that a parser could lose itself in; what never ends is kept as text."""
    pieces: list[str] = []
    ends: dict[str, tuple[int, int]] = {}
    position = 0
    while (opening := _OPENING.search(markup, position)) is not None:
        pieces.append(markup[position:opening.start()])
        word = opening.group().lower()
        kind = word if word in _ENDS else "<"
        after = _next_end(markup, kind, opening.end(), ends)
        if after < 0 or word == "<":
            pieces.append("&lt;" + opening.group()[1:])
        elif kind == "<":
            pieces.append(opening.group())
        position = after if after >= 0 and kind != "<" else opening.end()
    pieces.append(markup[position:])
    return "".join(pieces)


def _next_end(markup: str, kind: str, start: int, known: dict[str, tuple[int, int]]) -> int:
    """Where what opens before `start` is over, -1 if never. Known ends are looked up, so that each is searched for once."""
    at, after = known.get(kind, (-1, 0))
    if after >= 0 and at < start:
        found = _ENDS[kind].search(markup, start)
        at, after = found.span() if found else (-1, -1)
        known[kind] = at, after
    return after
