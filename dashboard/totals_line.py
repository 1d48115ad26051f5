"""How many victims what is shown has, and the rule that makes ranges of rival figures: a choice beside what it changes."""

from html import escape

import streamlit as st

import opened
import page
from incidentmap.maps import MapView, rule_words, totals_words
from incidentmap.model import RuleKind, TotalRule

_WIDTH = 190
"""Pixels: the longest of the rules that are always there."""


def draw(view: MapView) -> None:
    """One line under the sentence; nothing where nothing is shown. The rule is no filter: it changes how tolls are told."""
    told = totals_words(view.totals, view.language, with_rule=False)
    if not told:
        return
    beside = " · ".join(quote for quote in view.totals[0].aggregates)
    with st.container(horizontal=True, key="totals", vertical_alignment="center"):
        st.html(f'<p class="im-totals" title="{escape(beside)}" role="status">{escape(told)}</p>', width="content")
        options = _rules()
        names = {option: rule_words(TotalRule.parse(option), view.language) for option in options}
        st.selectbox(page.tell("totals.label"), options, **page.bound(page.RULE), format_func=names.__getitem__, width=_WIDTH,
                     label_visibility="collapsed")
        st.html(f'<span class="im-why" title="{escape(page.tell("totals.help"))}">?</span>', width="content")


def _rules() -> list[str]:
    """Those that are always there, one for each who gives figures, and what a link asks for besides."""
    kinds = (RuleKind.ALL, RuleKind.LOWEST, RuleKind.HIGHEST)
    rules = [*map(TotalRule, kinds), *(TotalRule(RuleKind.SOURCE, who) for who in opened.offered().speakers)]
    return list(dict.fromkeys([*map(str, rules), page.choice(page.RULE)]))
