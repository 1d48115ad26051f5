"""What a language has to say: the sections of its files, and the meanings that each can have."""

from collections.abc import Mapping
from types import MappingProxyType

from incidentmap.model import BadValue

Sections = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Section, meaning, phrases."""


def _listed(**meanings: str) -> Mapping[str, frozenset[str]]:
    return MappingProxyType({section: frozenset(words.split()) for section, words in meanings.items()})


NUMBERS = frozenset({"months", "weekdays", "day_words", "numbers", "collectives"})
"""Sections whose meanings are whole numbers: months from 1, weekdays from 0 for Monday."""
REQUIRED = _listed(
    # dates
    units="day week month year", parts="early mid late", anaphora="same before after before_two after_two",
    publication="header",
    relative="today yesterday before_yesterday tomorrow this_week early_week early_month weekend last_weekend last_week "
             "this_month last_month last_year next unknown",
    patterns="night night_month_first night_alone weekday_night weekday_evening weekday_range range range_dash "
             "range_month_first pair listed slashed_said week_of day day_month_first stretch part part_year month month_year "
             "ago weekday_after later earlier weekday_of_week weekday_day weekday relative anaphora day_alone year",
    date_marks="statement event", months="", weekdays="", day_words="",
    # figures
    counting="system", numbers="", collectives="", multitudes="several",
    bounds="min over under max about between range several partitive none few revised", fillers="filler copula",
    nobody="killed wounded captured missing displaced", before="killed wounded captured missing displaced",
    casualties="killed wounded captured missing displaced", amounts="loose", measures="measure",
    victims="soldiers gendarmes police peacekeepers attackers fighters children women civilians hostages families persons",
    materiel="vehicles heavy_weapons weapons equipment drones livestock houses", materiel_fate="seized destroyed",
    # single words by their use
    language="function_words", abbreviations="words", joints="adds chooses follows beside",
    articles="definite one partitive possessive elided", particles="agent content pair", place_links="link", names="link tail",
    countries="owner article led",
    # what a mention is worth, and who is meant
    cancels="planned exercise anniversary denied struggle elsewhere", no_event="accident court",
    passive="passive undergoes", locatives="in", blockers="subject_blocker", targets="target", agents="agent", affiliation="to",
    borders="border", asides="aside",
    refer="group attackers him latter us unknown_group civilian army gendarmes police guard customs protesters government "
          "source", unregistered="head",
    # who says what, and that something happened
    speech="claims confirms denies reports", according="according", hedges="conditional doubt", unknown="toll consequences",
    voices="report", aggregate="cue plural", triggers="",
)
"""Sections that a language must have, each with its meanings; a section or a meaning may be empty. Those of `triggers` are the
kinds of `kinds.yaml`, those of `NUMBERS` numbers.

`joints`: words that add ("and", also within numbers), choose, lead on, or set beside. `articles.one` counts nobody by itself;
`elided` stands before a name and is none of it. `particles`: before who did it, before what is said, "both". `place_links` and
`names.link` stand between the words of one group of places or one name, `names.tail` ends a name in small letters.
`countries`: what ties an army to its state; the article with which a state acts, and what before it makes it a place.
`bounds.partitive` goes only with a collective ("des dizaines"); `multitudes` are collectives that mean several by themselves.
"""
OPTIONAL = _listed(
    clitics="prefix", order="verb", among="part", stretches="week_1 week_2 week_3 last_week half_1 half_2",
    singles="soldiers gendarmes police peacekeepers attackers fighters children women civilians hostages persons",
    actor_names="", state_names="", state_adjectives="",
    unknown_names="group people link after claims title never",
)
"""Sections that a language may have besides: words written together with the next one, `verb: first` where sentences begin with
it, `among`, which sets some apart from a count ("dont"), `stretches` of a month ("the first week of"), `singles`, nouns for one
person that count without a number, its names of actors and states by the ids of `actors.yaml` and `states.yaml`, and the words
beside which an unknown name is an actor's (:mod:`.unknown_names`)."""
LAWS = frozenset({"patterns", "counting", "order"})
"""Sections that hold no phrases to be found in a text."""


def check_sections(language: str, sections: Sections, named: Mapping[str, frozenset[str]]) -> None:
    """Whether a language has all that reading it takes, and nothing that would never be read.

    Parameters
    ----------
    language
        Its name, for the message.
    sections
        As its files have them.
    named
        Meanings that other lexicons name: kinds of events, ids of actors and states, by section.

    Raises
    ------
    BadValue
        If a section is missing or unknown, or a meaning is.
    """
    known = {**REQUIRED, **OPTIONAL, **named}
    if missing := [section for section in REQUIRED if section not in sections]:
        raise BadValue(f"language {language}: sections", f"none named {', '.join(missing)}", "all of them; one may be empty")
    for section, entries in sections.items():
        if section not in known:
            raise BadValue(f"language {language}: section", section, ", ".join(sorted(known)))
        for meaning in entries:
            if section in NUMBERS and not meaning.isdecimal():
                raise BadValue(f"language {language}: {section}", meaning, "a whole number")
            if section not in NUMBERS and meaning not in known[section]:
                raise BadValue(f"language {language}: {section}", meaning, ", ".join(sorted(known[section])))
