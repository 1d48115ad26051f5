// Incidents that are too many to be drawn one by one: cells with their number, each in the colour of the actor that has most there.
(function (app) {
  "use strict";

  // Numbers of a cell without the actors that are switched off: [[actor, number]...], most first, and their sum.
  app.cellCounts = function (cell, hidden) {
    const told = cell.counts.filter((pair) => !hidden.has(pair[0]));
    return {told: told, sum: told.reduce((sum, pair) => sum + pair[1], 0)};
  };

  // Draws the cells and gives back where each of them is, for the pointer.
  app.drawCells = function (ctx, map, cells, hidden, colours, style, number) {
    const drawn = cells.map((cell) => ({cell: cell, ...app.cellCounts(cell, hidden)})).filter((each) => each.sum > 0);
    const most = drawn.reduce((top, each) => Math.max(top, each.sum), 1);
    drawn.forEach((each) => {
      each.path = new Path2D();
      const across = [];
      each.cell.corners.forEach((corner, k) => {
        const point = map.latLngToLayerPoint([corner[1], corner[0]]);
        across.push(point.x);
        if (k) each.path.lineTo(point.x, point.y); else each.path.moveTo(point.x, point.y);
      });
      each.path.closePath();
      each.width = Math.max(...across) - Math.min(...across);
      ctx.save();
      ctx.fillStyle = ctx.strokeStyle = colours[each.told[0][0]] || style.muted;
      ctx.globalAlpha = 0.15 + 0.6 * Math.log1p(each.sum) / Math.log1p(most);
      ctx.fill(each.path);
      ctx.globalAlpha = 1;
      ctx.lineWidth = 0.6;
      ctx.stroke(each.path);
      ctx.restore();
      each.middle = map.latLngToLayerPoint([each.cell.lat, each.cell.lon]);
    });
    writeNumbers(ctx, drawn, style, number);
    return drawn;
  };

  // The number in each cell that has room for it.
  function writeNumbers(ctx, drawn, style, number) {
    ctx.save();
    ctx.font = "600 11px " + style.font;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineWidth = 3;
    ctx.strokeStyle = style.halo;
    ctx.fillStyle = style.ink;
    drawn.forEach((each) => {
      const text = number.format(each.sum);
      if (ctx.measureText(text).width > each.width) return;
      ctx.strokeText(text, each.middle.x, each.middle.y);
      ctx.fillText(text, each.middle.x, each.middle.y);
    });
    ctx.restore();
  }
})(window.incidentmap);
