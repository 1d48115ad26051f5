// One canvas for all actor layers of a map: symbols by precision, labels, choice by click. It extends Leaflet's renderer,
// which keeps a padded canvas in step with panning and zooming.
(function (app) {
  "use strict";

  const SPIRAL = 15;
  const MOST_LABELS = 150;

  app.Board = L.Renderer.extend({
    options: {pane: "incidents", padding: 0.3},

    // Whether the few have their label even where there is no room for it.
    _labelsAll: true,

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
      this._dock = new app.Dock(words, () => this.leave());
    },

    onAdd: function (map) {
      L.Renderer.prototype.onAdd.call(this, map);
      this._dock.addTo(map.getContainer());
    },

    include: function (layer) { this._actors.push(layer); this.refresh(); },

    exclude: function (layer) { this._actors = this._actors.filter((other) => other !== layer); this.refresh(); },

    setBins: function (bins) { this._bins = bins; this.refresh(); },

    setHidden: function (hidden) { this._hidden = hidden; this.refresh(); },

    // While the map plays, incidents have no labels: they would leap about, and cost most of the time of a frame.
    setPlaying: function (playing) { this._playing = playing; this.refresh(); },

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
      this._actors.forEach((layer) => {
        if (layer.at !== at) { layer.at = at; layer.placed = new Map(); }
        layer.each((i, weight) => {
          if (!layer.placed.has(i)) layer.placed.set(i, this._place(layer, i));
          const mark = layer.placed.get(i), before = mark.shape ? 0 : taken.get(mark.spot) || 0;
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

    // An incident with its place at this zoom, worked out once.
    _place: function (layer, i) {
      const data = layer.data, point = this._map.latLngToLayerPoint([data.lat[i], data.lon[i]]);
      return {
        layer: layer, i: i, id: data.ids[i], baseX: point.x, baseY: point.y, spot: data.lat[i] + ":" + data.lon[i], place: data.place[i],
        note: data.note[i], claimants: data.claimants[i], outside: data.outside[i] === 1, draft: data.draft[i] === 1,
        rejected: data.rejected[i] === 1, about: data.aboutPlace[i] === 1 || data.aboutDate[i] === 1,
        aboutPlace: data.aboutPlace[i] === 1, radius: data.radius[i], shape: data.shapes[i] || null,
      };
    },

    _draw: function () {
      const ctx = this._ctx, ratio = window.devicePixelRatio || 1, origin = this._bounds.min;
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, this._container.width, this._container.height);
      ctx.setTransform(ratio, 0, 0, ratio, -ratio * origin.x, -ratio * origin.y);
      const colours = Object.fromEntries(this._actors.map((layer) => [layer.data.id, layer.data.colour]));
      this._cells = app.drawCells(ctx, this._map, this._bins, this._hidden, colours, this._style, this._number);
      this._marks = this._collect();
      const areas = this._marks.filter((mark) => mark.shape), dots = this._marks.filter((mark) => !mark.shape);
      areas.forEach((mark) => this._drawArea(mark));
      dots.forEach((mark) => this._drawReach(mark));
      dots.forEach((mark) => this._drawDot(mark));
      this._marks.filter((mark) => mark.claimants > 1).forEach((mark) => app.drawBadge(ctx, mark, this._style));
      this._drawChoice();
      this._drawLabels();
      if (!this._playing) this._tell();
    },

    _drawDot: function (mark) { app.drawSymbol(this._ctx, mark, this._style); },

    // An area known only as an area is the area itself; an axis is a broad line.
    _drawArea: function (mark) {
      const ctx = this._ctx, path = new Path2D(), colour = mark.layer.data.colour;
      const line = mark.shape.type.endsWith("LineString");
      app.rings(mark.shape).forEach((ring) => {
        ring.forEach((position, k) => {
          const point = this._map.latLngToLayerPoint([position[1], position[0]]);
          if (k) path.lineTo(point.x, point.y); else path.moveTo(point.x, point.y);
        });
        if (!line) path.closePath();
      });
      mark.path = path;
      mark.line = line;
      ctx.save();
      ctx.lineJoin = "round";
      if (!line) { ctx.globalAlpha = 0.18; ctx.fillStyle = colour; ctx.fill(path, "evenodd"); }
      ctx.globalAlpha = 1;
      ctx.setLineDash([6, 4]);
      ctx.lineWidth = line ? 5 : 1.6;
      ctx.strokeStyle = colour;
      ctx.stroke(path);
      ctx.restore();
    },

    // A dashed ring around what is about right: as wide as the stated radius where that can be seen.
    _drawReach: function (mark) {
      if (!mark.about) return;
      const radius = mark.aboutPlace ? Math.max(14, this._radiusOf(mark)) : 14;
      app.drawRing(this._ctx, mark.x, mark.y, radius, mark.layer.data.colour, 1.6, [4, 3]);
    },

    // The stated radius of a place in pixels.
    _radiusOf: function (mark) {
      const data = mark.layer.data, degrees = mark.radius / 111.32;
      return Math.abs(mark.baseY - this._map.latLngToLayerPoint([data.lat[mark.i] + degrees, data.lon[mark.i]]).y);
    },

    _drawChoice: function () {
      const chosen = this._marks.find((mark) => mark.id === this._chosen);
      if (chosen) app.drawRing(this._ctx, chosen.x, chosen.y, 19, this._style.ink, 2, []);
    },

    _drawLabels: function () {
      const style = this._style, corner = this._map.containerPointToLayerPoint([0, 0]), named = new Set();
      const view = L.bounds(corner, corner.add(this._map.getSize())), sheet = new app.Sheet(this._ctx, style, view);
      sheet.avoidControls(this._map);
      app.avoidRivers(sheet, this._map, this._bounds);
      if (!this._playing) this._labelMarks(sheet, named);
      app.labelGround(sheet, this._map, this._bounds, style, this._region, named);
    },

    _labelMarks: function (sheet, named) {
      const style = this._style, groups = new Map();
      this._marks.forEach((mark) => {
        sheet.block(mark.x, mark.y, mark.claimants > 1 ? 13 : 9);
        const key = mark.baseX + ":" + mark.baseY;
        if (!groups.has(key)) groups.set(key, mark);
      });
      [...groups.values()].slice(0, MOST_LABELS).forEach((mark) => {
        const lines = [{text: mark.place, font: "600 13px " + style.font, colour: style.ink, size: 13}];
        if (mark.note) lines.push({text: mark.note, font: "400 11px " + style.font, colour: style.muted, size: 11});
        named.add(mark.place);
        sheet.write(mark.baseX, mark.baseY, lines, mark.id === this._chosen ? 24 : 18, this._labelsAll && groups.size < 30);
      });
    },

    _markAt: function (point) {
      let best = null, least = 18;
      this._marks.forEach((mark) => {
        if (mark.shape) return;
        const away = Math.hypot(mark.x - point.x, mark.y - point.y);
        if (away < least) { least = away; best = mark; }
      });
      return best || this._marks.find((mark) => mark.shape && this._onArea(mark, point)) || null;
    },

    _onArea: function (mark, point) {
      const ctx = this._ctx;
      ctx.save();
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.lineWidth = 12;
      const on = mark.line ? ctx.isPointInStroke(mark.path, point.x, point.y) : ctx.isPointInPath(mark.path, point.x, point.y, "evenodd");
      ctx.restore();
      return on;
    },

    // Opens the card of the incident under a click; a click beside all of them closes it.
    choose: function (event) {
      const mark = this._markAt(event.layerPoint);
      if (!mark) { this.leave(); return; }
      this._chosen = mark.id;
      if (this._hint) this._map.closeTooltip(this._hint);
      const card = mark.layer.data.cards[mark.i];
      this._dock.show(card.sections ? app.card(card) : app.cardHead(card), mark.id);
      if (!card.sections && this.onWanted) this.onWanted(mark.id);
      const size = this._map.getSize(), aside = this._dock.asideOf(size);
      this._map.panInside(this._map.layerPointToLatLng([mark.x, mark.y]), {paddingTopLeft: [30, 30], paddingBottomRight: aside, animate: false});
      this._draw();
    },

    // The rest of a card that was asked for, if its incident is still the chosen one.
    showCard: function (card) {
      if (card.id === this._chosen) this._dock.show(app.card(card), card.id);
    },

    leave: function () {
      if (!this._chosen) return;
      this._chosen = null;
      this._dock.hide();
      this._draw();
    },

    hover: function (event) {
      const mark = this._markAt(event.layerPoint), container = this._map.getContainer();
      container.style.cursor = mark ? "pointer" : "";
      if (mark && this._hinted === mark.id) return;
      if (this._hint) this._map.closeTooltip(this._hint);
      this._hinted = mark ? mark.id : null;
      this._hint = null;
      if (!mark || mark.id === this._chosen) return;
      const at = this._map.layerPointToLatLng([mark.x, mark.y]);
      this._hint = L.tooltip({direction: "top", offset: [0, -12], className: "im-tooltip"}).setLatLng(at);
      this._hint.setContent(app.hint(mark.layer.data.cards[mark.i])).openOn(this._map);
    },

    // What is drawn, for tests and assistive scripts: ids, and places on the screen while there are few.
    _tell: function () {
      const place = this._map.getContainer().dataset, few = this._marks.length <= 500;
      place.drawn = JSON.stringify(few ? this._marks.map((mark) => mark.id) : this._marks.length);
      place.marks = JSON.stringify(!few ? [] : this._marks.map((mark) => {
        const point = this._map.layerPointToContainerPoint([mark.x, mark.y]);
        return {id: mark.id, place: mark.place, note: mark.note, x: Math.round(point.x), y: Math.round(point.y), outside: mark.outside};
      }));
      if (this._chosen && !this._marks.some((mark) => mark.id === this._chosen)) this.leave();
    },
  });

  // One actor's incidents in columns. It draws nothing itself: the board does, for all actors at once.
  app.ActorLayer = L.Layer.extend({
    initialize: function (data) { this.data = data; },

    onAdd: function (map) { map.incidentBoard.include(this); },

    onRemove: function (map) { map.incidentBoard.exclude(this); },

    // How many incidents there are in the window, with a place or without.
    count: function () {
      let found = 0;
      this._inWindow(() => { found += 1; });
      return found;
    },

    each: function (callback) {
      if (!this.hidden) this._inWindow((i, weight) => { if (this.data.lat[i] !== null) callback(i, weight); });
    },

    // Calls back for each incident whose days touch the window, with its weight there.
    _inWindow: function (callback) {
      const data = this.data;
      for (let i = 0; i < data.ids.length; i += 1) {
        const weight = app.time.weight(data.start[i], data.end[i], data.window);
        if (weight) callback(i, weight);
      }
    },
  });
})(window.incidentmap);
