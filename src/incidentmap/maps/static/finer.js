// A word of warning where the view is closer than places are known: their ring would not fit into it.
(function (app) {
  "use strict";

  app.Finer = class {
    constructor(container, words, locale) {
      this._words = words;
      this._number = new Intl.NumberFormat(locale, {maximumFractionDigits: 1});
      this.root = app.make("p", {class: "im-finer", role: "status"});
      this.root.hidden = true;
      container.append(this.root);
    }

    // `marks` are those in view, each with `radius` in km and `reach`, the same in pixels; `room` is half the view's shorter side.
    tell(marks, room) {
      const vague = marks.filter((mark) => mark.reach > room);
      this.root.hidden = !vague.length;
      if (!vague.length) return;
      const km = this._number.format(Math.max(...vague.map((mark) => mark.radius)));
      const text = app.words(this._words, "finer", {count: this._number.format(vague.length), km: km});
      if (this.root.textContent !== text) this.root.textContent = text;
    }
  };
})(window.incidentmap);
