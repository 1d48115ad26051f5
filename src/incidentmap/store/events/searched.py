"""The words by which event rows are searched, folded as :mod:`incidentmap.store.fold` does.

DuckDB folds the letters of English, French, Spanish, Portuguese and German itself, without Python, twice as fast; a text with
any other letter is folded by the one rule. That both are equal is tested letter by letter.
"""

import pyarrow as pa

from incidentmap.store.fold import fold_text

SEARCHED = ("place", "admin1", "admin2", "admin3", "actor1", "actor2", "assoc1", "assoc2", "notes")
"""Columns whose words are searched; the notes stand for the quotes of a report."""
PLAIN = r"\x00-\x7fÀ-ÅÇ-ÏÑ-ÖÙ-Ýà-åç-ïñ-öù-ýÿŒœ«»‐‒-―‘-‟†-•"
"""Letters and signs that DuckDB folds, as in a regular expression between brackets."""
_BLANKS = r"[\t-\r\x1c-\x20]+"
"""What Python's `str.split` divides plain text at."""
_ODD_BLANKS = r"[\t-\r\x1c-\x1f]|  |^ | $"


def searched_sql() -> str:
    """DuckDB's expression for the words of a row; it needs :func:`fold_texts` as a function of the connection."""
    words = f"concat_ws(' ', {', '.join(SEARCHED)})"
    bare = f"lower(strip_accents({words}))"
    return (
        f"CASE WHEN NOT regexp_full_match({words}, '[{PLAIN}]*') THEN fold_texts({words})"
        f" WHEN regexp_matches({words}, '{_ODD_BLANKS}') THEN trim(regexp_replace({bare}, '{_BLANKS}', ' ', 'g'))"
        f" ELSE {bare} END"
    )


def fold_texts(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    """`fold_text` of each text."""
    return pa.array([fold_text(text) for text in texts.to_pylist()], pa.string())
