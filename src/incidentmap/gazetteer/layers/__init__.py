"""Sources that a user adds to the gazetteer: each is read once, normalised, and kept in a shelf folder with its record."""

from incidentmap.gazetteer.layers.columns import OURS
from incidentmap.gazetteer.layers.geonames import stage_geonames
from incidentmap.gazetteer.layers.record import LayerRecord
from incidentmap.gazetteer.layers.shelf import Layer, discard, in_order, layers_of, put, read_layer, take_out
from incidentmap.gazetteer.layers.table import Said, Table, open_csv, open_geojson, stage_table
from incidentmap.gazetteer.layers.world import stage_world

__all__ = [
    "OURS", "Layer", "LayerRecord", "Said", "Table", "discard", "in_order", "layers_of", "open_csv", "open_geojson",
    "put", "read_layer", "stage_geonames", "stage_table", "stage_world", "take_out",
]
