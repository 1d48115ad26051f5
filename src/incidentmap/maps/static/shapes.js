// What is known only as an area or an axis: each outline drawn once, whoever shares it. All areas have one tint together, so that many
// of them do not darken the map; their colours are in their outlines and signs.
(function (app) {
  "use strict";

  // Beyond so many outlines they step back behind the signs.
  const MANY = 12;

  app.Board.include({
    _isLine: function (shape) { return shape.type.endsWith("LineString"); },

    // The path of an outline at this zoom, worked out once.
    _pathOf: function (shape) {
      if (!this._paths.has(shape)) this._paths.set(shape, this._pathAt(shape));
      return this._paths.get(shape);
    },

    _pathAt: function (shape) {
      const path = new Path2D(), line = this._isLine(shape);
      app.rings(shape).forEach((ring) => {
        ring.forEach((position, k) => {
          const point = this._map.latLngToLayerPoint([position[1], position[0]]);
          if (k) path.lineTo(point.x, point.y); else path.moveTo(point.x, point.y);
        });
        if (!line) path.closePath();
      });
      return path;
    },

    // The outlines in the window with their colour: that of their actor, or a neutral one where there are several.
    _outlined: function () {
      const found = new Map();
      this._seen.forEach((mark) => {
        if (!mark.shape) return;
        const colour = mark.layer.data.colour, known = found.get(mark.shape);
        if (!known) { found.set(mark.shape, {shape: mark.shape, colour: colour, weight: mark.weight}); return; }
        known.weight = Math.max(known.weight, mark.weight);
        if (known.colour !== colour) known.colour = this._style.muted;
      });
      return [...found.values()];
    },

    _drawShapes: function () {
      const ctx = this._ctx, found = this._outlined(), areas = found.filter((each) => !this._isLine(each.shape)), all = new Path2D();
      const faint = found.length > MANY ? 0.5 : 1;
      areas.forEach((each) => all.addPath(this._pathOf(each.shape)));
      ctx.save();
      ctx.lineJoin = ctx.lineCap = "round";
      ctx.globalAlpha = 0.09;
      ctx.fillStyle = this._style.ink;
      ctx.fill(all, "nonzero");
      found.forEach((each) => this._stroke(each, faint));
      ctx.restore();
      const lit = this._lit();
      found.filter((each) => lit.has(each.shape)).forEach((each) => this._drawArea(each.shape, each.colour));
    },

    // An axis has an edge, as a road has: it is broader than any line of the ground.
    _stroke: function (each, faint) {
      const ctx = this._ctx, path = this._pathOf(each.shape), line = this._isLine(each.shape);
      ctx.globalAlpha = each.weight * faint;
      if (line) {
        ctx.setLineDash([]);
        ctx.lineWidth = 6;
        ctx.strokeStyle = this._style.halo;
        ctx.stroke(path);
      }
      ctx.setLineDash(line ? [1, 6] : [5, 4]);
      ctx.lineWidth = line ? 4 : 1.3;
      ctx.strokeStyle = each.colour;
      ctx.stroke(path);
    },

    // The outlines that the pointer, the list or the card is about.
    _lit: function () {
      const about = [...(this._pointed || []), ...(this._listed || []), ...this._seen.filter((mark) => mark.id === this._chosen)];
      return new Set(about.filter((mark) => mark.shape).map((mark) => mark.shape));
    },

    // One outline by itself.
    _drawArea: function (shape, colour) {
      const ctx = this._ctx, path = this._pathOf(shape), line = this._isLine(shape);
      ctx.save();
      ctx.lineJoin = "round";
      ctx.fillStyle = ctx.strokeStyle = colour;
      ctx.globalAlpha = 0.2;
      if (!line) ctx.fill(path, "evenodd");
      ctx.globalAlpha = 1;
      ctx.lineWidth = line ? 6 : 2.2;
      ctx.stroke(path);
      ctx.restore();
    },

    _onShape: function (shape, point) {
      const ctx = this._ctx, path = this._pathOf(shape);
      ctx.save();
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.lineWidth = 12;
      const on = this._isLine(shape) ? ctx.isPointInStroke(path, point.x, point.y) : ctx.isPointInPath(path, point.x, point.y, "evenodd");
      ctx.restore();
      return on;
    },
  });
})(window.incidentmap);
