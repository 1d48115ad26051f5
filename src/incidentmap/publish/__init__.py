"""What may leave the house: publish profiles, applied to flat records before anything is drawn or written."""

from incidentmap.publish.fates import Why
from incidentmap.publish.ground import Ground, Spot, open_ground
from incidentmap.publish.incidents import PublishedCase, check_tellable, published_case
from incidentmap.publish.level import Level
from incidentmap.publish.profile import PlaceRule, Profile, Quotes
from incidentmap.publish.profiles import INTERNAL, load_profile, profiles
from incidentmap.publish.pseudonyms import Pseudonyms, workspace_key
from incidentmap.publish.publisher import Publisher, Withheld

__all__ = [
    "INTERNAL", "Ground", "Level", "PlaceRule", "Profile", "Pseudonyms", "PublishedCase", "Publisher", "Quotes", "Spot", "Why",
    "Withheld", "check_tellable", "load_profile", "open_ground", "profiles", "published_case", "workspace_key",
]
