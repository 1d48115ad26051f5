"""Online geocoders, opt-in, behind the same door as the local one. Nothing leaves the machine before one is asked."""

from incidentmap.gazetteer.online.candidates import online_candidates, online_resolution
from incidentmap.gazetteer.online.clock import Clock
from incidentmap.gazetteer.online.door import open_geocoder
from incidentmap.gazetteer.online.geocoders import OnlineGeocoder
from incidentmap.gazetteer.online.provider import PROVIDERS, Provider

__all__ = ["PROVIDERS", "Clock", "OnlineGeocoder", "Provider", "online_candidates", "online_resolution", "open_geocoder"]
