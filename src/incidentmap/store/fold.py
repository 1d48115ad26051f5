"""One way to compare words when searching, used when an incident is written and when it is asked for."""

import unicodedata


def fold_text(text: str) -> str:
    """Text without case, accents and other marks, its words divided by one blank; folding twice is folding once."""
    return " ".join(_bare(_bare(text).casefold()).split())


def _bare(text: str) -> str:
    """Compatibility-decomposed without marks. Case folding can make new marks, hence once before it and once after."""
    decomposed = unicodedata.normalize("NFKD", text)
    return decomposed if decomposed.isascii() else "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
