"""One visitor's page: what was chosen lives in Streamlit's session state; this module alone knows its keys."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from incidentmap.maps import number_words
from incidentmap.model import IncidentQuery, LayerRole, Portion, Showing, Status, Step, TimeMode, TotalRule, checked_area
from incidentmap.walks.page_state import PageState, page_state
from incidentmap.words import LANGUAGES, RIGHT_TO_LEFT, say, say_count

TEXT, ACTORS, TYPES = "filter_text", "filter_actors", "filter_types"
PRECISION, REGION, STATUSES = "filter_precision", "filter_region", "filter_statuses"
WITHOUT, SOURCES, AREA = "filter_without", "filter_sources", "filter_area"
LANGUAGE, RULE = "language", "totals_rule"
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "ug", "ur", "yi"})
ANY = "any"
"""Choice of a select box that limits nothing; Streamlit shows None as "nothing chosen"."""
_FILTERS: dict[str, object] = {
    TEXT: "", ACTORS: [], WITHOUT: [], TYPES: [], PRECISION: ANY, REGION: ANY, AREA: (), STATUSES: [], SOURCES: [],
}
_WINDOW, _HIDDEN, _VIEW, _REFUSED, _BBOX, _CHOICES, _ASKED = "window", "hidden", "view", "refused", "bbox", "choices", "asked"
_INCIDENT, _WRITTEN, PORTION, ROLE = "incident", "only_written", "table_portion", "layer_role"
_SHOWING, _PACE = "showing", "pace"


def start() -> None:
    """Take over what the link says, once a session."""
    if _WINDOW in st.session_state:
        return
    state = page_state(st.query_params.to_dict())
    query, default = state.query, IncidentQuery()
    st.session_state.update({
        _WINDOW: (query.start, query.end), _HIDDEN: state.hidden, _VIEW: state.view, _REFUSED: state.refused, _BBOX: query.bbox,
        _INCIDENT: state.incident, _SHOWING: state.showing, _PACE: (state.mode, state.step),
        _CHOICES: {
            TEXT: query.text, ACTORS: list(query.actors), WITHOUT: list(query.not_actors), TYPES: list(query.event_types),
            AREA: query.area, SOURCES: list(query.sources),
            PRECISION: str(query.worst_precision or ANY), REGION: query.region or ANY,
            STATUSES: [] if query.statuses == default.statuses else [status.value for status in query.statuses],
            LANGUAGE: state.language or _browser_language(), RULE: str(state.rule),
            PORTION: state.portion.value if state.portion else ANY,
            ROLE: state.role.value,
        },
    })


def choice(key: str) -> Any:
    """What is chosen in a widget of the side panel, whether or not this screen draws it."""
    return st.session_state[_CHOICES][key]


def choose(key: str, value: object) -> None:
    """Choose something in the visitor's stead."""
    st.session_state[_CHOICES][key] = value


def offer(key: str, value: object) -> None:
    """Choose something until the visitor chooses."""
    st.session_state[_CHOICES].setdefault(key, value)


def bound(key: str) -> dict[str, Any]:
    """Arguments that bind a widget to a choice.

    Streamlit forgets the state of widgets when the visitor changes the screen; choices stay, and each run sets the widgets.
    """
    put(key, choice(key))
    return {"key": key, "on_change": _taken, "args": (key,)}


def put(key: str, value: object) -> None:
    """Set a widget where it shows anything else: setting it to what it shows would undo what is typed at that moment."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def _taken(key: str) -> None:
    choose(key, st.session_state[key])


def language() -> str:
    """Language of the page."""
    chosen = choice(LANGUAGE)
    return str(chosen) if chosen in LANGUAGES else LANGUAGES[0]


def tell(key: str, **values: object) -> str:
    """Words of the catalogue in the language of the page."""
    return say(language(), key, **values)


def tell_count(key: str, number: int, /, **values: object) -> str:
    """Words that go with a number, in the plural form of the page's language."""
    return say_count(language(), key, number, **values)


def number(value: int) -> str:
    """A number with its thousands apart, as the language of the page has it."""
    return number_words(value, language())


def rule() -> TotalRule:
    """How rival figures become the ranges of totals."""
    return TotalRule.parse(str(choice(RULE)))


