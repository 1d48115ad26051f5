"""The portions of what is shown that its sentence counts."""

from enum import StrEnum

from incidentmap.model.incident import Incident


class Portion(StrEnum):
    """A part of what is shown: by its side of the region's border, or by what is not known of it."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNPLACED = "unplaced"
    ABOUT = "about"
    """With a date that is not known to the day."""
    UNDATED = "undated"


def in_portion(incident: Incident, portion: Portion, *, inside: bool | None) -> bool:
    """Whether an incident is of a portion; `inside` tells whether it lies in the region, None where it has no place."""
    return {
        Portion.INSIDE: inside is True,
        Portion.OUTSIDE: inside is False,
        Portion.UNPLACED: incident.location is None,
        Portion.ABOUT: incident.date is not None and not incident.date.exact,
        Portion.UNDATED: incident.date is None,
    }[portion]
