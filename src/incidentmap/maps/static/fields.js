// How the board draws numbers instead of incidents: squares of a density and areas, each in the shade of its class, under the pointer
// with its name and number.
(function (app) {
  "use strict";

  // Fewer incidents than this make no picture of a density: single ones decide it.
  const TOO_FEW = 30;
  const ALPHA = 0.72;

  // The place of an area's number: the middle of its largest ring, by its box where that is not inside.
  function middleOf(shape) {
    const rings = app.rings(shape), area = (ring) => Math.abs(ring.reduce((twice, [x, y], k) => {
      const [nextX, nextY] = ring[(k + 1) % ring.length];
      return twice + x * nextY - nextX * y;
    }, 0));
    const largest = rings.reduce((one, other) => area(other) > area(one) ? other : one), box = L.latLngBounds(largest.map(([lon, lat]) => [lat, lon]));
    return box.getCenter();
  }

  app.Board.include({
    // What is drawn: `shown` is {what, measure}, `counted` what the server counted of it, `units` the outlines of areas, null while
    // something is on its way.
    setShown: function (shown, counted, units) {
      this._shown = shown;
      this._counted = counted;
      this._units = units;
      this._most = 0;
      this._fields = [];
      this.refresh();
    },

    // The squares or areas of what is in the window, null while something of it is on its way.
    _count: function () {
      const {what, measure} = this._shown;
      if (!this._units) return null;
      if (what !== "density") return app.areas(this._seen, what, measure, this._units, this._counted, this._hidden);
      return app.squares(this._seen, this._gridSize(), this._counted, this._hidden);
    },

    _gridSize: function () { return this._counted ? this._counted.size : app.squareAt(this._map.getZoom()); },

    _drawFields: function () {
      const told = this._count();
      this._fields = told ? told.fields : [];
      this._fields.forEach((each) => {
        each.sum = each.marks.length + each.rows;
        each.value = each.toll ? (each.toll.told ? each.toll.low : null) : each.sum;
      });
      const most = this._fields.reduce((top, each) => Math.max(top, each.value || 0), 0);
      this._most = this._playing ? Math.max(this._most, most) : most;
      this._firsts = app.classesTo(this._most);
      this._fields.forEach((each) => this._drawField(each));
      this._numberFields();
      if (told && !this._playing) this._tellKey(told);
      this._map.getContainer().dataset.fields = JSON.stringify(this._fields.map(({id, sum, toll}) => ({id: id, sum: sum, toll: toll})));
    },

    // No figure at all is a dashed outline; none killed is a faint fill.
    _drawField: function (each) {
      const ctx = this._ctx, path = this._pathOf(each.shape), k = app.classOf(this._firsts, each.value || 0);
      ctx.save();
      ctx.lineJoin = "round";
      ctx.globalAlpha = k < 0 ? 0.12 : ALPHA;
      ctx.fillStyle = k < 0 ? this._style.muted : app.shadeOf(this._style.ramp, k, this._firsts.length);
      if (each.value !== null) ctx.fill(path, "evenodd");
      ctx.globalAlpha = 1;
      ctx.setLineDash(each.value === null ? [4, 3] : []);
      ctx.lineWidth = each === this._pointedField ? 2.2 : 0.8;
      ctx.strokeStyle = each === this._pointedField ? this._style.ink : this._style.muted;
      ctx.stroke(path);
      ctx.restore();
    },

    _numberFields: function () {
      const ctx = this._ctx, style = this._style;
      ctx.save();
      ctx.font = "600 12px " + style.font;
      ctx.direction = "ltr";
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.lineWidth = 3;
      ctx.lineJoin = "round";
      ctx.strokeStyle = style.halo;
      ctx.fillStyle = style.ink;
      this._numbered = [];
      this._fields.forEach((each) => {
        each.at = each.at || middleOf(each.shape);
        const text = this.figureOf(each), at = this._map.latLngToLayerPoint(each.at), room = this._widthOf(each.shape);
        if (ctx.measureText(text).width + 4 > room) return;
        ctx.strokeText(text, at.x, at.y);
        ctx.fillText(text, at.x, at.y);
        this._numbered.push(at);
      });
      ctx.restore();
    },

    // Pixels from the west end of an outline to its east end.
    _widthOf: function (shape) {
      const lon = app.rings(shape).flat().map((corner) => corner[0]), at = (east) => this._map.latLngToLayerPoint([0, east]).x;
      return at(Math.max(...lon)) - at(Math.min(...lon));
    },

    // The number of an area: how many, or a range of victims, open above where it may be more; nobody told any: a question mark.
    figureOf: function (each) {
      if (!each.toll) return this._number.format(each.sum);
      const {low, high, open, told} = each.toll, number = (value) => this._number.format(value);
      if (!told) return "?";
      return (low === high ? number(low) : number(low) + "\u2013" + number(high)) + (open ? "+" : "");
    },

    _fieldAt: function (point) {
      return this._fields.find((each) => this._onShape(each.shape, point)) || null;
    },

    // Those of a square or area that are in the page, as a list; rows that the server counted are further in.
    chooseField: function (point) {
      const field = this._fieldAt(point);
      if (field && field.marks.length && !field.rows) this._list({shape: true, spots: 2, marks: field.marks});
      else if (field) this._map.fitBounds(L.geoJSON(field.shape).getBounds(), {padding: [24, 24], animate: false});
      else this.leave();
    },

    hoverField: function (point) {
      const field = this._fieldAt(point);
      this._map.getContainer().style.cursor = field ? "pointer" : "";
      if (field === this._pointedField) return;
      this._pointedField = field;
      if (this._hint) this._map.closeTooltip(this._hint);
      this._hint = null;
      if (field) {
        this._hint = L.tooltip({direction: "top", className: "im-tooltip"}).setLatLng(field.at).setContent(this.hintOf(field, this.figureOf(field))).openOn(this._map);
      }
      this.refresh();
    },

    // What the shades mean, and what is in none of them.
    _tellKey: function (told) {
      const density = this._shown.what === "density", all = this._fields.reduce((sum, each) => sum + each.sum, 0);
      const key = {
        shades: this._firsts.map((first, k) => ({
          colour: app.shadeOf(this._style.ramp, k, this._firsts.length), from: first, to: k + 1 < this._firsts.length ? this._firsts[k + 1] - 1 : first === this._most ? first : null,
        })),
        km: density ? app.squareKm(this._gridSize()) : null, few: density && all < TOO_FEW ? all : null, coarser: told.coarser, elsewhere: told.elsewhere,
        unknown: this._fields.some((each) => each.value === null),
        ranks: density ? [] : this._fields.map((each) => ({name: each.name, value: each.value, figure: this.figureOf(each)})),
      };
      if (this.onKey) this.onKey(key);
    },
  });
})(window.incidentmap);
