"""Totals and their rule in words."""

from collections.abc import Sequence

from incidentmap.maps.wording import number_words, term
from incidentmap.model import RuleKind, Total, TotalRule
from incidentmap.registry import actor_name
from incidentmap.words import say, say_count

_OWN_VOICE = "report"
"""The claimant under whose id reports speak for themselves."""


def toll_words(low: int, high: int, language: str, *, open_high: bool) -> str:
    """A range of people: "12", "50 – 60", "at least 12", "50 – 60 or more"."""
    least, most = number_words(low, language), number_words(high, language)
    if low == high:
        return say(language, "totals.at_least", low=least) if open_high else least
    return say(language, "totals.or_more" if open_high else "totals.range", low=least, high=most)


def rule_words(rule: TotalRule, language: str) -> str:
    """A rule by its name; that of one source names the source."""
    if rule.kind is RuleKind.SOURCE:
        own = rule.source == _OWN_VOICE
        name = say(language, "totals.rule.report") if own else actor_name(rule.source, language)
        return say(language, "totals.rule.source", source=name)
    return say(language, f"totals.rule.{rule.kind.value}")


def totals_words(totals: Sequence[Total], language: str, *, with_rule: bool = True) -> str:
    """Totals on one line, the rule last, unless it stands elsewhere. Empty without incidents.

    All are of the same incidents under the same rule. The first that anybody tells (the killed, mostly) says how many incidents
    have no figure or a contested one, and which figures stand beside the sum.
    """
    if not totals or not totals[0].incidents + totals[0].unknown:
        return ""
    told = [each for each in totals if each.incidents]
    first = told[0] if told else totals[0]
    return " · ".join([
        *([_field_words(each, language) + (_gaps(each, language) if each is first else "") for each in told]
          or [say(language, "totals.none")]),
        *([_counted(language, "totals.aggregates", len(first.aggregates))] if first.aggregates else []),
        *([say(language, "totals.rule", rule=rule_words(first.rule, language))] if with_rule else []),
    ])


def _field_words(total: Total, language: str) -> str:
    words = toll_words(total.low or 0, total.high or 0, language, open_high=total.open_high)
    return f"{term(language, 'field', total.field.value)} {words}"


def _gaps(total: Total, language: str) -> str:
    """What the sum leaves open, in brackets."""
    counts = (("totals.unknown", total.unknown), ("totals.contested", total.contested))
    gaps = ", ".join(_counted(language, key, count) for key, count in counts if count)
    return f" ({gaps})" if gaps else ""


def _counted(language: str, key: str, count: int) -> str:
    return say_count(language, key, count, count=number_words(count, language))
