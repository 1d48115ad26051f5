"""Why something is as it is, in a form that can be put into any language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """A reason: a code of the message catalogue (`data/words/`, key `reason.<code>`) and the values to put into it.

    Parameters
    ----------
    code
        Key of the catalogue without `reason.`, e.g. ``"match_exact"`` or ``"date_approximate"``.
    values
        Pairs of placeholder and text, in the order in which they were given.
    """

    code: str
    values: tuple[tuple[str, str], ...] = ()


def reason(code: str, **values: object) -> Reason:
    """Build a :class:`Reason` from keyword values, each turned into text."""
    return Reason(code, tuple((key, str(value)) for key, value in values.items()))
