// The time control: the window in words, presets, typed dates, steps, playing, modes; the axis with its brush is `time_axis.js`.
// It runs in the page alone, on a live map and in an exported file.
(function (app) {
  "use strict";

  const time = app.time;
  const ANNOUNCE_MS = 500;
  const SIGNS = {play: "M3 1.5L13 8L3 14.5Z", pause: "M3 2H6.6V14H3ZM9.4 2H13V14H9.4Z", back: "M11 3L4 8L11 13Z", forward: "M5 3L12 8L5 13Z"};
  let panels = 0;

  const make = app.make, sign = (path) => app.drawn(path, "0 0 16 16", {});

  app.TimePanel = class {
    constructor(element, options) {
      this._id = "im-time-" + (panels += 1);
      this._options = options;
      this._words = options.words;
      this._dates = new app.Dates(options.locale);
      Object.assign(this, {_mode: options.mode || "window", _speed: 1, _loop: false, _anchor: null});
      this._playback = new app.Playback({
        clock: options.clock, manner: () => ({speed: this._speed, loop: this._loop}),
        onFrame: (span, drawn) => this._played(span, drawn), onEnd: () => this.pause(),
      });
      this._build(element);
      this._axis = new app.TimeAxis(this._plot, {
        say: (key, values) => this._say(key, values), dates: this._dates, onWindow: (span) => this._set(span), onReset: () => this._set(this._extent),
        finer: options.finer,
      });
      this._listen();
      this.setUndated(options.undated || 0);
      this.setReport(options.report || null);
      this._step = options.step || null;
      this.setHistogram(options.histogram, options.extent, options.actors);
      this.setActors(options.hidden || new Set());
      this.setWindow(options.window || [null, null]);
    }

    _say(key, values) { return app.words(this._words, key, values); }

    _build(element) {
      const button = (name, kind, ...content) => make("button", {type: "button", class: "im-button " + kind, "data-do": name}, ...content);
      const drawn = (name) => {
        const made = button(name, "im-icon", sign(SIGNS[name]));
        made.setAttribute("aria-label", this._say("time." + name));
        return made;
      };
      this._buttons = {play: drawn("play"), back: drawn("back"), forward: drawn("forward")};
      this._title = make("button", {type: "button", class: "im-title", "aria-expanded": "false", "aria-controls": this._id + "-dates"});
      this._manner = make("button", {type: "button", class: "im-manner", "aria-expanded": "false", "aria-controls": this._id + "-manner"});
      this._presets = ["week", "month", "year", "report", "all"].map((name) => button(name, "im-preset", this._say("time.preset." + name)));
      this._tray = make("button", {type: "button", class: "im-tray"});
      this._plot = make("div", {class: "im-axis"});
      this._status = make("div", {class: "im-unseen", role: "status", "aria-live": "polite"});
      this.root = make("section", {class: "im-time", "aria-label": this._say("time.panel"), tabindex: "-1", dir: this._options.dir || null},
        this._typedForm(), this._mannerForm(),
        make("div", {class: "im-controls"},
          make("div", {class: "im-buttons", dir: "ltr"}, this._buttons.play, this._buttons.back, this._buttons.forward), this._title, this._manner,
          make("div", {class: "im-presets"}, this._tray, ...this._presets)),
        this._plot, this._status);
      element.append(this.root);
    }

    _typedForm() {
      const field = (end) => make("input", {
        type: "text", id: this._id + "-" + end, name: end, autocomplete: "off", spellcheck: "false", dir: "ltr", size: "11",
        placeholder: this._say("time.form"), "aria-describedby": this._id + "-wrong",
      });
      this._fields = ["first", "last"].map(field);
      this._wrong = make("p", {class: "im-wrong", id: this._id + "-wrong", role: "alert"});
      this._typed = make("form", {class: "im-over", id: this._id + "-dates", hidden: "", novalidate: ""},
        ...this._fields.map((input) => this._labelled(input)), make("button", {type: "submit", class: "im-button"}, this._say("time.apply")), this._wrong);
      return this._typed;
    }

    _labelled(input) {
      return make("div", {class: "im-field"}, make("label", {for: input.id}, this._say("time." + input.name)), input);
    }

    _mannerForm() {
      const choice = (name, values, words) => {
        const select = make("select", {id: this._id + "-" + name, name: name}, ...values.map((value) => make("option", {value: value}, words(value))));
        return this._labelled(select);
      };
      const loop = make("input", {type: "checkbox", name: "loop"});
      this._manners = make("form", {class: "im-over", id: this._id + "-manner", hidden: ""},
        choice("mode", time.MODES, (mode) => this._say("time.mode." + mode)),
        choice("step", time.STEPS, (step) => this._say("time.step." + step)),
        choice("speed", time.SPEEDS, (speed) => this._dates.speed(speed)),
        make("label", {class: "im-check"}, loop, this._say("time.loop")));
      return this._manners;
    }

    _listen() {
      this._buttons.play.addEventListener("click", () => { if (this._playback.running) this.pause(); else this.play(); });
      this._buttons.back.addEventListener("click", () => this._move(-1));
      this._buttons.forward.addEventListener("click", () => this._move(1));
      this._presets.forEach((button) => button.addEventListener("click", () => this._set(this._preset(button.dataset.do), true)));
      this._tray.addEventListener("click", () => { if (this._options.onUndated) this._options.onUndated(); });
      [[this._title, this._typed], [this._manner, this._manners]].forEach(([button, form]) => {
        button.addEventListener("click", () => this._open(button, form, form.hidden));
        form.addEventListener("keydown", (event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          this._open(button, form, false);
          button.focus();
        });
      });
      this._typed.addEventListener("submit", (event) => { event.preventDefault(); this._take(); });
      this._manners.addEventListener("submit", (event) => event.preventDefault());
      this._manners.addEventListener("change", () => this._choose(this._manners.elements));
      this.root.addEventListener("keydown", (event) => this._space(event));
    }

    _space(event) {
      if (event.key !== " " || event.target.closest("button, input, select")) return;
      event.preventDefault();
      this._buttons.play.click();
    }

    _open(button, form, wanted) {
      [[this._title, this._typed], [this._manner, this._manners]].forEach(([other, its]) => {
        its.hidden = its !== form || !wanted;
        other.setAttribute("aria-expanded", String(!its.hidden));
      });
      if (!wanted) return;
      this._fields.forEach((input, end) => { input.value = this._extent ? time.iso(this._window[end]) : ""; });
      this._complain("", []);
      form.querySelector("input, select").focus();
    }

    // What was typed becomes the window, or is told to be no date. A month or a year stands for all its days.
    _take() {
      const spans = this._fields.map((input) => time.typed(input.value)), bad = this._fields.filter((input, end) => !spans[end]);
      if (bad.length) { this._complain(this._say("time.wrong", {value: bad[0].value.trim() || "…"}), bad); return; }
      const span = [spans[0][0], spans[1][1]];
      if (span[0] > span[1]) { this._complain(this._say("time.backwards"), this._fields); return; }
      this._open(this._title, this._typed, false);
      this._title.focus();
      this._set(span, true);
    }

    _complain(text, fields) {
      this._wrong.textContent = text;
      this._fields.forEach((input) => input.setAttribute("aria-invalid", String(fields.includes(input))));
      if (fields.length) fields[0].focus();
    }

    _choose(chosen) {
      this._halt();
      const mode = chosen.mode.value, instant = mode === "instant" && (this._mode !== mode || this._step !== chosen.step.value);
      Object.assign(this, {_mode: mode, _step: chosen.step.value, _speed: Number(chosen.speed.value), _loop: chosen.loop.checked});
      if (this._extent) this._set(instant ? time.around(this._window[1], this._step) : this._window);
    }

    _preset(name) {
      const last = this._extent[1];
      return {
        week: [last - 6, last], month: [last - 29, last], year: [time.add(last + 1, -1, "year"), last], report: this._report, all: this._extent,
      }[name];
    }

    // The step of the histogram is that of playing, as long as nobody chose another.
    setHistogram(histogram, extent, actors) {
      this._extent = extent;
      if (!this._step || this._step === this._given) this._step = this._given = histogram.step;
      this._axis.setData(histogram, extent, actors);
      this.root.querySelectorAll(".im-controls button:not(.im-tray)").forEach((button) => { button.disabled = !extent; });
      this._show(!extent || this._whole || !this._window ? extent : this._window);
    }

    // From outside, in silence, before the window: how time goes on; no step is that of the histogram.
    setManner(mode, step) {
      this._mode = mode;
      this._step = step || this._given;
    }

    setActors(hidden) { this._axis.setHidden(hidden); }

    // From outside, in silence: null is an open end.
    setWindow(span) {
      this._halt();
      this._anchor = null;
      this._show(this._extent ? span.map((day, end) => day === null ? this._extent[end] : day) : null);
    }

    setReport(span) {
      this._report = span;
      this._presets.find((button) => button.dataset.do === "report").hidden = !span;
    }

    setUndated(count) {
      this._tray.hidden = !count;
      this._tray.disabled = !this._options.onUndated;
      this._tray.textContent = this._say(count === 1 ? "time.undated.one" : "time.undated.many", {count: this._dates.number(count)});
    }

    _set(span, reveal) {
      this._halt();
      this._anchor = null;
      this._show(this._mode === "instant" ? time.around(span[1], this._step) : span);
      if (reveal) this._axis.reveal(this._window);
      this._tell();
    }

    // One step on or back, counted from where stepping began: to and fro ends where it was, whatever the months' lengths.
    _move(count) {
      this._halt();
      if (!this._anchor) this._anchor = {span: this._window, count: 0};
      const span = time.moved(this._anchor.span, this._anchor.count + count, this._step, this._mode);
      if (span[0] > this._extent[1] || span[1] < this._extent[0]) return;
      this._anchor.count += count;
      this._show(span);
      this._axis.reveal(span);
      this._tell();
    }

    // What the window is, and, while playing, where between two steps it stands.
    _show(span, drawn) {
      this._window = span;
      this._drawn = drawn || span;
      this._whole = span !== null && this._mode === "window" && !this._playback.running && time.covers(span, this._extent);
      if (span) this._axis.place(this._drawn, span, this._mode, this._step);
      if (span) this._tellWindow();
      else this._title.textContent = this._say("time.nothing");
      const words = this._say("time.every." + this._step) + " · " + this._dates.speed(this._speed);
      if (this._manner.textContent !== words) this._manner.textContent = words;
      const form = this._manners.elements;
      form.mode.value = this._mode;
      form.step.value = this._step;
      form.speed.value = String(this._speed);
      this._presets.forEach((button) => {
        const wanted = span && this._preset(button.dataset.do);
        button.setAttribute("aria-pressed", String(Boolean(wanted) && wanted[0] === span[0] && wanted[1] === span[1]));
      });
    }

    _tellWindow() {
      const span = this._window, said = this._mode === "cumulative" ? [Math.min(this._extent[0], span[1]), span[1]] : span;
      const words = this._dates.span(said) + " (" + this._dates.length(said[1] - said[0] + 1) + ")";
      if (this._title.textContent === words) return;
      this._title.textContent = words;
      clearTimeout(this._announcing);
      if (!this._playback.running) this._announcing = setTimeout(() => { this._status.textContent = words; }, ANNOUNCE_MS);
    }

    _tell() {
      const open = [null, null];
      this._options.onChange({
        window: this._whole ? open : this._mode === "cumulative" ? [null, this._window[1]] : this._window,
        shown: this._whole ? open : time.shown(this._drawn, this._mode), mode: this._mode, step: this._step, chosen: this._step === this._given ? null : this._step,
        speed: this._speed, loop: this._loop, playing: this._playback.running,
      });
    }

    play() {
      if (this._playback.running || !this._extent) return;
      this._anchor = null;
      this._sign("pause");
      this._status.textContent = this._say("time.playing");
      this._playback.start(this._window, this._extent, this._step, this._mode);
    }

    pause() {
      if (!this._playback.running) return;
      this._halt();
      this._tell();
    }

    _halt() {
      if (!this._playback.running) return;
      this._playback.stop();
      this._sign("play");
      this._show(this._window);
      this._status.textContent = this._title.textContent;
    }

    _sign(name) {
      this._buttons.play.replaceChildren(sign(SIGNS[name]));
      this._buttons.play.setAttribute("aria-label", this._say("time." + name));
      this.root.classList.toggle("im-playing", name === "pause");
    }

    _played(span, drawn) {
      this._show(span, drawn);
      this._axis.reveal(span);
      this._tell();
    }

    destroy() {
      this._halt();
      clearTimeout(this._announcing);
      this._axis.destroy();
      this.root.remove();
    }
  };
})(window.incidentmap);
