"""Words of a command line that begin with a minus and are no options."""

import re
from collections.abc import Sequence

_SIGNED = re.compile(r"-[.\d]")


def with_signed_values(words: Sequence[str]) -> list[str]:
    """`--bbox -5,14,0,20` as `--bbox=-5,14,0,20`: argparse takes a leading minus for another option."""
    joined: list[str] = []
    for word in _with_signed_points(words):
        if joined and joined[-1] in {"--bbox", "--area"} and word.startswith("-") and word[1:2].isdigit():
            joined[-1] = f"{joined[-1]}={word}"
        else:
            joined.append(word)
    return joined


def _with_signed_points(words: Sequence[str]) -> list[str]:
    """The words with a blank before each point that begins with a minus: argparse would take it for an option."""
    if not words or words[0] != "reverse":
        return list(words)
    return [f" {word}" if _SIGNED.match(word) else word for word in words]
