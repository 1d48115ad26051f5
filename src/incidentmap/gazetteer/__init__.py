"""A name -> ranked candidate places with reasons, behind geopy's door; the regions of interest."""

from incidentmap.gazetteer.finder import Gazetteer, open_gazetteer
from incidentmap.gazetteer.interest import Region, region, regions, regions_containing
from incidentmap.gazetteer.locate import Located
from incidentmap.gazetteer.names import fold_name
from incidentmap.gazetteer.polygons import boundary
from incidentmap.gazetteer.record import LocatedRecord, ResolutionRecord, located_record, resolution_record

__all__ = [
    "Gazetteer", "Located", "LocatedRecord", "Region", "ResolutionRecord", "boundary", "fold_name", "located_record",
    "open_gazetteer", "region", "regions", "regions_containing", "resolution_record",
]
