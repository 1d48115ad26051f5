"""What the address of the page holds (filters, window, layers, rule, language, view), read once and kept up to date."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from incidentmap.model import (
    ALL_SOURCES,
    EACH,
    BadValue,
    IncidentQuery,
    LayerRole,
    Portion,
    Showing,
    Step,
    TimeMode,
    TotalRule,
    listed_text,
    parse_listed,
)
from incidentmap.words import LANGUAGES

View = tuple[float, float, float]
"""Latitude, longitude and zoom."""
_QUERY = ("from", "to", "actors", "without", "types", "region", "bbox", "area", "precision", "status", "text", "sources")

_LONGEST_ID = 200
_TOLD = 60
"""Letters of a refused value that are told."""


@dataclass(frozen=True, slots=True)
class PageState:
    """All that a link restores.

    Parameters
    ----------
    hidden
        Ids of actor layers that are switched off.
    language
        Empty where the link does not say.
    refused
        Names and values of parameters that could not be read; the rest still holds.
    incident
        Id of the one whose card is open, empty if none is.
    portion
        What the list is narrowed to, None if it is not.
    role
        As what actors have their layers.
    showing
        What the map draws of the incidents.
    mode, step
        How time goes on; the step of the histogram where the link names none.
    """

    query: IncidentQuery
    hidden: frozenset[str] = frozenset()
    language: str = ""
    view: View | None = None
    refused: tuple[tuple[str, str], ...] = ()
    rule: TotalRule = ALL_SOURCES
    incident: str = ""
    portion: Portion | None = None
    role: LayerRole = LayerRole.ATTACKER
    showing: Showing = EACH
    mode: TimeMode = TimeMode.WINDOW
    step: Step | None = None

    def to_params(self) -> dict[str, str]:
        """As URL parameters; what is at its default is left out."""
        own = {
            "as": "" if self.role is LayerRole.ATTACKER else self.role,
            "show": "" if self.showing == EACH else str(self.showing),
            "mode": "" if self.mode is TimeMode.WINDOW else self.mode,
            "step": self.step or "",
            "off": listed_text(sorted(self.hidden)),
            "rule": "" if self.rule == ALL_SOURCES else str(self.rule),
            "lang": self.language,
            "incident": self.incident,
            "only": self.portion or "",
            "view": f"{self.view[0]:.4f},{self.view[1]:.4f},{self.view[2]:g}" if self.view else "",
        }
        return self.query.to_params() | {key: value for key, value in own.items() if value}


def page_state(params: Mapping[str, str]) -> PageState:
    """Read URL parameters. A value that cannot be read is refused by name; it never stops the others."""
    good: dict[str, str] = {}
    refused: list[tuple[str, str]] = []
    for name in _QUERY:
        if name in params:
            try:
                IncidentQuery.from_params(good | {name: params[name]})
            except BadValue:
                refused.append((name, params[name][:_TOLD]))
            else:
                good[name] = params[name]
    own: dict[str, Any] = {}
    for name, (field, read) in _OWN.items():
        if params.get(name):
            try:
                own[field] = read(params[name])
            except ValueError:
                refused.append((name, params[name][:_TOLD]))
    return PageState(
        query=IncidentQuery.from_params(good), hidden=frozenset(parse_listed(params.get("off", ""))), refused=tuple(refused),
        incident=params.get("incident", "")[:_LONGEST_ID], **own,
    )


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise BadValue("language", text, ", ".join(LANGUAGES))
    return text


def _view(text: str) -> View:
    lat, lon, zoom = (float(part) for part in text.split(","))
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and 0 <= zoom <= 20):
        raise BadValue("view", text, "latitude, longitude and zoom")
    return lat, lon, zoom


_OWN: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "view": ("view", _view), "rule": ("rule", TotalRule.parse), "only": ("portion", Portion), "as": ("role", LayerRole),
    "show": ("showing", Showing.parse), "mode": ("mode", TimeMode), "step": ("step", Step), "lang": ("language", _language),
}
"""Parameters, each with the field that it tells and how it is read."""
