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
      this._chosen = null;
      this._dock = new app.Dock(words, () => this.leave());
    },

    onAdd: function (map) {
      L.Renderer.prototype.onAdd.call(this, map);
      this._dock.addTo(map.getContainer());
    },

    include: function (layer) { this._actors.push(layer); this.refresh(); },

    exclude: function (layer) { this._actors = this._actors.filter((other) => other !== layer); this.refresh(); },

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
      const marks = [], taken = new Map();
      this._actors.forEach((layer) => layer.each((i) => {
        const data = layer.data, point = this._map.latLngToLayerPoint([data.lat[i], data.lon[i]]);
        const mark = {
          layer: layer, i: i, id: data.ids[i], x: point.x, y: point.y, baseX: point.x, baseY: point.y, place: data.place[i], note: data.note[i],
          claimants: data.claimants[i], outside: data.outside[i] === 1, draft: data.draft[i] === 1,
          rejected: data.rejected[i] === 1, about: data.aboutPlace[i] === 1 || data.aboutDate[i] === 1,
          aboutPlace: data.aboutPlace[i] === 1, radius: data.radius[i], shape: data.shapes[i] || null,
        };
        if (!mark.shape) {
          const key = data.lat[i] + ":" + data.lon[i], before = taken.get(key) || 0;
          taken.set(key, before + 1);
          const turn = before * 2.4, reach = before ? SPIRAL * Math.sqrt(before) : 0;
          mark.x += reach * Math.cos(turn);
          mark.y += reach * Math.sin(turn);
        }
        marks.push(mark);
      }));
      return marks;
    },

    _draw: function () {
      const ctx = this._ctx, ratio = window.devicePixelRatio || 1, origin = this._bounds.min;
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, this._container.width, this._container.height);
      ctx.setTransform(ratio, 0, 0, ratio, -ratio * origin.x, -ratio * origin.y);
      this._marks = this._collect();
      const areas = this._marks.filter((mark) => mark.shape), dots = this._marks.filter((mark) => !mark.shape);
      areas.forEach((mark) => this._drawArea(mark));
      dots.forEach((mark) => this._drawReach(mark));
      dots.forEach((mark) => this._drawDot(mark));
      this._marks.filter((mark) => mark.claimants > 1).forEach((mark) => app.drawBadge(ctx, mark, this._style));
      this._drawChoice();
      this._drawLabels();
      this._tell();
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
      const groups = new Map();
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
      app.labelGround(sheet, this._map, this._bounds, style, this._region, named);
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
      this._dock.show(app.card(mark.layer.data.cards[mark.i]), mark.id);
      const size = this._map.getSize(), aside = this._dock.asideOf(size);
      this._map.panInside(this._map.layerPointToLatLng([mark.x, mark.y]), {paddingTopLeft: [30, 30], paddingBottomRight: aside, animate: false});
      this._draw();
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

    // Calls back for each incident whose days touch the window. The undated are in no window.
    each: function (callback) {
      const data = this.data, from = data.window[0], to = data.window[1];
      for (let i = 0; i < data.ids.length; i += 1) {
        if (data.lat[i] === null) continue;
        const dated = data.start[i] !== null;
        if (from === null && to === null || dated && (to === null || data.start[i] <= to) && (from === null || data.end[i] >= from)) callback(i);
      }
    },
  });
})(window.incidentmap);
