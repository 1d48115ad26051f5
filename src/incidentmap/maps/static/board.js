// One canvas for all actor layers of a map: symbols by precision, labels, choice by click. It extends Leaflet's renderer,
// which keeps a padded canvas in step with panning and zooming.
(function (app) {
  "use strict";

  const SPIRAL = 15;

  app.Board = L.Renderer.extend({
    options: {pane: "incidents", padding: 0.3},

    // Whether the few have their label even where there is no room for it.
    _labelsAll: true,

    // Whether many near each other become one sign.
    _clustered: true,

    initialize: function (style, words, region) {
      L.Renderer.prototype.initialize.call(this, {});
      this._style = style;
      this._words = words;
      this._region = region;
      this._actors = [];
      this._marks = [];
      this._bins = [];
      this._cells = [];
      this._hidden = new Set();
      this._number = new Intl.NumberFormat();
      this._chosen = null;
      this._clusters = [];
      this._fields = [];
      this._numbered = [];
      this._shown = {what: "incidents", measure: "incidents"};
      this._paths = new Map();
      this._dock = new app.Dock(words, () => this.leave());
    },

    onAdd: function (map) {
      L.Renderer.prototype.onAdd.call(this, map);
      this._dock.addTo(map.getContainer());
      if (this._clustered) this._finer = new app.Finer(map.getContainer(), this._words, map.getContainer().lang);
    },

    include: function (layer) { this._actors.push(layer); this._groups = null; this.refresh(); },

    exclude: function (layer) { this._actors = this._actors.filter((other) => other !== layer); this._groups = null; this.refresh(); },

    setBins: function (bins) { this._bins = bins; this.refresh(); },

    setHidden: function (hidden) { this._hidden = hidden; this.refresh(); },

    // While the map plays, incidents have no labels: they would leap about, and cost most of the time of a frame.
    setPlaying: function (playing) {
      if (this._playing !== playing) this._labels = null;
      this._playing = playing;
      this.refresh();
    },

    // Several layers come and go in one go: draw once, in the next frame.
    refresh: function () {
      if (this._frame) return;
      this._frame = L.Util.requestAnimFrame(function () { this._frame = null; if (this._map) this._draw(); }, this);
    },

    _initContainer: function () {
      this._container = document.createElement("canvas");
      this._container.setAttribute("aria-hidden", "true");
      this._ctx = this._container.getContext("2d");
    },

    _destroyContainer: function () { this._container.remove(); },

    _updatePaths: function () {},

    _update: function () {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      this._labels = null;
      const ratio = window.devicePixelRatio || 1, size = this._bounds.getSize(), canvas = this._container;
      L.DomUtil.setPosition(canvas, this._bounds.min);
      canvas.width = ratio * size.x;
      canvas.height = ratio * size.y;
      canvas.style.width = size.x + "px";
      canvas.style.height = size.y + "px";
      this._draw();
    },

    // All incidents of all layers in the window, with their place on the canvas. Those that share a position stand in a spiral
    // around it: zooming would never part them.
    _collect: function () {
      const marks = [], taken = new Map(), at = [this._map.getZoom(), this._map.getPixelOrigin(), window.devicePixelRatio].join();
      if (this._at !== at) { this._at = at; this._groups = this._opened = null; this._paths.clear(); }
      this._actors.forEach((layer) => {
        if (layer.at !== at) { layer.at = at; layer.placed = new Map(); }
        layer.each((i, weight) => {
          const mark = this._placed(layer, i), before = mark.shape ? 0 : taken.get(mark.spot) || 0;
          taken.set(mark.spot, before + 1);
          const turn = before * 2.4, reach = before ? SPIRAL * Math.sqrt(before) : 0;
          mark.x = mark.baseX + reach * Math.cos(turn);
          mark.y = mark.baseY + reach * Math.sin(turn);
          mark.weight = weight;
          marks.push(mark);
        });
      });
      return marks;
    },

    _placed: function (layer, i) {
      if (!layer.placed.has(i)) layer.placed.set(i, this._place(layer, i));
      return layer.placed.get(i);
    },

    // Parts what is in the window into single marks and clusters; one that was opened out stands as a fan.
    _part: function (marks) {
      if (!this._clustered) return {single: marks, clusters: []};
      if (!this._groups) {
        const every = [];
        this._actors.forEach((layer) => layer.data.lat.forEach((lat, i) => { if (lat !== null) every.push(this._placed(layer, i)); }));
        this._groups = new app.Clusters(every, this._map.getZoom() >= this._map.getMaxZoom());
      }
      const parts = this._groups.part(marks, this._chosen), opened = (each) => this._opened === each.name;
      const fan = parts.clusters.filter(opened).flatMap((each) => app.fan(each));
      if (!fan.length) return parts;
      fan.forEach((each) => { each.mark.x = each.x; each.mark.y = each.y; });
      return {single: parts.single.concat(fan.map((each) => each.mark)), clusters: parts.clusters.filter((each) => !opened(each))};
    },

    // An incident with its place at this zoom, worked out once.
    _place: function (layer, i) {
      const data = layer.data, shape = data.shapes[i] || null, where = shape ? shape.at : [data.lon[i], data.lat[i]];
      const point = this._map.latLngToLayerPoint([where[1], where[0]]);
      return {
        layer: layer, i: i, id: data.ids[i], baseX: point.x, baseY: point.y, spot: where.join(":"), place: data.place[i], note: data.note[i],
        claimants: data.claimants[i], contested: data.contested[i] === 1, outside: data.outside[i] === 1, draft: data.draft[i] === 1,
        rejected: data.rejected[i] === 1, aboutDate: data.aboutDate[i] === 1, aboutPlace: data.aboutPlace[i] === 1, radius: data.radius[i],
        shape: shape,
      };
    },

    _draw: function () {
      const ctx = this._ctx, ratio = window.devicePixelRatio || 1, origin = this._bounds.min;
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, this._container.width, this._container.height);
      ctx.setTransform(ratio, 0, 0, ratio, -ratio * origin.x, -ratio * origin.y);
      this._seen = this._collect();
      if (this._shown.what === "incidents") this._drawEach(); else this._drawNumbers();
      this._drawChoice();
      this._drawLabels();
      if (this._playing) return;
      this._tell();
      if (this._finer) this._warn();
    },

    _drawEach: function () {
      this._numbered = [];
      const ctx = this._ctx, parts = this._part(this._seen);
      const colours = Object.fromEntries(this._actors.map((layer) => [layer.data.id, layer.data.colour]));
      this._cells = app.drawCells(ctx, this._map, this._bins, this._hidden, colours, this._style, this._number);
      this._marks = parts.single;
      this._clusters = parts.clusters;
      const dots = this._marks.filter((mark) => !mark.shape);
      this._drawShapes();
      this._drawReaches(dots);
      dots.forEach((mark) => this._drawDot(mark));
      dots.filter((mark) => mark.contested || mark.claimants > 1).forEach((mark) => app.drawBadge(ctx, mark, this._style));
      this._clusters.forEach((cluster) => app.drawCluster(ctx, cluster, this._style, this._number));
    },

    // Squares or areas with their numbers; of the incidents only the chosen one.
    _drawNumbers: function () {
      this._clusters = [];
      this._marks = this._seen.filter((mark) => mark.id === this._chosen && !mark.shape);
      this._drawFields();
      this._marks.forEach((mark) => this._drawDot(mark));
    },

    // Whether the view is closer than what is in it is known.
    _warn: function () {
      const size = this._map.getSize(), corner = this._map.containerPointToLayerPoint([0, 0]), view = L.bounds(corner, corner.add(size));
      const drawn = this._shown.what === "incidents" ? this._seen : [];
      const seen = drawn.filter((mark) => !mark.shape && view.contains([mark.baseX, mark.baseY]));
      this._finer.tell(seen.map((mark) => ({radius: mark.radius, reach: this._radiusOf(mark)})), Math.min(size.x, size.y) / 2);
    },

    // What is drawn, for tests and assistive scripts: ids, and places on the screen while there are few.
    _tell: function () {
      const place = this._map.getContainer().dataset, few = this._seen.length <= 500;
      place.drawn = JSON.stringify(few ? this._seen.map((mark) => mark.id) : this._seen.length);
      const alone = this._clusters.filter((cluster) => cluster.marks.length === 1).map((cluster) => cluster.marks[0]);
      place.marks = JSON.stringify(!few ? [] : this._marks.concat(alone).map((mark) => {
        const point = this._map.layerPointToContainerPoint([mark.x, mark.y]);
        const {id, place: name, note, outside, contested} = mark;
        return {id: id, place: name, note: note, x: Math.round(point.x), y: Math.round(point.y), outside: outside, contested: contested};
      }));
      place.clusters = JSON.stringify(this._clusters.map((cluster) => {
        const point = this._map.layerPointToContainerPoint([cluster.x, cluster.y]);
        return {count: cluster.marks.length, precision: cluster.precision, x: Math.round(point.x), y: Math.round(point.y)};
      }));
      if (this._chosen && !this._seen.some((mark) => mark.id === this._chosen) && !this._actors.some((layer) => layer.lacks(this._chosen))) this.leave();
    },
  });
})(window.incidentmap);
