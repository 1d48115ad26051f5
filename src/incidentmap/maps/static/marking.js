// How the board draws single incidents, what is only an area, and the labels of all of them.
(function (app) {
  "use strict";

  const MOST_LABELS = 150;

  app.Board.include({
    _drawDot: function (mark) { app.drawSymbol(this._ctx, mark, this._style); },

    // An area known only as an area is the area itself; an axis is a broad line.
    _drawArea: function (mark, colour) {
      const ctx = this._ctx, path = new Path2D();
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
      const areas = this._clusters.filter((cluster) => cluster.shape).map((cluster) => cluster.marks[0]);
      this._marks.concat(areas).forEach((mark) => {
        sheet.block(mark.x, mark.y, mark.claimants > 1 ? 13 : 9);
        const key = mark.baseX + ":" + mark.baseY;
        if (!groups.has(key)) groups.set(key, mark);
      });
      this._clusters.forEach((cluster) => sheet.block(cluster.x, cluster.y, cluster.radius + 4));
      [...groups.values()].slice(0, MOST_LABELS).forEach((mark) => {
        const lines = [{text: mark.place, font: "600 13px " + style.font, colour: style.ink, size: 13}];
        if (mark.note) lines.push({text: mark.note, font: "400 11px " + style.font, colour: style.muted, size: 11});
        named.add(mark.place);
        sheet.write(mark.baseX, mark.baseY, lines, mark.id === this._chosen ? 24 : 18, this._labelsAll && groups.size < 30);
      });
    },
  });
})(window.incidentmap);
