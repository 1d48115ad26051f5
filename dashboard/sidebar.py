"""The side panel: search, actors as layers, filters, language. What it holds is the same on every screen."""

from hashlib import sha256
from html import escape

import streamlit as st

import opened
import page
from incidentmap.gazetteer import regions
from incidentmap.maps import OTHERS, ActorView, MapView, data_uri, number_words, palette, symbol_svg, term
from incidentmap.model import REPORTS, LayerRole, Status
from incidentmap.registry import actor_name, actors
from incidentmap.walks.offered import Offered
from incidentmap.words import LANGUAGES, say
from panels import plain

_MOST_OFFERED = 300
"""Actors that a list offers: tables name tens of thousands, and the search finds the others."""


def draw(view: MapView, offered: Offered, *, layers: bool = True) -> None:
    """Draw the panel.

    Parameters
    ----------
    view
        The filtered incidents of all days: their layers and counts.
    offered
        What occurs in the case: the filters offer it.
    layers
        Whether actors are switched and precision is limited here; the map has a legend and a slider of its own.
    """
    with st.sidebar:
        hint = page.tell("screen.filter.text.placeholder")
        st.text_input(page.tell("screen.filter.text"), **page.bound(page.TEXT), placeholder=hint)
        if layers:
            _layers(view)
        _types(offered)
        _participants(offered)
        if layers:
            _precision()
        _region()
        _sources(offered)
        _statuses(offered)
        count = len(page.set_filters())
        if count:
            st.button(page.tell("screen.filter.clear"), on_click=_lift_all, type="tertiary")
        language_choice()


def _layers(view: MapView) -> None:
    why = escape(page.tell("screen.filter.layers.help"))
    st.html(f'<h2 class="im-panel" title="{why}">{page.tell("screen.filter.layers")}</h2>')
    names = {role.value: page.tell(f"map.legend.role.{role.value}") for role in LayerRole}
    page.put(page.ROLE, page.role().value)
    st.segmented_control(page.tell("map.legend.as"), list(names), key=page.ROLE, on_change=_begin_anew, required=True,
                         format_func=names.__getitem__, help=page.tell(f"map.legend.role.note.{page.role().value}"))
    with st.container(key="layers"):
        for layer in view.layers:
            key = _layer_key(layer.id)
            page.put(key, layer.id not in page.hidden())
            st.checkbox(plain(layer.name), key=key, on_change=_toggle, args=(layer.id,), width="stretch")
    st.html(f"<style>{''.join(_symbol_css(layer, view.theme) for layer in view.layers)}</style>")


def _begin_anew() -> None:
    page.set_role(LayerRole(st.session_state[page.ROLE]))


def _symbol_css(layer: ActorView, theme: str) -> str:
    """The actor's symbol before the label of its switch, and the number of its incidents behind it."""
    symbol = data_uri(symbol_svg(layer.shape, layer.colour, palette(theme).ink))
    count = number_words(layer.count, page.language())
    place = f".st-key-{_layer_key(layer.id)} label p"
    return f'{place}::before{{background-image:url("{symbol}")}}{place}::after{{content:"{count}"}}'


def _layer_key(layer: str) -> str:
    """The key of a switch, of which Streamlit makes a CSS class: tables name actors by any letters, a digest has few."""
    known = layer in actors() or layer == OTHERS
    return f"layer_{layer if known else sha256(layer.encode()).hexdigest()[:12]}"


def _toggle(layer: str) -> None:
    page.set_hidden(page.hidden() - {layer} if st.session_state[_layer_key(layer)] else page.hidden() | {layer})


def _types(offered: Offered) -> None:
    options = _options(page.TYPES, [kind for kind in offered.event_types if kind])
    names = {kind: _counted(term(page.language(), "event", kind), offered.event_types.get(kind, 0)) for kind in options}
    st.pills(page.tell("screen.filter.types"), options, **page.bound(page.TYPES), selection_mode="multi",
             format_func=names.__getitem__)


def _participants(offered: Offered) -> None:
    """Who must take part, and who must not."""
    language = page.language()
    for key, words in ((page.ACTORS, "screen.filter.actors"), (page.WITHOUT, "screen.filter.without")):
        options = _options(key, list(offered.actors)[:_MOST_OFFERED])
        names = {actor: actor_name(actor, language) for actor in options}
        st.multiselect(page.tell(words), options, **page.bound(key), format_func=names.__getitem__,
                       placeholder=page.tell(f"{words}.placeholder"))


def _sources(offered: Offered) -> None:
    """Reports, and each table; nothing where there are no tables."""
    if not offered.sources:
        return
    options = _options(page.SOURCES, list(offered.sources))
    own = page.tell("screen.filter.sources.reports")
    names = {source: _counted(own if source == REPORTS else source, offered.sources.get(source, 0)) for source in options}
    st.pills(page.tell("screen.filter.sources"), options, **page.bound(page.SOURCES), selection_mode="multi",
             format_func=names.__getitem__)


def _counted(words: str, number: int) -> str:
    return f"{plain(words)} {number_words(number, page.language())}"


def _precision() -> None:
    names = {value: page.tell(f"screen.filter.precision.{value}") for value in (page.ANY, "3", "2", "1")}
    st.select_slider(page.tell("screen.filter.precision"), list(names), **page.bound(page.PRECISION),
                     format_func=names.__getitem__)


def _region() -> None:
    known, own = regions(), opened.workspace().region_id
    if page.choice(page.REGION) not in known:
        page.choose(page.REGION, page.ANY)
    order = sorted(known, key=lambda key: (key != own, key))
    names = {page.ANY: page.tell("screen.filter.region.any")} | {key: known[key].name(page.language()) for key in order}
    st.selectbox(page.tell("screen.filter.region"), list(names), **page.bound(page.REGION), format_func=names.__getitem__)


def _statuses(offered: Offered) -> None:
    options = _options(page.STATUSES, [status.value for status in Status if status in offered.statuses] or [Status.DRAFT.value])
    names = {
        status: _counted(term(page.language(), "status", status), offered.statuses.get(Status(status), 0)) for status in options
    }
    st.pills(page.tell("screen.filter.status"), options, **page.bound(page.STATUSES), selection_mode="multi",
             format_func=names.__getitem__)


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
