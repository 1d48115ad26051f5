"""Whether those who speak about an incident contradict each other: in a figure, about who holds the place, or by a denial."""

from collections.abc import Mapping
from datetime import date

from incidentmap.model.claim import Claim, ClaimField, Stance
from incidentmap.model.incident import Incident
from incidentmap.model.toll import ALL_SOURCES, COUNTED, contested, figures_of

_TAKEN = frozenset({"taken", "retaken"})
_IN_VAIN = "attempted_in_vain"


def is_contested(incident: Incident, published: Mapping[str, date] | None = None) -> bool:
    """Whether rival claims about an incident cannot all be true.

    They cannot where no single number agrees with all that is told of some class of people; where one says that the place was
    taken and another that it was tried in vain or that the attackers were repelled; and where one denies what another says.
    Several voices alone are no contest, nor is one voice that contradicts itself.

    Parameters
    ----------
    incident
        With all its claims; those over several incidents are not heard.
    published
        Day of publication of reports by id: of one voice's figures only the latest counts.
    """
    if len({(claim.claimant, claim.report) for claim in incident.claims}) < 2:
        return False
    figures = (figures_of(incident, field, ALL_SOURCES, published or {}) for field in COUNTED)
    return any(contested(each) for each in figures) or _denied(incident.claims) or _both_hold(incident.claims)


def _denied(claims: tuple[Claim, ...]) -> bool:
    """Whether somebody denies what somebody else says."""
    denials = [claim for claim in claims if claim.stance is Stance.DENIES]
    return any(
        claim.field is denial.field and claim.claimant != denial.claimant and claim.subject == denial.subject
        for denial in denials for claim in claims if claim.stance is not Stance.DENIES
    )


def _both_hold(claims: tuple[Claim, ...]) -> bool:
    """Whether one says that the place was taken, and another that it was not."""
    taken = {claim.claimant for claim in claims if claim.field is ClaimField.CONTROL and claim.value in _TAKEN}
    kept = {
        claim.claimant for claim in claims
        if claim.field is ClaimField.REPELLED or (claim.field is ClaimField.CONTROL and claim.value == _IN_VAIN)
    }
    return any(one != other for one in taken for other in kept)
