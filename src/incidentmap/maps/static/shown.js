// What the map shows: each incident, how densely they lie, or a number for each area; with the key to its shades.
(function (app) {
  "use strict";

  const make = app.make;
  const WAYS = ["incidents", "density", "areas"];
  const LEVELS = ["admin1", "admin2", "drawn"];
  const MEASURES = ["incidents", "killed", "wounded"];
  const MOST_RANKS = 100;
  let made = 0;

  // A range of numbers from its lower to its higher end, also amid words that are written from right to left.
  function ltr(text) { return "\u2066" + text + "\u2069"; }

  app.Shown = class {
    // options: {words, locale, dir, onChange({what, measure})}.
    constructor(element, options) {
      const id = "im-shown-" + (made += 1);
      Object.assign(this, {_words: options.words, _onChange: options.onChange, _number: new Intl.NumberFormat(options.locale), _areas: "admin1"});
      this._ways = WAYS.map((way) => make("button", {type: "button", "data-way": way}, this._say(way)));
      this._level = this._select(id + "-level", "level", LEVELS);
      this._measure = this._select(id + "-measure", "measure", MEASURES);
      this._choices = make("div", {class: "im-by"}, ...[this._level, this._measure].flatMap((select) => [
        make("label", {for: select.id, class: "im-unseen"}, this._say(select.name)), select,
      ]));
      this._key = make("ul", {class: "im-shades", role: "list"});
      this._notes = make("div", {class: "im-notes", role: "status"});
      this._ranks = make("ol", {});
      this._list = make("details", {class: "im-ranks"}, make("summary", {}, this._say("list")), this._ranks);
      this.root = make("section", {class: "im-key im-shown", "aria-label": this._say("title"), dir: options.dir || null},
        make("div", {class: "im-roles", role: "group", "aria-label": this._say("title")}, ...this._ways), this._choices, this._key, this._notes, this._list);
      element.append(this.root);
      this._ways.forEach((button) => button.addEventListener("click", () => this._choose(button.dataset.way)));
      [this._level, this._measure].forEach((select) => select.addEventListener("change", () => this._take()));
      this.set({what: "incidents", measure: "incidents"});
      this.setDrawn(false);
    }

    _say(key, values) { return app.words(this._words, "shown." + key, values); }

    _select(id, name, values) {
      return make("select", {id: id, name: name}, ...values.map((value) => make("option", {value: value}, this._say(name + "." + value))));
    }

    // From outside, in silence.
    set(shown) {
      this.value = shown;
      const areas = app.isArea(shown.what);
      if (areas) this._level.value = shown.what;
      this._measure.value = shown.measure;
      this._ways.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.way === (areas ? "areas" : shown.what))));
      this._choices.hidden = !areas;
      if (shown.what === "incidents") [this._key, this._notes, this._ranks].forEach((each) => each.replaceChildren());
      this._list.hidden = !areas;
    }

    // The area that was drawn can be counted as long as there is one.
    setDrawn(drawn) {
      this._level.querySelector('[value="drawn"]').hidden = !drawn;
      if (!drawn && this.value.what === "drawn") { this._level.value = "admin1"; this._take(); }
    }

    _choose(way) { this._changed(way === "areas" ? {what: this._level.value, measure: this._measure.value} : {what: way, measure: "incidents"}); }

    _take() { this._changed({what: this._level.value, measure: this._measure.value}); }

    _changed(shown) {
      this.set(shown);
      this._onChange(shown);
    }

    // `shades` are {colour, from, to}, the last of them open; numbers that are null have no note.
    setKey(told) {
      const number = (value) => this._number.format(value);
      const shade = ({colour, from, to}) => {
        const words = to === null ? this._say("and_more", {count: number(from)}) : from === to ? number(from) : ltr(number(from) + "\u2013" + number(to));
        return make("li", {}, make("i", {style: "background:" + colour}), words);
      };
      const unknown = told.unknown ? [make("li", {}, make("i", {class: "im-no-figure"}), this._say("no_figure"))] : [];
      this._key.replaceChildren(...told.shades.map(shade), ...unknown);
      const notes = ["km", "few", "coarser", "elsewhere"].filter((name) => told[name]);
      const text = notes.map((name) => this._say(name, {count: number(name === "km" ? Math.round(told.km) : told[name])}));
      if (this.value.measure !== "incidents") text.push(this._say("lowest"));
      if (this.value.what.startsWith("admin")) text.push(this._say("units"));
      if (text.join() !== [...this._notes.children].map((line) => line.textContent).join()) {
        this._notes.replaceChildren(...text.map((line) => make("p", {}, line)));
      }
      const ranked = [...told.ranks].sort((one, other) => (other.value === null ? -1 : other.value) - (one.value === null ? -1 : one.value));
      this._ranks.replaceChildren(...ranked.slice(0, MOST_RANKS).map(({name, figure}) => make("li", {}, make("span", {dir: "auto"}, name), make("b", {dir: "ltr"}, figure))));
    }

    // What the pointer tells of a square or area: its name, and its numbers.
    hint(field, figure) {
      const number = (value) => this._number.format(value), lines = [this._say("count", {count: number(field.sum)})];
      if (field.toll) lines.push(this._say("toll." + this.value.measure, {range: ltr(figure)}));
      if (field.toll && field.toll.unknown) lines.push(this._say("unknown", {count: number(field.toll.unknown)}));
      return make("div", {class: "im-hint"}, ...(field.name ? [make("strong", {}, field.name)] : []), ...lines.map((line) => make("div", {}, line)));
    }

    destroy() { this.root.remove(); }
  };
})(window.incidentmap);
