"""What a question found, told as a briefing: every number with its rule, every claim with its source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import geopandas as gpd

from incidentmap import __version__
from incidentmap.briefing import captions
from incidentmap.briefing.accounts import accounts, killed_words
from incidentmap.briefing.changed import changed, news_words
from incidentmap.briefing.document import Briefing, KeyFigure, LegendLine, Row, Source
from incidentmap.briefing.entries import Party, parties, read_entries
from incidentmap.briefing.over_time import bars
from incidentmap.briefing.series import Sheet, plates
from incidentmap.gazetteer import Region
from incidentmap.maps import (
    Bin,
    date_words,
    incident_title,
    number_words,
    palette,
    rule_words,
    span_words,
    taking_part,
    term,
    toll_words,
    web_address,
)
from incidentmap.maps.card import source_line
from incidentmap.maps.symbols import symbol_svg
from incidentmap.model import Incident, IncidentQuery, RecordChanges, Report, ReportClaim, Total, TotalRule
from incidentmap.registry import actor_name
from incidentmap.words import RIGHT_TO_LEFT, keys, say

MOST_ROWS = 500
"""Incidents in the table; a longer list is no briefing but an export."""
MOST_ACCOUNTS = 60
"""Incidents whose claims are set side by side, the most contested first."""
_WORDS = "briefing.word."


@dataclass(frozen=True)
class Material:
    """What a briefing is made of.

    Parameters
    ----------
    incidents, frame
        The same incidents, as records and as the GeoDataFrame (EPSG:4326) of :mod:`incidentmap.frames`.
    reports, tables
        By id, for the sources; of a report that is a row of a table, the table's source.
    shared
        Claims over several incidents together.
    totals
        Of the incidents, all under `rule`.
    versions
        Name and value of what the briefing depends on: data, gazetteer, program; shown at its end.
    counted, counted_days, bins
        Rows of tables beside the incidents that are too many to be told one by one, their first and last day if they have any,
        and the cells that count them.
    held
        The publish profile and what it holds back, in words; empty where everything leaves.
    terms
        What must be named besides the shipped ground: the user's own layers, and the licences of rows.
    since
        Beside what the incidents are new, in words; empty where they are all that the question found.
    changes
        What differs from an earlier version, whose name in words is its `before`; None without one.
    """

    incidents: tuple[Incident, ...]
    frame: gpd.GeoDataFrame
    reports: Mapping[str, Report]
    tables: Mapping[str, str]
    shared: tuple[ReportClaim, ...]
    region: Region | None
    query: IncidentQuery
    rule: TotalRule
    totals: tuple[Total, ...]
    data_version: str
    gazetteer_version: str
    counted: int = 0
    counted_days: tuple[date, ...] = ()
    bins: tuple[Bin, ...] = ()
    held: str = ""
    terms: tuple[str, ...] = ()
    since: str = ""
    changes: RecordChanges | None = None


def compose(
    material: Material, *, language: str, issued: date, title: str = "", series: Sequence[str] = (),
) -> Briefing:
    """Tell it.

    Parameters
    ----------
    material, language
        What is told, and in which language.
    issued
        The day to print: not read from a clock, so that the same input gives the same bytes.
    title
        Made from the region's name where empty.
    series
        Of `actor`, `month` and `zoom`: maps of each of these, or of each piece where incidents crowd, beside the one of all.
    """
    entries = read_entries(material.frame, language)
    among = parties(entries, language, "light")
    sources = _sources(material, language)
    numbers = {report: source.number for source, reports in sources for report in reports}
    order = _in_order(material.incidents)
    listed = order[:MOST_ROWS]
    told = accounts(order, material.shared, numbers, language)
    news = news_words(material.changes, language)
    return Briefing(
        language=language, right_to_left=language in RIGHT_TO_LEFT, issued=issued.isoformat(),
        title=title or captions.title(material.region, language),
        area=material.region.label(language) if material.region else "",
        window=captions.window(material.query, entries, language, material.counted_days),
        filters=" · ".join(filter(None, (captions.filters(material.query, language), material.since, material.held))),
        sentence=captions.sentence(entries, material.region, language, material.counted),
        rule=say(language, "briefing.rule", rule=rule_words(material.rule, language)),
        figures=_figures(material, language),
        plates=plates(Sheet(entries, among, material.region, language, material.counted, material.bins), series),
        legend=_legend(among), bars=bars(entries, among, language),
        rows=tuple(
            replace(_row(place, each, material, numbers, language), news=news.get(each.id, ""))
            for place, each in enumerate(listed, start=1)),
        table_note=_left_out("briefing.table_note", len(listed), len(order) + material.counted, language),
        accounts=told[:MOST_ACCOUNTS],
        accounts_note=_left_out("briefing.accounts_note", min(len(told), MOST_ACCOUNTS), len(told), language),
        sources=tuple(source for source, _ in sources),
        method=_paragraphs("briefing.method", language),
        limits=_paragraphs("briefing.limit", language),
        versions=_versions(material, issued, language), credit=" · ".join((say(language, "picture.credit"), *material.terms)),
        words=tuple((key.removeprefix(_WORDS), say(language, key)) for key in sorted(keys(language)) if key.startswith(_WORDS)),
        changed=changed(material.changes, {each.id: place for place, each in enumerate(listed, start=1)}, language),
    )


def _in_order(incidents: Sequence[Incident]) -> list[Incident]:
    """By date, the undated last: the numbers of table and accounts."""
    return sorted(incidents, key=lambda each: (each.date is None, each.date.start if each.date else date.min, each.id))


def _figures(material: Material, language: str) -> tuple[KeyFigure, ...]:
    number = number_words(len(material.incidents) + material.counted, language)
    count = KeyFigure(number, say(language, "briefing.figure_incidents"))
    tolls = [
        KeyFigure(
            toll_words(total.low or 0, total.high or 0, language, open_high=total.open_high),
            term(language, "field", total.field.value),
            say(language, "briefing.figure_note", told=total.incidents, unknown=total.unknown, contested=total.contested),
        )
        for total in material.totals if total.incidents
    ]
    return (count, *tolls)


def _legend(among: Sequence[Party]) -> tuple[LegendLine, ...]:
    ink = palette("light").ink
    return tuple(LegendLine(symbol_svg(party.shape, party.colour, ink), party.name, party.count) for party in among)


def _row(number: int, incident: Incident, material: Material, numbers: Mapping[str, int], language: str) -> Row:
    when, where = incident.date, incident.location
    told = dict.fromkeys([incident.report, *(part.report for part in incident.parts)])
    return Row(
        number=number,
        date=date_words(when.start.isoformat() if when else None, when.end.isoformat() if when else None,
                        when.precision.value if when else None, language),
        place=_place(incident, language) if where else say(language, "screen.place.unknown"),
        event=incident_title(incident, language).split(",")[0],
        actors="; ".join(
            f"{actor_name(part.id, language, part.name)} ({term(language, 'role', part.role.value)})"
            for part in taking_part(incident)),
        killed=killed_words(incident, material.rule, material.reports, language),
        status=term(language, "status", incident.status.value),
        sources=tuple(numbers[report] for report in told if report in numbers),
    )


def _place(incident: Incident, language: str) -> str:
    where = incident.location
    if where is None:
        return ""
    names = dict.fromkeys(name for name in (where.name, where.admin1) if name)
    exact = say(language, f"screen.where.{where.precision or 0}", radius=f"{where.radius_km:g}")
    return f"{', '.join(names)} · {exact}"


def _sources(material: Material, language: str) -> list[tuple[Source, tuple[str, ...]]]:
    """What the incidents come from, with the ids of its reports: reports, the earliest first, then tables with all rows."""
    used = {report for each in material.incidents for report in (each.report, *(part.report for part in each.parts))}
    used |= {claim.report for each in material.incidents for claim in each.claims}
    known = [material.reports[report] for report in used if report in material.reports]
    known.sort(key=lambda each: (each.published is None, each.published.start if each.published else date.min, each.id))
    tables: dict[str, list[str]] = {}
    for each in known:
        if each.id in material.tables:
            tables.setdefault(material.tables[each.id], []).append(each.id)
    told: list[tuple[Source, tuple[str, ...]]] = [
        (Source(0, each.title or each.source, source_line(each, language), web_address(each.url), each.sha256), (each.id,))
        for each in known if each.id not in material.tables and not _is_held(each)
    ]
    told += [(Source(0, name, say(language, "briefing.rows", count=number_words(len(ids), language)), "", ""), tuple(ids))
             for name, ids in sorted(tables.items())]
    held = tuple(each.id for each in known if each.id not in material.tables and _is_held(each))
    if held:
        told.append((Source(0, say(language, "briefing.source_held"), "", "", ""), held))
    return [(replace(source, number=number), ids) for number, (source, ids) in enumerate(told, start=1)]


def _is_held(report: Report) -> bool:
    """Whether a profile holds back what it is."""
    return not (report.title or report.source or report.sha256)


def _left_out(key: str, shown: int, total: int, language: str) -> str:
    return say(language, key, shown=shown, total=total) if shown < total else ""


def _paragraphs(prefix: str, language: str) -> tuple[str, ...]:
    """The texts of keys `prefix.1`, `prefix.2`..., as many as there are."""
    numbered = sorted(key for key in keys(language) if key.startswith(f"{prefix}."))
    return tuple(say(language, key) for key in numbered)


def _versions(material: Material, issued: date, language: str) -> tuple[str, ...]:
    return (
        say(language, "briefing.version_data", version=material.data_version),
        say(language, "briefing.version_gazetteer", version=material.gazetteer_version),
        say(language, "briefing.version_program", version=__version__),
        say(language, "briefing.version_day", day=span_words(issued, issued, language)),
    )
