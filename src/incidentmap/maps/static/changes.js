// Changes between two versions of the data: where a record was, where it is, and the way between.
(function (app) {
  "use strict";

  const RADIUS = 5.5;
  const CROSS = 4;

  app.ChangesBoard = app.Board.extend({
    _clustered: false,

    _labelsAll: false,

    // The way of what moved, from a ring where it was.
    _drawReaches: function (dots) {
      const ctx = this._ctx, style = this._style;
      dots.forEach((mark) => {
        const from = mark.layer.data.from[mark.i];
        if (!from) return;
        const was = this._map.latLngToLayerPoint([from[1], from[0]]);
        ctx.save();
        ctx.beginPath();
        ctx.moveTo(was.x, was.y);
        ctx.lineTo(mark.x, mark.y);
        ctx.lineWidth = 1.6;
        ctx.strokeStyle = style.ink;
        ctx.stroke();
        ctx.restore();
        this._drawDisc(was, style.paper, style.ink);
      });
    },

    _drawDisc: function (at, fill, stroke) {
      const ctx = this._ctx;
      ctx.save();
      ctx.beginPath();
      ctx.arc(at.x, at.y, RADIUS, 0, 2 * Math.PI);
      ctx.fillStyle = fill;
      ctx.fill();
      ctx.lineWidth = 1.6;
      ctx.strokeStyle = stroke;
      ctx.stroke();
      ctx.restore();
    },

    // New: a disc of the accent; gone: a ring crossed out; anything else: a disc of ink.
    _drawDot: function (mark) {
      const style = this._style, sign = mark.layer.data.signs[mark.i];
      this._drawDisc(mark, sign === "gone" ? style.paper : sign === "new" ? style.accent : style.muted, style.ink);
      if (sign !== "gone") return;
      const ctx = this._ctx;
      ctx.save();
      ctx.beginPath();
      ctx.moveTo(mark.x - CROSS, mark.y - CROSS);
      ctx.lineTo(mark.x + CROSS, mark.y + CROSS);
      ctx.lineWidth = 1.6;
      ctx.strokeStyle = style.ink;
      ctx.stroke();
      ctx.restore();
    },

    // The list below tells each of them; here the pointer does.
    choose: function () {},
  });

  app.ChangesLayer = app.CandidateLayer.extend({});
})(window.incidentmap);
