// Tools of the map: only what is in view, a drawn area, a distance. What an area leaves out is the server's business; a file has no server,
// and measures alone.
(function (app) {
  "use strict";

  const DECIMALS = 4;
  const SIGNS = {
    view: "M2 6V2H6M10 2H14V6M14 10V14H10M6 14H2V10", area: "M3 4L10 2L14 8L9 14L2 11Z",
    measure: "M1.5 11.5L11.5 1.5L14.5 4.5L4.5 14.5ZM5 8L6.5 9.5M7.5 5.5L9 7",
  };
  const make = app.make;

  app.Tools = L.Control.extend({
    options: {position: "topleft"},

    // options: {words, locale, colour, select, onArea(corners)}: corners as [lon, lat], none where everything is wanted.
    initialize: function (options) {
      L.Util.setOptions(this, options);
      this._area = [];
    },

    onAdd: function (map) {
      this._map = map;
      map.createPane("tools").style.zIndex = 460;
      map.getPane("tools").style.pointerEvents = "none";
      const names = this.options.select ? ["view", "area", "measure"] : ["measure"];
      this._buttons = Object.fromEntries(names.map((name) => [name, this._button(name)]));
      this._text = make("span", {role: "status"});
      this._done = this._word("tools.done", () => this._sketch.end());
      this._cancel = this._word("tools.cancel", () => this._stop(true));
      this._lift = this._word("tools.lift", () => { this._buttons.area.focus(); this._tell([]); });
      this._row = make("div", {class: "im-tool-row"}, this._text, this._done, this._cancel, this._lift);
      const box = make("div", {class: "im-tools"}, make("div", {class: "leaflet-bar"}, ...Object.values(this._buttons)), this._row);
      L.DomEvent.disableClickPropagation(box);
      map.getContainer().addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !this._sketch) return;
        event.stopPropagation();
        this._stop(true);
      }, true);
      this._show();
      return box;
    },

    _say: function (key) { return app.words(this.options.words, key); },

    _word: function (key, press) {
      const button = make("button", {type: "button"}, this._say(key));
      button.addEventListener("click", press);
      return button;
    },

    _button: function (name) {
      const label = this._say("tools." + name), line = {fill: "none", stroke: "currentColor", "stroke-width": 1.4};
      const sign = app.drawn(SIGNS[name], "0 0 16 16", line);
      const button = make("button", {type: "button", class: "im-tool", "data-tool": name, title: label, "aria-label": label}, sign);
      if (name !== "view") button.setAttribute("aria-pressed", "false");
      button.addEventListener("click", () => { if (name === "view") this._tell(this._inView()); else this._start(name); });
      return button;
    },

    // The corners of what can be seen of the map; on one of its repetitions beyond 180 degrees it is the same world.
    _inView: function () {
      const box = this._map.getBounds(), within = (degrees, most) => Math.max(-most, Math.min(most, degrees));
      const turns = 360 * Math.floor((this._map.getCenter().lng + 180) / 360);
      const [west, east] = [box.getWest(), box.getEast()].map((degrees) => within(degrees - turns, 180));
      const [south, north] = [box.getSouth(), box.getNorth()].map((degrees) => within(degrees, 85));
      return [[west, south], [east, south], [east, north], [west, north]].map(rounded);
    },

    _start: function (name) {
      const again = this._mode === name;
      this._stop(true);
      if (again) return;
      this._mode = name;
      this._map.incidentBoard.setBusy(true);
      this._sketch = new app.Sketch(this._map, {
        closed: name === "area", colour: this.options.colour, onChange: () => this._show(),
        onEnd: (points) => { if (name === "area") this._tell(points.map((point) => rounded([point.lng, point.lat]))); else this._show(); },
      });
      this._map.getContainer().focus();
      this._show();
    },

    _stop: function (show) {
      if (this._sketch) this._sketch.remove();
      this._sketch = this._mode = null;
      this._map.incidentBoard.setBusy(false);
      if (show) this._show();
    },

    _tell: function (corners) {
      this._stop(false);
      this.setArea(corners);
      this.options.onArea(corners);
    },

    // From outside, in silence.
    setArea: function (corners) {
      this._area = corners;
      if (this._outline) this._map.removeLayer(this._outline);
      const style = {color: this.options.colour, weight: 1.6, dashArray: "6 4", fill: false, interactive: false, pane: "tools"};
      this._outline = corners.length ? L.polygon(corners.map(([lon, lat]) => [lat, lon]), style).addTo(this._map) : null;
      this._show();
    },

    _show: function () {
      const drawing = Boolean(this._sketch);
      Object.entries(this._buttons).filter(([name]) => name !== "view")
        .forEach(([name, button]) => button.setAttribute("aria-pressed", String(this._mode === name)));
      this._done.hidden = !drawing || !this._sketch.enough || this._sketch.ended;
      this._cancel.hidden = !drawing;
      this._lift.hidden = drawing || !this._area.length;
      this._row.hidden = !drawing && !this._area.length;
      this._text.textContent = this._told();
    },

    _told: function () {
      if (!this._sketch) return this._area.length ? this._say("tools.within") : "";
      return this._mode === "measure" && this._sketch.points.length > 1 ? this._distance() : this._say("tools." + this._mode + ".how");
    },

    _distance: function () {
      const km = this._sketch.km;
      return new Intl.NumberFormat(this.options.locale, {style: "unit", unit: "kilometer", maximumFractionDigits: km < 10 ? 1 : 0}).format(km);
    },
  });

  function rounded(corner) { return corner.map((degrees) => Number(degrees.toFixed(DECIMALS))); }
})(window.incidentmap);
