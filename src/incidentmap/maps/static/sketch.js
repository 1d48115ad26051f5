// A line or an area that is drawn on the map by clicks: points, the way to the pointer, its length.
(function (app) {
  "use strict";

  // A click so near to the last point, or to the first of an area, ends it: so does a double click.
  const NEAR = 8;
  // As many corners as the address of the page may tell.
  const MOST = 60;

  app.Sketch = class {
    // options: {closed, colour, onChange(points, length in km), onEnd(points)}; points are Leaflet's.
    constructor(map, options) {
      Object.assign(this, {_map: map, _options: options, points: [], _pointer: null});
      const style = {color: options.colour, weight: 2, dashArray: options.closed ? "6 4" : null, interactive: false, pane: "tools"};
      this._line = options.closed ? L.polygon([], {...style, fillOpacity: 0.06}) : L.polyline([], style);
      this._dots = L.layerGroup();
      this._on = {click: (event) => this._click(event), mousemove: (event) => { this._pointer = event.latlng; this._draw(); }};
      this._keys = (event) => this._key(event);
      map.addLayer(this._line).addLayer(this._dots).on(this._on);
      map.getContainer().addEventListener("keydown", this._keys);
      map.doubleClickZoom.disable();
    }

    get enough() { return this.points.length >= (this._options.closed ? 3 : 2); }

    get km() {
      const ends = this.points.slice(1), begins = this.points.slice(0, -1);
      const far = (one, other) => app.geodesicKm([one.lat, one.lng], [other.lat, other.lng]) ?? this._map.distance(one, other) / 1000;
      return ends.reduce((sum, end, k) => sum + far(begins[k], end), 0);
    }

    _click(event) {
      const last = this.points[this.points.length - 1], first = this._options.closed && this.enough ? this.points[0] : null;
      if (this._near(event, last) || this._near(event, first)) { this.end(); return; }
      this.points.push(event.latlng.wrap());
      this._changed();
      if (this.points.length === MOST) this.end();
    }

    _near(event, point) { return Boolean(point) && this._map.latLngToContainerPoint(point).distanceTo(event.containerPoint) < NEAR; }

    _key(event) {
      if (event.key === "Enter") this.end();
      else if (event.key === "Backspace" && this.points.pop()) this._changed();
      else return;
      event.preventDefault();
    }

    _changed() {
      this._dots.clearLayers();
      this.points.forEach((point) => this._dots.addLayer(L.circleMarker(point, {
        radius: 3.5, weight: 1.5, color: this._options.colour, fillColor: "#fff", fillOpacity: 1, interactive: false, pane: "tools",
      })));
      this._draw();
      this._options.onChange(this.points, this.km);
    }

    _draw() { this._line.setLatLngs(this.points.length && this._pointer && !this.ended ? [...this.points, this._pointer] : this.points); }

    // A line that is measured stays until it is removed.
    end() {
      if (!this.enough || this.ended) return;
      this.ended = true;
      this._map.off(this._on);
      this._draw();
      this._options.onEnd(this.points);
    }

    remove() {
      this._map.off(this._on).removeLayer(this._line).removeLayer(this._dots);
      this._map.getContainer().removeEventListener("keydown", this._keys);
      this._map.doubleClickZoom.enable();
    }
  };
})(window.incidentmap);
