// How exactly a place must be known to be on the map: a slider from exact places alone to everything, and how many it hides.
(function (app) {
  "use strict";

  const ALL = 4;
  const make = app.make;
  let limits = 0;

  app.Limit = class {
    // options: {words, locale, dir, most, onChange(worst)}; `worst` is 1 to 3, as in the question to the server, null where nothing is
    // hidden. `most` is the worst that there is: a file may have been made without the less exact ones.
    constructor(element, options) {
      const id = "im-limit-" + (limits += 1);
      this._words = options.words;
      this._number = new Intl.NumberFormat(options.locale);
      this._slider = make("input", {type: "range", id: id, min: "1", max: String(options.most || ALL), step: "1", "aria-describedby": id + "-told"});
      this._class = make("output", {for: id});
      this._told = make("p", {id: id + "-told", role: "status"});
      this.root = make("section", {class: "im-limit", dir: options.dir || null},
        make("label", {for: id}, this._say("limit.title")), this._class, this._slider, this._told);
      element.append(this.root);
      this._slider.addEventListener("input", () => { this._show(); options.onChange(this.worst); });
      this.set(null);
    }

    _say(key, values) { return app.words(this._words, key, values); }

    get worst() { return Number(this._slider.value) === ALL ? null : Number(this._slider.value); }

    // From outside, in silence.
    set(worst) {
      this._slider.value = String(worst || ALL);
      this._show();
    }

    setHidden(count) {
      const text = count ? this._say(count === 1 ? "limit.hidden.one" : "limit.hidden.many", {count: this._number.format(count)}) : "";
      if (this._told.textContent !== text) this._told.textContent = text;
    }

    _show() {
      const words = this._say("limit." + (this.worst || "all"));
      this._class.textContent = words;
      this._slider.setAttribute("aria-valuetext", words);
      this.root.classList.toggle("im-limited", this.worst !== null);
    }

    destroy() { this.root.remove(); }
  };
})(window.incidentmap);
