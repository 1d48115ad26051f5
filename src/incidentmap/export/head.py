"""What an export says of itself: question, versions, licences, profile, day, and what was withheld."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from incidentmap import __version__
from incidentmap.export.question import question_words
from incidentmap.export.totals import totals_record
from incidentmap.frames import claim_record
from incidentmap.gazetteer import Region
from incidentmap.model import IncidentQuery, ReportClaim, Total
from incidentmap.words import say

LANGUAGE = "en"
"""Of the words in an export; machine output is English."""


@dataclass(frozen=True, slots=True)
class Licence:
    """Under what terms the rows of a source came; `warn` if these ask to think twice before passing them on."""

    source: str
    licence: str
    warn: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """The question as the file tells it: the words, and the parameters from which the question can be made again.

    A profile may hold back either, since a narrow filter tells where something is.
    """

    words: str
    params: Mapping[str, str]

    @classmethod
    def of(cls, query: IncidentQuery, *, more: bool = False) -> "Asked":
        """All of a question; with `more`, there was more of it that stays untold."""
        words = question_words(query, LANGUAGE)
        return cls(f"{words} · {say(LANGUAGE, 'export.untold')}" if more else words, query.to_params())


@dataclass(frozen=True, slots=True)
class Head:
    """What belongs to the whole of an export; all of it is known before the first record is written.

    Parameters
    ----------
    day
        That the file bears, and from which an embargo counts. Given by the caller: the same input gives the same bytes.
    profile
        Id and title of the publish profile.
    data_version
        Of the case and its tables.
    region
        The region of interest that `inside_region` refers to.
    incidents, events
        How many reviewed incidents and rows of tables are in the file.
    withheld
        How many records the question asked for that are not in the file, by reason.
    coarsened
        How many are in it with a coarser place than is known.
    statuses
        How many of the reviewed incidents stand where in review.
    attributions
        Lines for the sources that a user added to the gazetteer; they stand after the shipped ground's.
    report_claims
        Claims over several incidents, as records: in no feature, and added nowhere.
    totals
        Of the reviewed incidents, all under one rule.
    """

    asked: Asked
    day: date
    profile: tuple[str, str]
    data_version: str
    gazetteer_version: str
    region: Region | None
    incidents: int
    events: int
    statuses: Mapping[str, int]
    totals: Sequence[Total]
    report_claims: Sequence[Mapping[str, object]]
    licences: Sequence[Licence] = ()
    attributions: Sequence[str] = ()
    withheld: tuple[tuple[str, int], ...] = ()
    coarsened: int = 0

    @property
    def attribution(self) -> str:
        """The line that must stand beside anything made with the file."""
        return " · ".join((say(LANGUAGE, "picture.credit"), *self.terms))

    @property
    def terms(self) -> tuple[str, ...]:
        """What must be named besides the shipped ground: the user's own layers, and the licences of rows."""
        return (*self.attributions, *(f"{each.source}: {each.licence}" for each in self.licences if each.licence))

    def record(self) -> dict[str, Any]:
        """As a JSON object, in the order in which people want to know."""
        told, region = self.asked, self.region
        return {
            "title": say(LANGUAGE, "export.title"),
            "date": self.day.isoformat(),
            "question": told.words,
            "query": dict(told.params),
            "profile": {"id": self.profile[0], "title": self.profile[1]},
            "records": {"incidents": self.incidents, "events": self.events},
            "withheld": {"total": sum(count for _, count in self.withheld), **dict(self.withheld)},
            "coarsened": self.coarsened,
            "attribution": self.attribution,
            "licences": [
                {"source": each.source, "licence": each.licence, "ask_before_sharing": each.warn} for each in self.licences
            ],
            "region": {"id": region.id, "name": region.name(LANGUAGE), "note": region.label(LANGUAGE)} if region else None,
            "data_version": self.data_version,
            "gazetteer_version": self.gazetteer_version,
            "program": f"incidentmap {__version__}",
            "statuses": dict(sorted(self.statuses.items())),
            "totals": totals_record(self.totals),
            "report_claims": list(self.report_claims),
        }


def claim_list(report_claims: Sequence[ReportClaim]) -> list[dict[str, object]]:
    """Claims that cover several incidents, with the ids of these."""
    return [dict(claim_record(each.claim)) | {"incidents": list(each.incidents)} for each in report_claims]
