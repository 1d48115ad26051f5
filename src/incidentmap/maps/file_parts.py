"""What stands around the map in a file of its own: head, table, what the file says of itself; HTML that no text can break."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from incidentmap.maps.card import date_line, incident_title, place_line, taking_part
from incidentmap.maps.tolls import toll_words, totals_words
from incidentmap.maps.view import MapView, Mark
from incidentmap.maps.wording import number_words, term
from incidentmap.model import ClaimField, incident_toll
from incidentmap.registry import actor_name
from incidentmap.words import say, say_count

_COLUMNS = ("date", "event", "place", "actors", "killed_range", "status")


@dataclass(frozen=True, slots=True)
class About:
    """A line of what the file says of itself: what it is about, and the words."""

    name: str
    words: str


def head_html(view: MapView, title: str) -> str:
    """Title, how many incidents there are, and their victims under the named rule."""
    counts, language = view.counts, view.language
    told = {name: number_words(number, language) for name, number in (("shown", counts.shown), ("total", counts.total))}
    parts = [say_count(language, "screen.sentence.shown", counts.total, **told)]
    for key, number in (("unplaced", counts.without_place), ("about", counts.about_dates), ("undated", counts.undated)):
        if number:
            parts.append(say_count(language, f"screen.portion.{key}", number, count=number_words(number, language)))
    totals = totals_words(view.totals, language)
    return (
        f'<header id="im-head"><h1>{escape(title)}</h1><p>{escape(" · ".join(parts))}</p>'
        f"{f'<p>{escape(totals)}</p>' if totals else ''}</header>"
    )


def list_html(view: MapView) -> str:
    """Every incident as a row of a table, by date; its title is a button that opens its card."""
    marks = sorted((mark for layer in view.layers for mark in layer.marks), key=_by_day)
    heads = "".join(f'<th scope="col">{escape(say(view.language, f"screen.table.{name}"))}</th>' for name in _COLUMNS)
    rows = "".join(_row(mark, view) for mark in marks)
    title = escape(say(view.language, "screen.table.title"))
    return (
        f'<section id="im-list"><h2>{title} <span role="status"></span></h2>'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></section>"
    )


def about_html(about: Iterable[About], language: str) -> str:
    """What the file says of itself."""
    lines = "".join(f"<dt>{escape(each.name)}</dt><dd>{escape(each.words)}</dd>" for each in about if each.words)
    return f'<section id="im-about"><h2>{escape(say(language, "file.about"))}</h2><dl>{lines}</dl></section>'


def _by_day(mark: Mark) -> tuple[bool, str, str]:
    when = mark.incident.date
    return when is None, when.start.isoformat() if when else "", mark.incident.id


def _row(mark: Mark, view: MapView) -> str:
    incident, language = mark.incident, view.language
    actors = ", ".join(
        f"{actor_name(part.id, language, part.name)} ({term(language, 'role', part.role.value)})"
        for part in taking_part(incident)
    )
    toll = incident_toll(incident, ClaimField.KILLED, view.rule, view.published)
    killed = toll_words(toll.low, toll.high, language, open_high=toll.open_high) if toll else ""
    status = term(language, "status", incident.status.value)
    cells = (place_line(incident.location, inside=mark.inside, language=language), actors, killed, status)
    return (
        f'<tr data-incident="{escape(incident.id)}"><td>{escape(date_line(incident, language))}</td>'
        f'<td><button type="button">{escape(incident_title(incident, language))}</button></td>'
        f"{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
    )
