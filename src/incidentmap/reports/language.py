"""French or English, by the words that every text needs."""

import re
from collections import Counter

from incidentmap.reports.lexicon import LANGUAGES, lexicon

_SAMPLE = 20_000


def detect_language(text: str) -> str:
    """The language whose function words are most frequent, ``fr`` where none is."""
    words = Counter(re.findall(r"[^\W\d_]+", text[:_SAMPLE].lower()))
    return max(LANGUAGES, key=lambda language: _score(language, words))


def _score(language: str, words: Counter[str]) -> int:
    return sum(words[word] for word in lexicon(language).phrases("language", "function_words"))
