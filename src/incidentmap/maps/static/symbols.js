// Namespace of the map's scripts, and the drawing of one incident's symbol. Plain scripts, loaded in order before the map.
window.incidentmap = window.incidentmap || {};

(function (app) {
  "use strict";

  const paths = new Map();

  function path(data) {
    if (!paths.has(data)) paths.set(data, new Path2D(data));
    return paths.get(data);
  }

  // A symbol of the actor's shape with an ink outline; paler when place or date are only about right, open in a draft.
  app.drawSymbol = function (ctx, mark, style) {
    const layer = mark.layer.data;
    ctx.save();
    ctx.translate(mark.x, mark.y);
    ctx.scale(1.15, 1.15);
    ctx.globalAlpha = 1;
    ctx.fillStyle = style.halo;
    ctx.fill(path(layer.path));
    ctx.globalAlpha = mark.about ? 0.5 : 1;
    ctx.fillStyle = layer.colour;
    ctx.fill(path(layer.path));
    ctx.globalAlpha = 1;
    ctx.lineWidth = 1.1;
    ctx.lineJoin = "round";
    ctx.strokeStyle = style.ink;
    ctx.stroke(path(layer.path));
    if (mark.draft) hole(ctx, style);
    if (mark.rejected) strike(ctx, style);
    ctx.restore();
  };

  // A draft that nobody has confirmed is open in the middle.
  function hole(ctx, style) {
    ctx.beginPath();
    ctx.arc(0, 0, 2, 0, 2 * Math.PI);
    ctx.fillStyle = style.halo;
    ctx.fill();
    ctx.lineWidth = 0.8;
    ctx.stroke();
  }

  function strike(ctx, style) {
    ctx.beginPath();
    ctx.moveTo(-7, 7);
    ctx.lineTo(7, -7);
    ctx.lineWidth = 1.6;
    ctx.strokeStyle = style.ink;
    ctx.stroke();
  }

  app.drawRing = function (ctx, x, y, radius, colour, width, dash) {
    ctx.save();
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.setLineDash(dash);
    ctx.lineWidth = width;
    ctx.strokeStyle = colour;
    ctx.stroke();
    ctx.restore();
  };

  // How many claimants speak about a contested incident.
  app.drawBadge = function (ctx, mark, style) {
    const x = mark.x + 10, y = mark.y - 9;
    ctx.save();
    ctx.beginPath();
    ctx.arc(x, y, 7, 0, 2 * Math.PI);
    ctx.fillStyle = style.ink;
    ctx.fill();
    ctx.fillStyle = style.halo;
    ctx.font = "600 10px " + style.font;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(String(mark.claimants), x, y + 0.5);
    ctx.restore();
  };
})(window.incidentmap);
