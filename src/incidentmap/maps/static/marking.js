// How the board draws single incidents, and the labels of all of them.
(function (app) {
  "use strict";

  // Names of incidents stand on the map while there are few; of more, the ground's own towns tell where they are.
  const MOST_LABELS = 60;
  const MOST_NOTES = 30;
  const RING = 12;

  app.Board.include({
    _drawDot: function (mark) { app.drawSymbol(this._ctx, mark, this._style); },

    // The stated radius around places that are only about right, once a place; a ring around the symbol where that is too small to see.
    _drawReaches: function (dots) {
      const wide = new Map();
      dots.filter((mark) => mark.aboutPlace).forEach((mark) => {
        const radius = this._radiusOf(mark), key = mark.spot + ":" + mark.radius, colour = mark.layer.data.colour, known = wide.get(key);
        if (radius <= RING) app.drawRing(this._ctx, mark.x, mark.y, RING, colour, 1.3, [3, 3]);
        else if (!known) wide.set(key, {x: mark.baseX, y: mark.baseY, radius: radius, colour: colour});
        else if (known.colour !== colour) known.colour = this._style.muted;
      });
      this._clusters.filter((cluster) => cluster.precision === "near" && cluster.spots === 1).forEach(({marks}) => {
        const radius = Math.max(...marks.map((mark) => this._radiusOf(mark)));
        wide.set(marks[0].spot, {x: marks[0].baseX, y: marks[0].baseY, radius: radius, colour: this._style.muted});
      });
      wide.forEach((ring) => app.drawRing(this._ctx, ring.x, ring.y, ring.radius, ring.colour, 1.3, [3, 3]));
    },

    // The stated radius of a place in pixels.
    _radiusOf: function (mark) {
      const data = mark.layer.data, degrees = mark.radius / 111.32;
      return Math.abs(mark.baseY - this._map.latLngToLayerPoint([data.lat[mark.i] + degrees, data.lon[mark.i]]).y);
    },

    _drawChoice: function () {
      const about = this._listed ? this._listed.map((mark) => mark.id)[0] : this._chosen, is = (mark) => mark.id === about;
      if (!about) return;
      const chosen = this._listed ? null : this._marks.find(is), cluster = this._clusters.find((each) => each.marks.some(is));
      if (chosen) app.drawRing(this._ctx, chosen.x, chosen.y, 19, this._style.ink, 2, []);
      else if (cluster) app.drawRing(this._ctx, cluster.x, cluster.y, cluster.radius + 7, this._style.ink, 2, []);
    },

    // While the map plays, only the ground has labels, and none of them changes: they are a picture, drawn once.
    _drawLabels: function () {
      if (!this._playing) { this._label(this._ctx); return; }
      if (!this._labels) this._labels = this._labelPicture();
      this._ctx.save();
      this._ctx.setTransform(1, 0, 0, 1, 0, 0);
      this._ctx.drawImage(this._labels, 0, 0);
      this._ctx.restore();
    },

    _labelPicture: function () {
      const picture = document.createElement("canvas"), ctx = picture.getContext("2d");
      picture.width = this._container.width;
      picture.height = this._container.height;
      ctx.setTransform(this._ctx.getTransform());
      this._label(ctx);
      return picture;
    },

    _label: function (ctx) {
      const style = this._style, corner = this._map.containerPointToLayerPoint([0, 0]), named = new Set();
      const view = L.bounds(corner, corner.add(this._map.getSize())), sheet = new app.Sheet(ctx, style, view, this._map.getPixelOrigin());
      sheet.avoidControls(this._map);
      app.avoidRivers(sheet, this._map, this._bounds);
      if (!this._playing) this._labelMarks(sheet, named);
      app.labelGround(sheet, this._map, this._bounds, style, this._region, named);
    },

    // Whoever in view is told by a name: a place once, however many incidents are there.
    _named: function (view) {
      const places = new Map(), seen = (each) => view.contains([each.x, each.y]);
      const add = (key, each) => { if (each.place && !places.has(key) && seen(each)) places.set(key, each); };
      this._marks.forEach((mark) => add(mark.baseX + ":" + mark.baseY, {
        id: mark.id, x: mark.baseX, y: mark.baseY, place: mark.place, note: mark.note, gap: 18,
      }));
      this._clusters.forEach(({x, y, place, marks, radius}) => add(x + ":" + y, {
        id: "", x: x, y: y, place: place, note: marks.length === 1 ? marks[0].note : "", gap: radius + 8,
      }));
      return [...places.values()];
    },

    _labelMarks: function (sheet, named) {
      const style = this._style, places = this._named(sheet.view), few = this._marks.length + this._clusters.length < MOST_NOTES;
      this._marks.forEach((mark) => sheet.block(mark.x, mark.y, mark.claimants > 1 ? 13 : 9));
      this._clusters.forEach((cluster) => sheet.block(cluster.x, cluster.y, cluster.radius + 4));
      this._numbered.forEach((at) => sheet.block(at.x, at.y, 11));
      if (places.length > MOST_LABELS) return;
      places.forEach((each) => {
        const lines = [{text: each.place, font: (few ? "600 13px " : "500 12px ") + style.font, colour: style.ink, size: few ? 13 : 12}];
        if (each.note && few) lines.push({text: each.note, font: "400 11px " + style.font, colour: style.muted, size: 11});
        named.add(each.place);
        sheet.write(each.x, each.y, lines, each.id && each.id === this._chosen ? 24 : each.gap, this._labelsAll && few);
      });
    },
  });
})(window.incidentmap);
