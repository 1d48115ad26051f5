"""The claims of incidents side by side: per question a row a claimant, figures on one scale, each with its quote and source."""

from collections.abc import Mapping, Sequence
from datetime import date

from incidentmap.briefing.document import Account, Question, Statement
from incidentmap.maps import claimants, date_line, figure_words, incident_title, place_line, term, toll_words
from incidentmap.model import Claim, ClaimField, Incident, Report, ReportClaim, Stance, TotalRule, incident_toll
from incidentmap.registry import actor_name
from incidentmap.words import say

_ORDER = list(ClaimField)
_OPEN_ENDED = 1.6
"""How far a scale goes beyond the greatest number where somebody says "at least"."""


def accounts(
    incidents: Sequence[Incident], shared: Sequence[ReportClaim], numbers: Mapping[str, int], language: str,
) -> tuple[Account, ...]:
    """The accounts of those incidents that anybody claims something of, the most contested first.

    `numbers` are those of the sources by report id; incidents keep the number that they have in the table.
    """
    told = [(number, each) for number, each in enumerate(incidents, start=1) if each.claims]
    told.sort(key=lambda pair: (-len(claimants(pair[1])), -len(pair[1].claims), pair[0]))
    return tuple(_account(number, each, shared, numbers, language) for number, each in told)


def killed_words(incident: Incident, rule: TotalRule, reports: Mapping[str, Report], language: str) -> str:
    """The killed under a rule; unknown is said to be unknown."""
    days: dict[str, date] = {key: report.published.start for key, report in reports.items() if report.published}
    toll = incident_toll(incident, ClaimField.KILLED, rule, days)
    return toll_words(toll.low, toll.high, language, open_high=toll.open_high) if toll else say(language, "briefing.unknown")


def _account(
    number: int, incident: Incident, shared: Sequence[ReportClaim], numbers: Mapping[str, int], language: str,
) -> Account:
    asked: dict[ClaimField, list[Claim]] = {}
    for claim in incident.claims:
        asked.setdefault(claim.field, []).append(claim)
    questions = [_question(term(language, "field", field.value), asked[field], numbers, language)
                 for field in sorted(asked, key=_ORDER.index)]
    together = [each.claim for each in shared if incident.id in each.incidents]
    if together:
        questions.append(_question(say(language, "screen.card.shared"), together, numbers, language))
    where = place_line(incident.location, inside=None, language=language)
    return Account(number, incident_title(incident, language), f"{date_line(incident, language)} · {where}", tuple(questions))


def _question(heading: str, claims: Sequence[Claim], numbers: Mapping[str, int], language: str) -> Question:
    bounds = [number for claim in claims for number in (claim.low, claim.best, claim.high) if number is not None]
    open_ended = any(claim.low is not None and claim.high is None for claim in claims)
    scale = max(bounds, default=0) * (_OPEN_ENDED if open_ended else 1.0)
    return Question(heading, scale, tuple(_statement(claim, numbers, language) for claim in claims))


def _statement(claim: Claim, numbers: Mapping[str, int], language: str) -> Statement:
    return Statement(
        who=actor_name(claim.claimant, language, claim.claimant_name), says=_says(claim, language), quote=claim.span.quote,
        source=numbers.get(claim.report, 0), low=claim.low, best=claim.best, high=claim.high,
    )


def _says(claim: Claim, language: str) -> str:
    """Stance, whom it is about, and the figure or value, in words."""
    counted = claim.low is not None or claim.best is not None or claim.high is not None
    parts = [term(language, "subject", claim.subject)] if claim.subject and counted else []
    if claim.value or counted:
        parts.append(figure_words(claim.low, claim.best, claim.high, claim.value, language))
    if claim.stance in {Stance.DENIES, Stance.CONFIRMS} or not parts:
        parts.append(term(language, "stance", claim.stance.value))
    return " · ".join([*parts, *([say(language, "screen.hedged")] if claim.hedged else [])])
