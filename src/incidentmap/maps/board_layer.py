"""A layer of one of our boards (`static/*.js`), which streamlit-folium swaps without remounting the map."""

import folium
from folium.map import Layer
from folium.template import Template

from incidentmap.maps.card import JsonRecord
from incidentmap.maps.columns import script_json


class BoardLayer(Layer):
    """Columns as a Leaflet layer of the class `kind` of our scripts."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = new incidentmap.{{ this.kind }}({{ this.payload }});
            {{ this.get_name() }}.addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, kind: str, data: JsonRecord) -> None:
        super().__init__(name=kind, overlay=True, control=False)
        self._name, self.kind, self.payload = kind, kind, script_json(data)


def board_group(kind: str, data: JsonRecord) -> folium.FeatureGroup:
    """One layer in a group of its own."""
    group = folium.FeatureGroup(name=kind, overlay=True, control=False)
    group.add_child(BoardLayer(kind, data))
    return group
