// The legend: every actor's shape, name and number in the window. A click switches an actor, shift and click leaves it alone on the map.
(function (app) {
  "use strict";

  const ROLES = ["attacker", "target", "claimant"];
  // No more colours than eyes tell apart; whoever comes after them is drawn like all others.
  const MOST_COLOURS = 8;
  const OTHER_COLOUR = "#999999";
  const OTHERS = "others";
  const SEARCH_FROM = 8;

  const make = app.make;

  // Letters without case and accents, to search in.
  function folded(text) { return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase(); }

  app.Legend = class {
    // options: {actors: [{id, name, colour, path, group}], groups: {id: name}, hidden, counts, role, roles, words, locale,
    // onChange({hidden, role})}; `roles` false: as what they are counted is told, and no choice.
    constructor(element, options) {
      Object.assign(this, {_words: options.words, _onChange: options.onChange, _actors: []});
      this._number = new Intl.NumberFormat(options.locale);
      this._hidden = new Set(options.hidden || []);
      this._counts = new Map(Object.entries(options.counts || {}));
      this._folded = new Set();
      this._grouped = false;
      this._build(element, options.dir, options.roles);
      this.setRole(options.role || "attacker");
      this.setActors(options.actors, options.groups);
    }

    _say(key, values) { return app.words(this._words, key, values); }

    _build(element, dir, roles) {
      this._search = make("input", {type: "search", class: "im-find", "aria-label": this._say("legend.search"), placeholder: this._say("legend.search")});
      this._restore = make("button", {type: "button", class: "im-all"}, this._say("legend.all"));
      this._group = make("button", {type: "button", class: "im-group-by", "aria-pressed": "false"}, this._say("legend.group"));
      this._list = make("ul", {class: "im-actors", role: "list"});
      this._none = make("p", {class: "im-none", role: "status"});
      this._roles = ROLES.map((role) => make("button", {type: "button", "data-role": role}, this._say("legend.role." + role)));
      this._note = make("p", {class: "im-as"});
      this.root = make("section", {class: "im-key", "aria-label": this._say("legend.actors")},
        make("div", {class: "im-key-head"}, make("h2", {}, this._say("legend.actors")), this._group, this._restore),
        make("div", {class: "im-roles", role: "group", "aria-label": this._say("legend.as")}, ...this._roles),
        this._search, this._list, this._none, this._note);
      this._roles.forEach((button) => { button.disabled = roles === false; });
      if (dir) this.root.dir = dir;
      element.append(this.root);
      this._search.addEventListener("input", () => this._fill());
      this._restore.addEventListener("click", () => { this._change(new Set()); this._list.querySelector("button").focus(); });
      this._group.addEventListener("click", () => { this._grouped = !this._grouped; this._fill(); });
      this._roles.forEach((button) => button.addEventListener("click", () => this._choose(button.dataset.role)));
    }

    setActors(actors, groups) {
      let coloured = 0;
      this._groups = groups || {};
      this._actors = actors.map((actor) => {
        if (actor.id !== OTHERS) coloured += 1;
        return {...actor, colour: coloured > MOST_COLOURS ? OTHER_COLOUR : actor.colour};
      });
      this._search.hidden = actors.length <= SEARCH_FROM;
      if (this._search.hidden) this._search.value = "";
      this._group.hidden = new Set(actors.map((actor) => actor.group || "")).size < 2;
      if (this._group.hidden) this._grouped = false;
      this._fill();
    }

    // Numbers alone: nothing else of the legend is touched.
    setCounts(counts) {
      this._counts = new Map(Object.entries(counts));
      this._list.querySelectorAll("b").forEach((place) => {
        const text = this._number.format(place.members.reduce((sum, id) => sum + this._count(id), 0));
        if (place.textContent !== text) place.textContent = text;
        place.closest("li").classList.toggle("im-zero", text === this._number.format(0));
      });
    }

    setHidden(hidden) { this._hidden = new Set(hidden); this._mark(); }

    setRole(role) {
      this._role = role;
      this._roles.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.role === role)));
      this._note.textContent = this._say("legend.role.note." + role);
    }

    // In another role the layers are others', even where they have the same names: all of them are shown.
    _choose(role) {
      if (role === this._role) return;
      this.setRole(role);
      this._change(new Set());
    }

    _count(id) { return Number(this._counts.get(id)) || 0; }

    _fill() {
      const wanted = folded(this._search.value.trim()), found = this._actors.filter((actor) => folded(actor.name).includes(wanted));
      const parts = this._grouped ? this._byGroup(found).map(([group, members]) => this._groupItem(group, members, wanted)) : found.map((actor) => this._actorItem(actor));
      this._list.replaceChildren(...parts);
      this._none.textContent = !this._actors.length ? this._say("legend.none") : found.length ? "" : this._say("legend.not_found");
      this._group.setAttribute("aria-pressed", String(this._grouped));
      this._mark();
      this.setCounts(Object.fromEntries(this._counts));
    }

    _byGroup(actors) {
      const groups = new Map();
      actors.forEach((actor) => groups.set(actor.group || "", [...(groups.get(actor.group || "") || []), actor]));
      return [...groups].sort((one, other) => (one[0] === "") - (other[0] === ""));
    }

    _groupName(group) {
      if (Object.hasOwn(this._groups, group)) return this._groups[group];
      const key = "group." + (group || "none");
      return Object.hasOwn(this._words, key) ? this._words[key] : group;
    }

    _groupItem(group, members, wanted) {
      const name = this._groupName(group), ids = members.map((actor) => actor.id), closed = this._folded.has(group) && !wanted;
      const fold = make("button", {type: "button", class: "im-fold", "aria-expanded": String(!closed), "aria-label": this._say("legend.members", {name: name})});
      const list = make("ul", {role: "list"}, ...members.map((actor) => this._actorItem(actor)));
      const item = make("li", {class: "im-group"}, make("div", {class: "im-row"}, fold, ...this._switch(ids, name, null)), list);
      list.hidden = closed;
      fold.addEventListener("click", () => {
        if (this._folded.has(group)) this._folded.delete(group); else this._folded.add(group);
        list.hidden = this._folded.has(group);
        fold.setAttribute("aria-expanded", String(!list.hidden));
      });
      return item;
    }

    _actorItem(actor) {
      const item = make("li", {}, make("div", {class: "im-row"}, ...this._switch([actor.id], actor.name, app.drawn(actor.path, "-8 -8 16 16", {fill: actor.colour}))));
      item.dataset.actor = actor.id;
      return item;
    }

    // What switches one actor or a whole group, and what leaves it alone on the map.
    _switch(ids, name, drawn) {
      const count = make("b", {}), toggle = make("button", {type: "button", class: "im-toggle"}, ...(drawn ? [drawn] : []), make("span", {dir: "auto"}, name), count);
      const only = make("button", {type: "button", class: "im-only", "aria-label": this._say("legend.only.name", {name: name})}, this._say("legend.only"));
      toggle.members = count.members = only.members = ids;
      toggle.title = name;
      toggle.addEventListener("click", (event) => { if (event.shiftKey) this._isolate(ids); else this._toggle(ids); });
      only.addEventListener("click", () => this._isolate(ids));
      return [toggle, only];
    }

    _toggle(ids) {
      const hidden = new Set(this._hidden), off = ids.every((id) => hidden.has(id));
      ids.forEach((id) => { if (off) hidden.delete(id); else hidden.add(id); });
      this._change(hidden);
    }

    // Alone on the map; those who are that already bring back all.
    _isolate(ids) {
      const others = this._actors.map((actor) => actor.id).filter((id) => !ids.includes(id));
      const alone = others.every((id) => this._hidden.has(id)) && !ids.some((id) => this._hidden.has(id));
      this._change(new Set(alone ? [] : others));
    }

    _change(hidden) {
      this._hidden = hidden;
      this._mark();
      this._tell();
    }

    _mark() {
      this._list.querySelectorAll(".im-toggle").forEach((button) => {
        const off = button.members.filter((id) => this._hidden.has(id)).length;
        button.setAttribute("aria-pressed", off === 0 ? "true" : off === button.members.length ? "false" : "mixed");
      });
      this._restore.disabled = !this._actors.some((actor) => this._hidden.has(actor.id));
    }

    _tell() { this._onChange({hidden: new Set(this._hidden), role: this._role}); }

    destroy() { this.root.remove(); }
  };
})(window.incidentmap);
