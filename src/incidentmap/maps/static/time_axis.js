// Incidents over time as stacked bars with a window on them: drag it, its edges or a new one; zoom with the wheel; two handles are sliders.
// Time runs from left to right in every script: charts in Arabic do both, and a reader who compares this axis with a table or another
// tool must not have to ask. What stands around it is mirrored.
(function (app) {
  "use strict";

  const time = app.time;
  // Where a day is narrower than that, dragging holds on to the bars.
  const FREE_PX = 3;
  const ZOOM = 1.25;
  const TICK_PX = 92;
  const HEADROOM = 14;

  function node(tag, className, parent) {
    const made = app.make(tag, {class: className});
    parent.append(made);
    return made;
  }

  app.TimeAxis = class {
    // options: {say, dates, onWindow(span), onReset(), finer(step)}; what is drawn comes by `setData` and `place`. `finer` gives the bars
    // of a finer step where the page can count them, else null.
    constructor(element, options) {
      this._options = options;
      this._data = this._bars = {step: "month", starts: [], counts: []};
      this._hidden = new Set();
      this._colours = new Map();
      this._build(element);
      this._listen();
      this._sizes = new ResizeObserver(() => this.draw());
      this._sizes.observe(this._plot);
    }

    _build(element) {
      this._plot = node("div", "im-plot", element);
      this._plot.dir = "ltr";
      this._brush = node("div", "im-brush", this._plot);
      this._canvas = node("canvas", "im-bars", this._plot);
      this._canvas.setAttribute("aria-hidden", "true");
      this._veils = [node("div", "im-veil", this._plot), node("div", "im-veil", this._plot)];
      this._most = node("div", "im-most", this._plot);
      this._handles = ["first", "last"].map((end) => this._handle(end));
      this._readout = new app.TimeReadout(this._plot, element, this._options);
      this._ticks = node("div", "im-ticks", element);
      this._ticks.dir = "ltr";
      this._ticks.setAttribute("aria-hidden", "true");
    }

    _handle(end) {
      const handle = node("div", "im-handle", this._plot);
      handle.tabIndex = 0;
      handle.dataset.end = end;
      handle.setAttribute("role", "slider");
      handle.setAttribute("aria-orientation", "horizontal");
      handle.setAttribute("aria-label", this._options.say("time." + end));
      return handle;
    }

    _listen() {
      const plot = this._plot;
      plot.addEventListener("pointerdown", (event) => this._grab(event));
      plot.addEventListener("pointermove", (event) => this._drag(event));
      ["pointerup", "pointercancel"].forEach((kind) => plot.addEventListener(kind, () => { this._held = null; }));
      plot.addEventListener("dblclick", () => { this._view = this._whole(); this.draw(); this._options.onReset(); });
      plot.addEventListener("wheel", (event) => this._wheel(event), {passive: false});
      plot.addEventListener("pointermove", (event) => { if (this._extent && !this._held) this._tellBar(this._dayAt(event)); });
      plot.addEventListener("pointerleave", () => this._readout.hide());
      this._handles.forEach((handle, end) => {
        handle.addEventListener("keydown", (event) => this._key(event, end));
        handle.addEventListener("focus", () => { if (this._told) this._tellBar(this._told[end]); });
        handle.addEventListener("blur", () => this._readout.hide());
      });
    }

    setData(histogram, extent, actors) {
      const same = this._extent && extent && this._extent[0] === extent[0] && this._extent[1] === extent[1];
      this._data = histogram;
      this._extent = extent;
      actors.forEach((actor) => this._colours.set(actor.id, actor.colour));
      this._readout.setActors(actors);
      this._readout.list(histogram, extent, this._hidden);
      if (!same || !this._view) this._view = extent && this._whole();
      this.draw();
    }

    setHidden(hidden) {
      const same = hidden.size === this._hidden.size && [...hidden].every((actor) => this._hidden.has(actor));
      this._hidden = new Set(hidden);
      if (same) return;
      this._readout.list(this._data, this._extent, this._hidden);
      this.draw();
    }

    // Says what the bar of a day holds.
    _tellBar(day) {
      const k = app.bars.at(this._bars, Math.floor(day));
      const middle = k < 0 ? day : (this._bars.starts[k] + app.bars.lastDay(this._bars, k) + 1) / 2;
      this._readout.show(this._bars, Math.floor(day), this._extent, this._hidden, this._x(middle));
    }

    // The window as it is to be seen, in parts of days while it plays; what it says is told in whole days.
    place(span, told, mode, step) {
      Object.assign(this, {_span: span, _told: told, _mode: mode, _step: step});
      if (!this._extent) return;
      const from = mode === "cumulative" ? this._x(this._extent[0]) : this._x(span[0]), to = this._x(span[1] + 1), width = this._width;
      const left = Math.min(Math.max(from, 0), width), right = Math.min(Math.max(to, 0), width);
      this._brush.style.transform = "translateX(" + left + "px) scaleX(" + Math.max(right - left, 0) + ")";
      this._veils[0].style.transform = "scaleX(" + left + ")";
      this._veils[1].style.transform = "translateX(" + right + "px) scaleX(" + (width - right) + ")";
      this._handles[0].hidden = mode !== "window";
      [from, to].forEach((x, end) => {
        this._handles[end].style.transform = "translateX(" + Math.min(Math.max(x, 0), width) + "px)";
        this._handles[end].classList.toggle("im-away", x < -1 || x > width + 1);
      });
      this._tellHandles();
    }

    _tellHandles() {
      const told = this._told, limits = [[this._extent[0], told[1]], [this._mode === "window" ? told[0] : this._extent[0], this._extent[1]]];
      this._handles.forEach((handle, end) => {
        if (handle.getAttribute("aria-valuenow") === String(told[end]) && handle.dataset.limits === String(limits[end])) return;
        handle.dataset.limits = String(limits[end]);
        handle.setAttribute("aria-valuemin", Math.min(limits[end][0], told[end]));
        handle.setAttribute("aria-valuemax", Math.max(limits[end][1], told[end]));
        handle.setAttribute("aria-valuenow", told[end]);
        handle.setAttribute("aria-valuetext", this._options.dates.day(told[end]));
        if (handle === document.activeElement) this._tellBar(told[end]);
      });
    }

    _whole() { return [this._extent[0], this._extent[1] + 1]; }

    _x(day) { return (day - this._view[0]) / (this._view[1] - this._view[0]) * this._width; }

    _dayAt(event) {
      const x = event.clientX - this._plot.getBoundingClientRect().left;
      return this._view[0] + x / this._width * (this._view[1] - this._view[0]);
    }

    // The beginning of the day or bar nearest to a point of the axis.
    _snap(day) {
      const free = this._width / (this._view[1] - this._view[0]) >= FREE_PX;
      if (free || this._bars.step === "day") return Math.round(day);
      const step = time.around(Math.floor(day), this._bars.step);
      return day - step[0] < step[1] + 1 - day ? step[0] : step[1] + 1;
    }

    _grab(event) {
      if (!this._extent || event.button !== 0) return;
      const handle = event.target.closest(".im-handle"), day = this._dayAt(event), inside = day >= this._span[0] && day < this._span[1] + 1;
      const whole = this._span[0] <= this._view[0] && this._span[1] + 1 >= this._view[1];
      const what = handle ? handle.dataset.end : this._mode !== "window" ? "last" : inside && !whole ? "body" : "new";
      this._held = {what: what, at: day, span: this._told, x: event.clientX, moved: false};
      this._plot.setPointerCapture(event.pointerId);
      if (handle) handle.focus({preventScroll: true});
      event.preventDefault();
    }

    _drag(event) {
      const held = this._held;
      if (!held || !held.moved && Math.abs(event.clientX - held.x) < 3) return;
      held.moved = true;
      const span = this._dragged(held, this._dayAt(event));
      if (span[0] !== this._told[0] || span[1] !== this._told[1]) this._options.onWindow(span);
    }

    _dragged(held, day) {
      const extent = this._extent, edge = Math.min(Math.max(this._snap(day), extent[0]), extent[1] + 1);
      if (held.what === "first") return [Math.min(edge, held.span[1]), held.span[1]];
      if (held.what === "last") return [held.span[0], Math.max(edge - 1, this._mode === "window" ? held.span[0] : extent[0])];
      if (held.what === "body") return this._carried(held, day - held.at);
      const begun = Math.min(Math.max(this._snap(held.at), extent[0]), extent[1]);
      return edge > begun ? [begun, edge - 1] : [edge, Math.max(edge, begun - 1)];
    }

    // The whole window moved: by whole bars of the calendar where the bars are what a drag holds on to.
    _carried(held, days) {
      const start = this._snap(held.span[0] + days), free = start - Math.round(held.span[0] + days) === 0, extent = this._extent;
      if (free || this._bars.step === "day") {
        const length = held.span[1] - held.span[0], first = Math.max(extent[0], Math.min(start, extent[1] - length));
        return [first, first + length];
      }
      const step = this._bars.step, count = time.numberOf(start, step) - time.numberOf(held.span[0], step);
      const span = time.shifted(held.span, count, step);
      return time.numberOf(span[0], step) < time.numberOf(extent[0], step) || time.numberOf(span[1], step) > time.numberOf(extent[1], step) ? this._told : span;
    }

    _wheel(event) {
      if (!this._extent) return;
      event.preventDefault();
      const sideways = event.shiftKey ? event.deltaY : event.deltaX, length = this._view[1] - this._view[0];
      if (Math.abs(sideways) >= Math.abs(event.deltaY)) this._view = time.panned(this._view, this._extent, sideways / this._width * length);
      else this._view = time.zoomed(this._view, this._extent, event.deltaY > 0 ? ZOOM : 1 / ZOOM, this._dayAt(event));
      this.draw();
    }

    _key(event, end) {
      const span = this._keyed(event.key, end);
      if (!span || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this._options.onWindow(span);
    }

    _keyed(key, end) {
      const larger = time.LARGER[this._step], extent = this._extent, told = this._told;
      const steps = {
        ArrowRight: [1, this._step], ArrowUp: [1, this._step], ArrowLeft: [-1, this._step], ArrowDown: [-1, this._step],
        PageUp: larger, PageDown: [-larger[0], larger[1]],
      };
      if (key === "Home" || key === "End") return this._ended(end, extent[key === "Home" ? 0 : 1]);
      if (!Object.hasOwn(steps, key)) return null;
      return this._ended(end, (end ? time.addToEnd : time.add)(told[end], ...steps[key]));
    }

    // The window with one end elsewhere, inside the axis and never past the other end.
    _ended(end, day) {
      const low = end && this._mode === "window" ? this._told[0] : this._extent[0], high = end ? this._extent[1] : this._told[1];
      const held = Math.min(Math.max(day, low), high);
      return end ? [this._told[0], held] : [held, this._told[1]];
    }

    // Brings the window into view, if it is not.
    reveal(span) {
      if (!this._extent || span[1] + 1 > this._view[0] && span[0] < this._view[1]) return;
      this._view = time.panned(this._view, this._extent, (span[0] + span[1] + 1 - this._view[0] - this._view[1]) / 2);
      this.draw();
    }

    // Bars and days under them: only when data, size or view change. The window is drawn by `place`, without touching the bars.
    draw() {
      this._width = this._plot.clientWidth;
      if (!this._width) return;
      const ratio = window.devicePixelRatio || 1, height = this._plot.clientHeight, canvas = this._canvas;
      canvas.width = Math.round(ratio * this._width);
      canvas.height = Math.round(ratio * height);
      const ctx = canvas.getContext("2d");
      ctx.scale(ratio, ratio);
      this._most.textContent = "";
      this._ticks.replaceChildren();
      this._plot.classList.toggle("im-nothing", !this._extent);
      if (!this._extent) return;
      this._bars = this._barsInView();
      this._drawBars(ctx, height);
      this._drawTicks();
      if (this._span) this.place(this._span, this._told, this._mode, this._step);
    }

    // Zoomed in, a bar is the finest step that has room; over the whole extent it is that of the data.
    _barsInView() {
      const length = this._view[1] - this._view[0], whole = this._extent[1] + 1 - this._extent[0];
      const step = length < whole ? app.bars.finest(this._data.step, this._width / length) : this._data.step;
      return step !== this._data.step && this._options.finer && this._options.finer(step) || this._data;
    }

    _drawBars(ctx, height) {
      const shown = this._bars.counts.filter((row) => !this._hidden.has(row[0])), starts = this._bars.starts;
      const sums = starts.map((start, k) => shown.reduce((sum, row) => sum + row[1][k], 0)), most = Math.max(0, ...sums);
      if (!most) return;
      this._most.textContent = this._options.dates.number(most);
      const unit = (height - HEADROOM) / most;
      starts.forEach((start, k) => {
        const left = this._x(start), right = this._x(app.bars.lastDay(this._bars, k) + 1), width = right - left;
        if (!sums[k] || right < 0 || left > this._width) return;
        const gap = width > 4 ? 1 : 0;
        let base = height;
        shown.forEach((row) => {
          const tall = row[1][k] * unit;
          if (!tall) return;
          ctx.fillStyle = this._colours.get(row[0]) || "#999999";
          base -= tall;
          ctx.fillRect(left, base, Math.max(1, width - gap), tall > 3 ? tall - 0.7 : tall);
        });
      });
    }

    // As many days under the axis as have room, at beginnings of the calendar's steps.
    _drawTicks() {
      const days = (this._view[1] - this._view[0]) / Math.max(2, this._width / TICK_PX);
      const found = [["day", 1], ["day", 2], ["week", 1], ["week", 2], ["month", 1], ["month", 3], ["month", 6], ["year", 1], ["year", 2], ["year", 5],
        ["year", 10], ["year", 50]].find((each) => ({day: 1, week: 7, month: 30, year: 365})[each[0]] * each[1] >= days) || ["year", 100];
      const [step, each] = found, first = Math.ceil(time.numberOf(Math.floor(this._view[0]), step) / each) * each;
      for (let number = first; time.startOf(number, step) < this._view[1]; number += each) {
        const day = time.startOf(number, step), x = this._x(day);
        if (x < 0 || x > this._width - 24) continue;
        const tick = node("span", "im-tick", this._ticks);
        tick.textContent = this._options.dates.tick(day, step);
        tick.style.left = x + "px";
      }
    }

    destroy() { this._sizes.disconnect(); }
  };
})(window.incidentmap);
