"""Words that begin with a capital and are hardly ever a place (`data/lexicons/not_places.yaml`)."""

from dataclasses import dataclass
from functools import cache

import yaml

from incidentmap.gazetteer.names import fold_name
from incidentmap.paths import shipped

_NAME_GROUPS = frozenset({"actors_and_titles", "names_of_people", "peoples"})
"""Groups of the list whose words make what stands beside them a name of a person or group."""


@dataclass(frozen=True, slots=True)
class Stops:
    """Folded words that are no places.

    `people` are names and titles of persons and groups, `common` the others: they say nothing about the capitalised word
    beside them.
    """

    words: frozenset[str]
    common: frozenset[str]
    people: frozenset[str]


@cache
def stops() -> Stops:
    """The words as shipped."""
    groups: dict[str, list[str]] = yaml.safe_load(shipped("data", "lexicons", "not_places.yaml").read_text("utf-8"))
    folded = {name: frozenset(fold_name(word) for word in words) for name, words in groups.items()}
    people = frozenset().union(*(words for name, words in folded.items() if name in _NAME_GROUPS))
    return Stops(
        words=frozenset().union(*folded.values()),
        common=frozenset().union(*(words for name, words in folded.items() if name not in _NAME_GROUPS)),
        people=people,
    )
