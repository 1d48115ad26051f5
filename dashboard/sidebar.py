"""The side panel: search, actors as layers, filters, language. What it holds is the same on every screen."""

from collections import Counter
from collections.abc import Sequence
from html import escape

import streamlit as st

import opened
import page
from incidentmap.gazetteer import regions
from incidentmap.maps import ActorView, MapView, data_uri, palette, rule_words, symbol_svg, term
from incidentmap.model import Incident, RuleKind, Status, TotalRule, has_figure
from incidentmap.registry import actor_name
from incidentmap.words import LANGUAGES, say
from panels import plain


def draw(view: MapView, every: Sequence[Incident]) -> None:
    """Draw the panel.

    Parameters
    ----------
    view
        The filtered incidents of all days: their layers and counts.
    every
        All incidents of the case: the filters offer what occurs in it.
    """
    with st.sidebar:
        hint = page.tell("screen.filter.text.placeholder")
        st.text_input(page.tell("screen.filter.text"), **page.bound(page.TEXT), placeholder=hint)
        _layers(view)
        _types(every)
        _participants(every)
        _precision()
        _region()
        _statuses(every)
        _rule(every)
        count = len(page.set_filters())
        if count:
            st.button(page.tell("screen.filter.clear"), on_click=_lift_all, type="tertiary")
        language_choice()


def _layers(view: MapView) -> None:
    why = escape(page.tell("screen.filter.layers.help"))
    st.html(f'<h2 class="im-panel" title="{why}">{page.tell("screen.filter.layers")}</h2>')
    with st.container(key="layers"):
        for layer in view.layers:
            key = f"layer_{layer.id}"
            page.put(key, layer.id not in page.hidden())
            st.checkbox(plain(layer.name), key=key, on_change=_toggle, args=(layer.id,), width="stretch")
    st.html(f"<style>{''.join(_symbol_css(layer, view.theme) for layer in view.layers)}</style>")


def _symbol_css(layer: ActorView, theme: str) -> str:
    """The actor's symbol before the label of its switch, and the number of its incidents behind it."""
    symbol = data_uri(symbol_svg(layer.shape, layer.colour, palette(theme).ink))
    place = f".st-key-layer_{layer.id} label p"
    return f'{place}::before{{background-image:url("{symbol}")}}{place}::after{{content:"{len(layer.marks)}"}}'


def _toggle(layer: str) -> None:
    page.set_hidden(page.hidden() - {layer} if st.session_state[f"layer_{layer}"] else page.hidden() | {layer})


def _types(every: Sequence[Incident]) -> None:
    counts = Counter(incident.event_type for incident in every)
    options = _options(page.TYPES, [kind for kind, _ in counts.most_common()])
    names = {kind: f"{plain(term(page.language(), 'event', kind))} {counts[kind]}" for kind in options}
    st.pills(page.tell("screen.filter.types"), options, **page.bound(page.TYPES), selection_mode="multi",
             format_func=names.__getitem__)


def _participants(every: Sequence[Incident]) -> None:
    found = Counter(part for incident in every for part in {part.id for part in incident.actors})
    options = _options(page.ACTORS, [actor for actor, _ in found.most_common()])
    names = {actor: actor_name(actor, page.language()) for actor in options}
    st.multiselect(page.tell("screen.filter.actors"), options, **page.bound(page.ACTORS), format_func=names.__getitem__,
                   placeholder=page.tell("screen.filter.actors.placeholder"))


def _precision() -> None:
    names = {value: page.tell(f"screen.filter.precision.{value}") for value in (page.ANY, "1", "2", "3")}
    st.selectbox(page.tell("screen.filter.precision"), list(names), **page.bound(page.PRECISION), format_func=names.__getitem__)


def _region() -> None:
    known, own = regions(), opened.workspace().region_id
    if page.choice(page.REGION) not in known:
        page.choose(page.REGION, page.ANY)
    order = sorted(known, key=lambda key: (key != own, key))
    names = {page.ANY: page.tell("screen.filter.region.any")} | {key: known[key].name(page.language()) for key in order}
    st.selectbox(page.tell("screen.filter.region"), list(names), **page.bound(page.REGION), format_func=names.__getitem__)


def _statuses(every: Sequence[Incident]) -> None:
    counts = Counter(incident.status for incident in every)
    options = _options(page.STATUSES, [status.value for status in Status if counts[status]] or [Status.DRAFT.value])
    names = {status: f"{term(page.language(), 'status', status)} {counts[Status(status)]}" for status in options}
    st.pills(page.tell("screen.filter.status"), options, **page.bound(page.STATUSES), selection_mode="multi",
             format_func=names.__getitem__)


def _rule(every: Sequence[Incident]) -> None:
    """No filter: it changes how tolls are told, not what is shown."""
    speakers = Counter(claim.claimant for incident in every for claim in incident.claims if has_figure(claim))
    kinds = (RuleKind.ALL, RuleKind.LOWEST, RuleKind.HIGHEST)
    rules = [*map(TotalRule, kinds), *(TotalRule(RuleKind.SOURCE, who) for who, _ in speakers.most_common())]
    options = list(map(str, rules))
    options += [] if page.choice(page.RULE) in options else [page.choice(page.RULE)]
    names = {option: rule_words(TotalRule.parse(option), page.language()) for option in options}
    st.selectbox(page.tell("totals.label"), options, **page.bound(page.RULE), format_func=names.__getitem__,
                 help=page.tell("totals.help"))


def language_choice() -> None:
    """The switch of the page's language."""
    names = {code: say(code, f"screen.language.{code}") for code in LANGUAGES}
    st.segmented_control(page.tell("screen.language"), LANGUAGES, **page.bound(page.LANGUAGE), required=True,
                         format_func=names.__getitem__)


def _options(key: str, occurring: list[str]) -> list[str]:
    """What occurs in the case, and what a link asked for although it does not."""
    return occurring + [chosen for chosen in page.choice(key) if chosen not in occurring]


def _lift_all() -> None:
    for key in page.set_filters():
        page.lift(key)
