"""Short words that a script writes together with the next one: Arabic "و" (and), "ب" (in), "ال" (the)."""

from dataclasses import dataclass

_MOST = 3
"""Clitics before one word: "وبال-" is three."""
_LONGEST = 40
"""Letters; a longer run is debris and stays whole."""
_SHORTEST_REST = 2


@dataclass(frozen=True, slots=True)
class Clitics:
    """The clitics of a language and the words that can follow them.

    Parameters
    ----------
    prefixes
        As written, without a hyphen.
    known
        Words of the language in lower case. One of them is never cut, and a cut leaves one of them: "وزير" (minister) begins
        with the letter of "and", yet is a word of its own.
    """

    prefixes: tuple[str, ...]
    known: frozenset[str]

    def cuts(self, word: str) -> tuple[int, ...]:
        """Where a lower-case word is cut, as offsets in it; empty where it stays whole."""
        if word in self.known or len(word) > _LONGEST:
            return ()
        return self._cuts(word, _MOST)

    def _cuts(self, word: str, depth: int) -> tuple[int, ...]:
        """Cuts that leave the longest known word, with the fewest clitics."""
        rests = [(prefix, word.removeprefix(prefix)) for prefix in self.prefixes if word.startswith(prefix)]
        rests = sorted((pair for pair in rests if len(pair[1]) >= _SHORTEST_REST), key=lambda pair: len(pair[0]))
        known = next((len(prefix) for prefix, rest in rests if rest in self.known), 0)
        if known or depth == 1:
            return (known,) if known else ()
        deeper = ((len(prefix), self._cuts(rest, depth - 1)) for prefix, rest in rests)
        return next(((first, *(first + cut for cut in cuts)) for first, cuts in deeper if cuts), ())


NO_CLITICS = Clitics((), frozenset())
