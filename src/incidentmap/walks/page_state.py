"""What the address of the page holds (filters, window, layers, rule, language, view), read once and kept up to date."""

from collections.abc import Mapping
from dataclasses import dataclass

from incidentmap.model import ALL_SOURCES, BadValue, IncidentQuery, LayerRole, Portion, TotalRule, listed_text, parse_listed
from incidentmap.words import LANGUAGES

View = tuple[float, float, float]
"""Latitude, longitude and zoom."""
_QUERY = ("from", "to", "actors", "without", "types", "region", "bbox", "area", "precision", "status", "text", "sources")

_LONGEST_ID = 200
_PORTIONS, _ROLES = frozenset(Portion), frozenset(LayerRole)


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

    def to_params(self) -> dict[str, str]:
        """As URL parameters; what is at its default is left out."""
        own = {
            "as": "" if self.role is LayerRole.ATTACKER else self.role,
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
                refused.append((name, params[name][:60]))
            else:
                good[name] = params[name]
    view = _view(params.get("view", ""))
    if params.get("view") and view is None:
        refused.append(("view", params["view"][:60]))
    rule = _rule(params.get("rule", ""))
    if params.get("rule") and rule is None:
        refused.append(("rule", params["rule"][:60]))
    portion = Portion(params["only"]) if params.get("only") in _PORTIONS else None
    if params.get("only") and portion is None:
        refused.append(("only", params["only"][:60]))
    role = LayerRole(params["as"]) if params.get("as") in _ROLES else LayerRole.ATTACKER
    if params.get("as") and params["as"] not in _ROLES:
        refused.append(("as", params["as"][:60]))
    language = params.get("lang", "")
    if language and language not in LANGUAGES:
        refused.append(("lang", language[:60]))
    return PageState(
        query=IncidentQuery.from_params(good),
        hidden=frozenset(parse_listed(params.get("off", ""))),
        language=language if language in LANGUAGES else "",
        view=view,
        refused=tuple(refused),
        rule=rule or ALL_SOURCES,
        incident=params.get("incident", "")[:_LONGEST_ID],
        portion=portion,
        role=role,
    )


def _rule(text: str) -> TotalRule | None:
    try:
        return TotalRule.parse(text)
    except BadValue:
        return None


def _view(text: str) -> View | None:
    try:
        lat, lon, zoom = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return (lat, lon, zoom) if -90 <= lat <= 90 and -180 <= lon <= 180 and 0 <= zoom <= 20 else None
