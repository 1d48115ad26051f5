// What the bars of the time axis say in words: one of them beside the pointer or at a handle, and all of them as a table for screen readers.
(function (app) {
  "use strict";

  const bars = app.bars;
  // Nobody listens to more rows; the table of the dashboard has them all.
  const MOST_ROWS = 400;

  app.TimeReadout = class {
    // options: {say, dates}; the words stand over `plot`, the table after `element`'s other parts.
    constructor(plot, element, options) {
      this._options = options;
      this._plot = plot;
      this._box = app.make("div", {class: "im-readout", "aria-hidden": "true", hidden: ""});
      this._table = app.make("table", {class: "im-unseen", "data-bars": ""});
      plot.append(this._box);
      element.append(this._table);
      this._actors = new Map();
    }

    setActors(actors) { this._actors = new Map(actors.map((actor) => [actor.id, actor])); }

    _nameOf(id) { return this._actors.has(id) ? this._actors.get(id).name : id; }

    _spanOf(data, k, extent) {
      const first = Math.max(data.starts[k], extent[0]), last = Math.min(bars.lastDay(data, k), extent[1]);
      return first < last ? this._options.dates.span([first, last]) : this._options.dates.day(first);
    }

    // The bar of a day at a place of the plot, in pixels; nothing where there is no bar.
    show(data, day, extent, hidden, x) {
      const k = bars.at(data, day);
      if (k < 0) { this.hide(); return; }
      const told = bars.parts(data, k, hidden), sum = told.reduce((all, part) => all + part[1], 0), {say, dates} = this._options;
      const head = app.make("strong", {dir: "auto"}, this._spanOf(data, k, extent) + " · " + say("time.bar", {count: dates.number(sum)}));
      this._box.replaceChildren(head, ...told.map((part) => this._line(part)));
      this._box.hidden = false;
      const room = this._plot.clientWidth - this._box.offsetWidth;
      this._box.style.left = Math.max(0, Math.min(room, x - this._box.offsetWidth / 2)) + "px";
    }

    _line([id, count]) {
      const swatch = app.make("i", {}), actor = this._actors.get(id);
      swatch.style.background = actor ? actor.colour : "#999999";
      return app.make("span", {dir: "auto"}, swatch, this._nameOf(id) + " ", app.make("b", {}, this._options.dates.number(count)));
    }

    hide() { this._box.hidden = true; }

    // All bars in which something is shown.
    list(data, extent, hidden) {
      const {say, dates} = this._options, shown = data.counts.filter((row) => !hidden.has(row[0]) && row[1].some((count) => count > 0));
      const cell = (tag, text, scope) => app.make(tag, {scope: scope || null}, text), rows = [];
      if (extent) data.starts.forEach((start, k) => {
        if (!shown.some((row) => row[1][k]) || rows.length === MOST_ROWS) return;
        rows.push(app.make("tr", {}, cell("th", this._spanOf(data, k, extent), "row"), ...shown.map((row) => cell("td", dates.number(row[1][k])))));
      });
      const head = app.make("tr", {}, cell("th", say("time.step." + data.step), "col"), ...shown.map((row) => cell("th", this._nameOf(row[0]), "col")));
      this._table.replaceChildren(app.make("caption", {}, say("time.table")), app.make("thead", {}, head), app.make("tbody", {}, ...rows));
    }
  };
})(window.incidentmap);