def theme() -> str:
    """`dark` or `light`, as the browser shows the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def window() -> tuple[date | None, date | None]:
    """First and last day shown, None where open."""
    start_day, end_day = st.session_state[_WINDOW]
    return start_day, end_day


def set_window(start_day: date | None, end_day: date | None) -> None:
    """Show these days only; None opens that end."""
    st.session_state[_WINDOW] = (start_day, end_day)


def hidden() -> frozenset[str]:
    """Ids of the actor layers that are switched off."""
    found: frozenset[str] = st.session_state[_HIDDEN]
    return found


def set_hidden(layers: frozenset[str]) -> None:
    """Switch exactly these layers off."""
    st.session_state[_HIDDEN] = layers


def role() -> LayerRole:
    """As what actors have their layers."""
    return LayerRole(choice(ROLE))


def set_role(chosen: LayerRole) -> None:
    """Give actors their layers as this; whoever was switched off in another role is not in this one."""
    if chosen is not role():
        choose(ROLE, chosen.value)
        set_hidden(frozenset())


def showing() -> Showing:
    """What the map draws of the incidents."""
    found: Showing = st.session_state[_SHOWING]
    return found


def set_showing(chosen: Showing) -> None:
    """Draw this of them."""
    st.session_state[_SHOWING] = chosen


def pace() -> tuple[TimeMode, Step | None]:
    """How time goes on: what is shown at a moment, and in which steps; None for those of the histogram."""
    mode, step = st.session_state[_PACE]
    return mode, step


def set_pace(mode: TimeMode, step: Step | None) -> None:
    """Remember how time goes on, for the link."""
    st.session_state[_PACE] = (mode, step)


def view() -> tuple[float, float, float] | None:
    """Latitude, longitude and zoom of the map as it was last seen."""
    found: tuple[float, float, float] | None = st.session_state[_VIEW]
    return found


def set_view(lat: float, lon: float, zoom: float) -> None:
    """Remember where the map stands, for the link."""
    st.session_state[_VIEW] = (round(lat, 4), round(lon, 4), round(zoom, 2))


def limit(worst: int | None, corners: Sequence[tuple[float, float]]) -> bool:
    """Show no place that is known less exactly than this, and none outside this area; whether either is a change."""
    wanted = {PRECISION: str(worst or ANY), AREA: checked_area((lon, lat) for lon, lat in corners)}
    changed = [key for key, value in wanted.items() if choice(key) != value]
    for key in changed:
        choose(key, wanted[key])
    return bool(changed)


def incident() -> str:
    """Id of the incident whose card is open, empty if none is."""
    return str(st.session_state[_INCIDENT])


def portion() -> Portion | None:
    """What the list is narrowed to, None if it is not."""
    chosen = choice(PORTION)
    return None if chosen == ANY else Portion(chosen)


def follow_portion() -> None:
    """Take over what a link of the sentence narrows the list to: an address that we did not write."""
    wanted = st.query_params.get("only", "")
    if wanted in frozenset(Portion) and wanted != st.session_state.get(_WRITTEN, ""):
        choose(PORTION, wanted)


def note_written(params: Mapping[str, str]) -> None:
    """Remember what of the list the address says by our own hand."""
    st.session_state[_WRITTEN] = params.get("only", "")


def set_incident(incident_id: str) -> None:
    """Remember whose card is open."""
    st.session_state[_INCIDENT] = incident_id


def refuse(name: str, value: str) -> None:
    """Tell the visitor that a part of the link could not be followed."""
    st.session_state[_REFUSED] = (*refused(), (name, value))


def refused() -> tuple[tuple[str, str], ...]:
    """Parameters of the link that could not be read."""
    found: tuple[tuple[str, str], ...] = st.session_state[_REFUSED]
    return found


def query(*, windowed: bool = True) -> IncidentQuery:
    """What the page asks for, with or without its window of days."""
    start_day, end_day = window() if windowed else (None, None)
    return IncidentQuery(
        start=start_day, end=end_day, actors=tuple(choice(ACTORS)), not_actors=tuple(choice(WITHOUT)),
        event_types=tuple(choice(TYPES)), region=_limit(REGION), area=choice(AREA), sources=tuple(choice(SOURCES)),
        bbox=st.session_state[_BBOX], worst_precision=int(_limit(PRECISION) or 0) or None, text=str(choice(TEXT)).strip(),
        statuses=tuple(Status(name) for name in choice(STATUSES)) or IncidentQuery().statuses,
    )


def _limit(key: str) -> str | None:
    chosen = choice(key)
    return None if chosen == ANY else str(chosen)


def set_filters() -> tuple[str, ...]:
    """Keys of the filters that limit anything."""
    return tuple(key for key, default in _FILTERS.items() if choice(key) != default)


def lift(key: str) -> None:
    """Set one filter back; also `window` and `hidden`. For use in callbacks, before the widgets are drawn."""
    if key == _WINDOW:
        set_window(None, None)
    elif key == _HIDDEN:
        set_hidden(frozenset())
    else:
        choose(key, copy(_FILTERS[key]))


def without(asked: IncidentQuery, key: str) -> IncidentQuery:
    """The question without one of its filters."""
    default = IncidentQuery()
    changes: dict[str, dict[str, object]] = {
        TEXT: {"text": ""}, ACTORS: {"actors": ()}, WITHOUT: {"not_actors": ()}, AREA: {"area": ()},
        SOURCES: {"sources": ()}, TYPES: {"event_types": ()}, PRECISION: {"worst_precision": None},
        REGION: {"region": None}, STATUSES: {"statuses": default.statuses}, _WINDOW: {"start": None, "end": None},
    }
    return replace(asked, **changes[key])  # type: ignore[arg-type]


@dataclass
class Asked:
    """What the visitor asks for at this moment; the one thing that changes under a button already drawn."""

    query: IncidentQuery
    rule: TotalRule


def asked() -> Asked:
    """The visitor's question, kept up to date by every run."""
    now: Asked = st.session_state.setdefault(_ASKED, Asked(query(), rule()))
    now.query, now.rule = query(), rule()
    return now


def state() -> PageState:
    """All that a link restores, as it is now."""
    chosen = "" if language() == _browser_language() else language()
    mode, step = pace()
    return PageState(query(), hidden(), chosen, view(), rule=rule(), incident=incident(), portion=portion(), role=role(),
                     showing=showing(), mode=mode, step=step)


def right_to_left() -> bool:
    """Whether the page, in its language, or the browser writes from right to left."""
    return language() in RIGHT_TO_LEFT or (st.context.locale or "").split("-")[0].lower() in _RIGHT_TO_LEFT


def direction() -> str:
    """`rtl` or `ltr`, as the page's language is written."""
    return "rtl" if language() in RIGHT_TO_LEFT else "ltr"


def _browser_language() -> str:
    """French for browsers that speak neither of our languages."""
    spoken = (st.context.locale or "").split("-")[0].lower()
    return spoken if spoken in LANGUAGES else LANGUAGES[0]
