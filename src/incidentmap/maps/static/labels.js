// Labels that avoid each other, the symbols and the rivers: incidents first, then the region, then towns by rank.
(function (app) {
  "use strict";

  const CELL = 8;
  const GAP = 4;

  function meets(a, b) {
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
  }

  class Sheet {
    // `view` is what can be seen of the canvas: labels stay in it. `origin` is where the canvas begins in the world of this zoom: the same
    // view has the same labels, however the map came to it.
    constructor(ctx, style, view, origin) {
      this.ctx = ctx;
      this.style = style;
      this.view = view;
      this.origin = origin;
      this.boxes = [];
      this.wet = new Set();
    }

    // Cells that a line runs through: allowed, but only where nothing else is free.
    avoid(points) {
      for (let i = 1; i < points.length; i += 1) {
        const a = points[i - 1], b = points[i];
        const steps = Math.max(1, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / CELL));
        for (let k = 0; k <= steps; k += 1) {
          const x = a.x + (b.x - a.x) * k / steps, y = a.y + (b.y - a.y) * k / steps;
          this.wet.add(this._cell(x, "x") + ":" + this._cell(y, "y"));
        }
      }
    }

    // Keeps clear of what lies on the map: buttons, scale, credit, an open card.
    avoidControls(map) {
      const frame = map.getContainer().getBoundingClientRect();
      map.getContainer().querySelectorAll(".leaflet-control, .im-dock:not([hidden])").forEach((control) => {
        const rect = control.getBoundingClientRect();
        const corner = map.containerPointToLayerPoint([rect.left - frame.left, rect.top - frame.top]);
        this.boxes.push({x: corner.x - GAP, y: corner.y - GAP, w: rect.width + 2 * GAP, h: rect.height + 2 * GAP});
      });
    }

    block(x, y, half) {
      this.boxes.push({x: x - half, y: y - half, w: 2 * half, h: 2 * half});
    }

    _cell(at, axis) { return Math.floor((at + this.origin[axis]) / CELL); }

    _wetness(box) {
      let cells = 0;
      for (let x = this._cell(box.x, "x"); x <= this._cell(box.x + box.w, "x"); x += 1)
        for (let y = this._cell(box.y, "y"); y <= this._cell(box.y + box.h, "y"); y += 1)
          if (this.wet.has(x + ":" + y)) cells += 1;
      return cells;
    }

    _cut(box) {
      const view = this.view;
      return box.x < view.min.x || box.y < view.min.y || box.x + box.w > view.max.x || box.y + box.h > view.max.y;
    }

    _around(x, y, w, h, gap) {
      return [
        {x: x + gap, y: y - h / 2}, {x: x - gap - w, y: y - h / 2},
        {x: x + gap * 0.7, y: y - gap - h + 3}, {x: x + gap * 0.7, y: y + gap - 3},
        {x: x - w / 2, y: y - gap - h}, {x: x - w / 2, y: y + gap},
        {x: x - gap * 0.7 - w, y: y - gap - h + 3}, {x: x - gap * 0.7 - w, y: y + gap - 3},
      ].map((corner) => ({x: corner.x, y: corner.y, w: w, h: h}));
    }

    // The best free box beside a point, or null. `must` takes the first one where none is free.
    _free(x, y, w, h, gap, must) {
      let best = null, least = Infinity;
      const choices = this._around(x, y, w, h, gap);
      choices.forEach((box, rank) => {
        if (this.boxes.some((other) => meets(box, other))) return;
        if (!must && this._cut(box)) return;
        const cost = this._wetness(box) + rank * 0.4 + (this._cut(box) ? 40 : 0);
        if (cost < least) { least = cost; best = box; }
      });
      return best || (must ? choices[0] : null);
    }

    // Lines of text beside a point: each {text, font, colour, size}. Returns whether they were drawn.
    write(x, y, lines, gap, must) {
      const ctx = this.ctx;
      let w = 0, h = 0;
      lines.forEach((line) => {
        ctx.font = line.font;
        w = Math.max(w, ctx.measureText(line.text).width);
        h += line.size * 1.25;
      });
      const box = this._free(x, y, w, h, gap, must);
      if (!box) return false;
      this.boxes.push({x: box.x - GAP, y: box.y - 1, w: w + 2 * GAP, h: h + 2});
      const left = box.x + w < x + 1;
      let top = box.y;
      lines.forEach((line) => {
        this._ink(line, left ? box.x + w : box.x, top + line.size * 0.625, left ? "right" : "left");
        top += line.size * 1.25;
      });
      return true;
    }

    // Text centred on a point, only where it is free.
    centre(x, y, lines) {
      const ctx = this.ctx;
      const widths = lines.map((line) => { ctx.font = line.font; ctx.letterSpacing = line.spacing || "0px"; return ctx.measureText(line.text).width; });
      ctx.letterSpacing = "0px";
      const w = Math.max(...widths), h = lines.reduce((sum, line) => sum + line.size * 1.35, 0);
      const box = {x: x - w / 2, y: y - h / 2, w: w, h: h};
      if (this.boxes.some((other) => meets(box, other))) return false;
      this.boxes.push(box);
      let top = box.y;
      lines.forEach((line) => {
        this._ink(line, x, top + line.size * 0.675, "center");
        top += line.size * 1.35;
      });
      return true;
    }

    _ink(line, x, y, align) {
      const ctx = this.ctx;
      ctx.save();
      ctx.font = line.font;
      ctx.letterSpacing = line.spacing || "0px";
      ctx.textAlign = align;
      ctx.textBaseline = "middle";
      ctx.lineJoin = "round";
      ctx.lineWidth = 3;
      ctx.strokeStyle = this.style.halo;
      ctx.strokeText(line.text, x, y);
      ctx.fillStyle = line.colour;
      ctx.fillText(line.text, x, y);
      ctx.restore();
    }
  }

  app.Sheet = Sheet;
})(window.incidentmap);
