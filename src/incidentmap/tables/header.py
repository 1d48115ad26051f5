"""Column names, compared as people mean them: without case, accents, blanks and signs."""

import re
import unicodedata
from collections.abc import Sequence

_SIGNS = re.compile(r"[\W_]+")


def fold(name: str) -> str:
    """A name as it is compared: ``"Date de l’événement"`` and ``"date_de_l_evenement"`` are one."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return _SIGNS.sub("", "".join(letter for letter in plain if not unicodedata.combining(letter)))


def place_of(names: Sequence[str], columns: Sequence[str]) -> int | None:
    """Where the first of the names stands among the columns, None if none does; of two alike columns the first counts."""
    folded = [fold(column) for column in columns]
    return next((folded.index(fold(name)) for name in names if fold(name) in folded), None)
