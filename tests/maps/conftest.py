from collections.abc import Callable
from typing import Any

import pytest

from incidentmap.frames import incidents_frame
from incidentmap.gazetteer import boundary, region
from incidentmap.maps import MapView, map_view
from incidentmap.model import Incident, Reading, Report
from incidentmap.registry import actors

MakeView = Callable[..., MapView]


@pytest.fixture
def make_view(first_incidents: tuple[Incident, ...], first_report: Report, first_reading: Reading) -> MakeView:
    """The view of the first case, or of other incidents, with anything else changed by name."""
    def make(incidents: tuple[Incident, ...] = first_incidents, **changes: Any) -> MapView:
        frame = incidents_frame(incidents, region="tombouctou", boundary=boundary)
        plain: dict[str, Any] = {
            "total": len(incidents), "actors": actors(), "language": "fr", "theme": "light", "region": region("tombouctou"),
            "reports": (first_report,), "shared": first_reading.report_claims,
        }
        return map_view(incidents, frame, **(plain | changes))
    return make
