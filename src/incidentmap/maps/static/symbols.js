// Namespace of the map's scripts, and the drawing of one incident's symbol. Plain scripts, loaded in order before the map.
window.incidentmap = window.incidentmap || {};

(function (app) {
  "use strict";

  const paths = new Map();

  function path(data) {
    if (!paths.has(data)) paths.set(data, new Path2D(data));
    return paths.get(data);
  }

  // Thousands of symbols are a few pictures, each drawn once.
  const pictures = new Map();
  const HALF = 12;

  // A symbol of the actor's shape with an ink outline; paler when the date is only about right, open in a draft. It fades with
  // the share of the incident's days that is shown.
  app.drawSymbol = function (ctx, mark, style) {
    const ratio = window.devicePixelRatio || 1;
    if (!mark.picture) mark.picture = pictureOf(mark, style, ratio);
    ctx.globalAlpha = mark.weight;
    ctx.drawImage(mark.picture, Math.round((mark.x - HALF) * ratio) / ratio, Math.round((mark.y - HALF) * ratio) / ratio, 2 * HALF, 2 * HALF);
    ctx.globalAlpha = 1;
  };

  function pictureOf(mark, style, ratio) {
    const layer = mark.layer.data, look = [layer.path, layer.colour, mark.aboutDate, mark.draft, mark.rejected, style.ink, style.halo, ratio].join("|");
    if (!pictures.has(look)) pictures.set(look, picture(mark, style, ratio));
    return pictures.get(look);
  }

  function picture(mark, style, ratio) {
    const canvas = document.createElement("canvas"), ctx = canvas.getContext("2d"), layer = mark.layer.data;
    canvas.width = canvas.height = Math.ceil(2 * HALF * ratio);
    ctx.scale(1.15 * ratio, 1.15 * ratio);
    ctx.translate(HALF / 1.15, HALF / 1.15);
    ctx.fillStyle = style.halo;
    ctx.fill(path(layer.path));
    ctx.globalAlpha = mark.aboutDate ? 0.45 : 1;
    ctx.fillStyle = layer.colour;
    ctx.fill(path(layer.path));
    ctx.globalAlpha = 1;
    ctx.lineWidth = 1.1;
    ctx.lineJoin = "round";
    ctx.strokeStyle = style.ink;
    ctx.stroke(path(layer.path));
    if (mark.draft) hole(ctx, style);
    if (mark.rejected) strike(ctx, style);
    return canvas;
  }

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

  // Who speaks about an incident: the number of claimants, or a sign that they contradict each other.
  app.drawBadge = function (ctx, mark, style) {
    if (mark.contested) app.drawContested(ctx, mark.x + 10, mark.y - 9, 6.5, style);
    else badge(ctx, mark.x + 10, mark.y - 9, 6.5, String(mark.claimants), style.halo, style.ink, style);
  };

  app.drawContested = function (ctx, x, y, radius, style) { badge(ctx, x, y, radius, "\u2260", style.ink, style.halo, style); };

  function badge(ctx, x, y, radius, text, paper, ink, style) {
    ctx.save();
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.fillStyle = paper;
    ctx.fill();
    ctx.lineWidth = 1;
    ctx.strokeStyle = style.ink;
    ctx.stroke();
    ctx.fillStyle = ink;
    ctx.font = "600 " + 1.5 * radius + "px " + style.font;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(text, x, y + 0.5);
    ctx.restore();
  }
})(window.incidentmap);
