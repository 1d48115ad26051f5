"""Our one folium layer: an actor's incidents in columns, drawn on one canvas that all actors share."""

from collections.abc import Mapping

import folium
from folium.map import Layer
from folium.template import Template

from incidentmap.maps.columns import columns, script_json
from incidentmap.maps.view import ActorView, MapView
from incidentmap.model import Actor


class IncidentLayer(Layer):
    """The incidents of one actor as a Leaflet layer (`incidentmap.ActorLayer` of `static/board.js`).

    Names reach the browser as JSON only, and the page as text only.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = new incidentmap.ActorLayer({{ this.payload }});
            {{ this.get_name() }}.addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, layer: ActorView, view: MapView, actors: Mapping[str, Actor]) -> None:
        super().__init__(name=layer.id, overlay=True, control=False)
        self._name = "IncidentLayer"
        self.payload = script_json(columns(layer, view, actors))


def incident_layers(view: MapView, actors: Mapping[str, Actor]) -> folium.FeatureGroup:
    """The layers of all actors that are switched on, in one group that streamlit-folium can swap without remounting the map."""
    group = folium.FeatureGroup(name="incidents", overlay=True, control=False)
    for layer in view.layers:
        if layer.shown:
            group.add_child(IncidentLayer(layer, view, actors))
    return group
