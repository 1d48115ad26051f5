"""One way to compare names: folding, used when the gazetteer is compiled and when it is asked.

NFKD alone is not enough for the Sahel: it leaves the letters of Bambara, Songhay, Fulfulde and Tamasheq (ɛ, ɔ, ɲ, ŋ, ɓ, ɗ),
the stroked Latin ones (ł, đ, ø) and Arabic's spelling variants (ى, ة) as they are. A letter table does the rest.
"""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({
    "ł": "l", "đ": "d", "ð": "d", "ø": "o", "ɔ": "o", "ɛ": "e", "ə": "e", "ǝ": "e", "ɲ": "n", "ŋ": "n", "ɓ": "b", "ɗ": "d",
    "ɖ": "d", "ƙ": "k", "ƴ": "y", "ɣ": "g", "ħ": "h", "ŧ": "t", "ʋ": "v", "ƒ": "f", "ı": "i", "ɩ": "i", "ʊ": "u", "ʃ": "sh",
    "ʒ": "j", "æ": "ae", "œ": "oe", "þ": "th", "ſ": "s",
    "ى": "ي", "ة": "ه", "ٱ": "ا", "ک": "ك", "ی": "ي", "ـ": "",
    # Signs for the glottal stop and the ayn count as letters in Unicode; in names they are apostrophes.
    "ʼ": " ", "ʻ": " ", "ʹ": " ", "ʽ": " ", "ʾ": " ", "ʿ": " ", "ˈ": " ", "ˌ": " ", "ʔ": " ", "ʕ": " ", "ꞌ": " ",
})
_WORD_CLASSES = frozenset("LN")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_TOKEN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u064b-\u0652\u0670\u0640])*")


@lru_cache(maxsize=1 << 12)
def fold_name(text: str) -> str:
    """A name without case, accents, marks and punctuation: words of letters and digits with one blank between them.

    Never raises, whatever the text holds; folding twice is folding once. Arabic and N'Ko letters stay, their vowel signs and
    the tatweel go. A text without letters or digits folds to the empty string.
    """
    bare = text.lower() if text.isascii() else _without_marks(_without_marks(text).casefold()).translate(_LETTERS)
    if bare.isascii():  # the same, ten times faster: most names are, and names are folded by the million
        return " ".join(_ASCII_WORD.findall(bare))
    return " ".join("".join(char if _is_word(char) else " " for char in bare).split())


def squash(folded: str) -> str:
    """A folded name without blanks, so that "I-n-Délimane" meets "In Delimane" and "Aguel'hoc" meets "Aguelhoc"."""
    return folded.replace(" ", "")


_SOUNDS = tuple((re.compile(pattern), sound) for pattern, sound in (
    (r"tch|ch|sh", "x"), (r"dj|dg|d[iy](?=[aeou])", "j"), (r"gh|rh|gu(?=[ei])", "g"), (r"ou|oo|w", "u"),
    (r"ck|kh|qu|q|c(?![eiy])", "k"), (r"c(?=[eiy])|ss|z", "s"), (r"ph", "f"), (r"gn(?=[aeou])|ny", "ni"), (r"y", "i"),
    (r"ai|ei", "e"), (r"h", ""), (r"(.)\1+", r"\1"), (r"n(?=[bp])", "m"), (r"e?s?\Z", ""),
))
"""In this order. Judged on pairs of spellings of one GeoNames row in Mali: tests/gazetteer/test_eval.py."""


def phonetic(folded: str) -> str:
    """A folded name as it sounds in the French-written Sahel: ou/w, dj/di, tch/ch, gh/rh, c/k/q, gn/ny, silent h and final e.

    A key to look for, never an answer by itself: one name in fourteen of Mali's settlements shares it with another one's.
    """
    sounded = squash(folded)
    for pattern, sound in _SOUNDS:
        sounded = pattern.sub(sound, sounded)
    return sounded


def halves(name: str) -> tuple[str, str] | None:
    """The two names of an axis such as "Douentza-Hombori" or "Gao – Anéfis", as written; None for any other name.

    Whether it is one is for the gazetteer to say: the whole must be unknown and both halves known ("In-Delimane" is one name).
    """
    parts = [part.strip() for part in _JOINT.split(name)]
    return (parts[0], parts[1]) if len(parts) == 2 and all(len(part) > 1 for part in parts) else None


def cuts(name: str) -> tuple[tuple[str, str], ...]:
    """Every way to cut a name with one or more joints into two: "Boni-In-Delimane" at each of its hyphens."""
    pairs = ((name[: match.start()].strip(), name[match.end() :].strip()) for match in _JOINT.finditer(name))
    return tuple((left, right) for left, right in pairs if len(left) > 1 and len(right) > 1)


def without_aside(name: str) -> tuple[str, str]:
    """A name and what is said beside it: "Kidal, Mali", "Tombouctou (Mali)", "Boni (cercle de Douentza; région de Mopti)".

    Returns
    -------
    tuple of str
        (bare name, aside), as written; the aside is empty where there is none.
    """
    match = _OPENING.search(name)
    if match is None:
        return name, ""
    bare, aside = name[: match.start()].strip(), name[match.end() :].strip(_AROUND)
    return (bare, aside) if fold_name(bare) and fold_name(aside) else (name, "")


_JOINT = re.compile(r"\s*[-\u2010-\u2015/]\s*")
_OPENING = re.compile(r"[,;(\[]")
_AROUND = " \t\n\u00a0,;.()[]"


def words(text: str) -> tuple[str, ...]:
    """The words of a text as they are written, cut where folding would cut."""
    return tuple(match.group() for match in _TOKEN.finditer(text))


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return decomposed if decomposed.isascii() else "".join(c for c in decomposed if unicodedata.category(c) != "Mn")


def _is_word(char: str) -> bool:
    category = unicodedata.category(char)
    return category[0] in _WORD_CLASSES or category == "Mc"
