// The map page: map, legend and time control of one scene. Live it is the frame of a Streamlit component, which sends the scene and is
// told what the visitor chose; in an exported file the scene stands in the page itself, and nobody is told.
(function (app) {
  "use strict";

  const TELL_MS = 250;

  // Streamlit's protocol for frames: a few messages, no library.
  const server = {
    send: (type, data) => window.parent.postMessage({isStreamlitMessage: true, type: "streamlit:" + type, ...data}, "*"),
    listen: (show) => {
      window.addEventListener("message", (event) => { if (event.source === window.parent && event.data.type === "streamlit:render") show(event.data.args); });
      server.send("componentReady", {apiVersion: 1});
    },
    tell: (value) => server.send("setComponentValue", {value: value, dataType: "json"}),
  };

  function place(name) {
    const made = document.createElement("div");
    made.id = name;
    return made;
  }

  // On a phone the legend lies over the map, and only when it is asked for.
  function opener(words, legend) {
    const button = app.make("button", {type: "button", id: "im-open", "aria-controls": legend.id, "aria-expanded": "false"}, words);
    button.addEventListener("click", () => button.setAttribute("aria-expanded", String(legend.classList.toggle("im-open"))));
    return button;
  }

  // Outlines that many incidents share are sent once, and stand for each of them from here on.
  function outlined(data, outlines) {
    return {...data, shapes: Object.fromEntries(Object.entries(data.shapes).map(([i, outline]) => [i, outlines[outline]]))};
  }

  app.Page = class {
    constructor(map, tell) {
      this._map = map;
      this._tell = tell;
      this._scene = null;
      this._turn = Promise.resolve();
      this._worst = null;
      this._area = [];
      this._show = {what: "incidents", measure: "incidents"};
      this._hidden = new Set();
      this._role = null;
      this._layers = [];
      this._places = {legend: place("im-legend"), time: place("im-time")};
      map.getContainer().before(this._places.legend);
      map.getContainer().after(this._places.time);
      map.on("moveend", () => this._later());
    }

    // What the server sends, one after the other: a scene is unpacked before anything else is taken over.
    show(args) {
      this._turn = this._turn.then(() => this._take(args));
      return this._turn;
    }

    // Another language, theme or region is another page. A scene that the page should have and has not is asked for.
    async _take(args) {
      const mount = JSON.stringify(args.setup);
      if (this._mount && this._mount !== mount) { window.location.reload(); return; }
      if (!this._mount) this._begin(args);
      this._mount = mount;
      const {version, packed} = args.scene;
      if (this._scene !== version && packed === null) { this._tell({lacks: version}); return; }
      if (this._scene !== version) this._put(packed ? {...await app.unpacked(packed), version: version} : args.scene);
      if (this._nonce !== args.state.nonce) this._obey(args.state);
      document.documentElement.dataset.tour = args.tour || "";
      if (args.state.card) this._map.incidentBoard.showCard(args.state.card);
    }

    _begin(args) {
      const page = document.documentElement, style = args.setup.style;
      page.lang = args.setup.language;
      if (!document.title) document.title = args.setup.words.map;
      page.dir = args.dir;
      page.style.colorScheme = args.setup.theme;
      Object.entries({ink: style.ink, muted: style.muted, rule: style.rule, paper: style.paper, accent: style.accent, halo: style.halo, land: style.land, font: style.font})
        .forEach(([name, value]) => page.style.setProperty("--im-" + name, value));
      app.setup(this._map, args.setup);
      this._map.incidentBoard.onWanted = (id) => { this._wanted = id; this._later(0); };
      this._map.incidentBoard.onChosen = (id) => { this._chosen = id; this._later(); };
      if (args.linked) app.linkControl(args.words, () => this._linked(), () => this._later(0)).addTo(this._map);
      app.listControl(args.words, this._map.incidentBoard).addTo(this._map);
      const shared = {words: args.words, locale: args.setup.language, dir: args.dir};
      this._tools = new app.Tools({
        ...shared, colour: style.accent, select: Boolean(args.linked), onArea: (area) => this._drew(area),
      }).addTo(this._map);
      this._units = new app.Units(args.setup, () => this._showShown());
      this._drawnName = app.words(args.words, "shown.level.drawn");
      this._shown = new app.Shown(this._places.legend, {...shared, onChange: (shown) => this._showing(shown)});
      this._map.incidentBoard.hintOf = (field, figure) => this._shown.hint(field, figure);
      this._map.incidentBoard.onKey = (key) => this._shown.setKey(key);
      this._legend = new app.Legend(this._places.legend, {...shared, actors: [], roles: Boolean(args.linked), onChange: (state) => this._chose(state)});
      const most = args.linked ? null : args.state.worst;
      this._limit = new app.Limit(this._places.legend, {...shared, most: most, onChange: (worst) => this._limited(worst)});
      this._places.legend.append(app.signs(style, args.signs));
      this._places.legend.before(opener(app.words(args.words, "legend.actors"), this._places.legend));
      this._time = new app.TimePanel(this._places.time, {
        ...shared, actors: [], histogram: {step: "month", starts: [], counts: []}, extent: null, onChange: (state) => this._moved(state),
        onUndated: () => this._map.incidentBoard.listUndated(), finer: (step) => this._finer(step),
      });
    }

    _put(scene) {
      const map = this._map;
      this._layers.forEach((layer) => map.removeLayer(layer));
      this._layers = scene.layers.map((data) => new app.ActorLayer(outlined(data, scene.outlines)));
      this._actors = scene.actors;
      this._scene = scene.version;
      this._totals = scene.counts;
      this._coarse = scene.coarse;
      this._histogram = {told: scene.histogram, extent: scene.extent};
      map.incidentBoard.setBins(scene.bins);
      this._counted = scene.counted;
      this._counts = scene.shows;
      this._layers.forEach((layer) => layer.addTo(map));
      this._showShown();
      this._count();
      this._legend.setActors(scene.actors, scene.groups);
      this._apply();
      document.documentElement.dataset.ready = scene.version;
    }

    // What the server, or the link, asks for; its own words of before come back with the number that they had.
    _obey(state) {
      this._nonce = state.nonce;
      this._hidden = new Set(state.hidden);
      this._role = state.role;
      this._legend.setRole(state.role);
      this._worst = state.worst;
      this._area = state.area;
      this._tools.setArea(state.area);
      this._limit.set(state.worst);
      this._show = state.show;
      this._shown.set(state.show);
      this._shown.setDrawn(Boolean(state.area.length));
      this._showShown();
      this._count();
      this._window = this._days = state.window;
      Object.assign(this, {_mode: state.mode, _step: state.step});
      this._time.setManner(state.mode, state.step);
      this._time.setWindow(state.window);
      this._legend.setHidden(this._hidden);
      this._apply();
      if (state.chosen) this._map.incidentBoard.chooseId(state.chosen); else this._map.incidentBoard.leave();
    }

    // What of the page its address must tell, before it is copied.
    _linked() {
      return {view: this._view().join(), incident: this._chosen || "", off: [...this._hidden].join()};
    }

    // Latitude, longitude and zoom, as the address tells them.
    _view() {
      const at = this._map.getCenter();
      return [at.lat.toFixed(4), at.lng.toFixed(4), Number(this._map.getZoom().toFixed(2))];
    }

    _drew(area) {
      this._area = area;
      this._shown.setDrawn(Boolean(area.length));
      this._showShown();
      this._later(0);
    }

    // The server, if there is one, adds what the page lacks to count by area.
    _showing(shown) {
      this._show = shown;
      this._showShown();
      this._later(0);
    }

    // What the server counts is of what was shown before until it answers: nothing is drawn meanwhile.
    _showShown() {
      const {what, measure} = this._show, ofUnits = what.startsWith("admin"), asked = measure === "incidents" ? what : what + ":" + measure;
      const late = this._totals !== null && this._counts !== asked;
      const units = ofUnits ? this._units.of(what) : what === "drawn" ? app.drawnUnit(this._area, this._drawnName) : new Map();
      this._map.incidentBoard.setShown(this._show, this._counted, late ? null : units);
    }

    // What the slider hides goes at once; the server, if there is one, is asked for the rest.
    _limited(worst) {
      this._worst = worst;
      this._count();
      this._apply();
      this._later();
    }

    // What the slider hides, and the histogram of what it leaves. Rows that are too many to be here are counted by the server.
    _count() {
      this._finest = new Map();
      this._layers.forEach((layer) => { layer.worst = this._worst; });
      const told = this._histogram.told, stopped = this._layers.reduce((sum, layer) => sum + layer.stopped(), 0);
      this._limit.setHidden(this._coarse + stopped);
      this._time.setUndated(this._layers.reduce((sum, layer) => sum + layer.undated().length, 0));
      this._time.setHistogram(stopped && this._totals === null ? app.recounted(told, this._layers) : told, this._histogram.extent, this._actors);
    }

    // The bars of a finer step than the server's, where all incidents are here; counted once as long as the same ones are let through.
    _finer(step) {
      if (this._totals !== null) return null;
      const starts = () => app.bars.startsOf(step, this._histogram.extent);
      if (!this._finest.has(step)) this._finest.set(step, app.recounted({step: step, starts: starts()}, this._layers));
      return this._finest.get(step);
    }

    // Actors go and come at once; as what they are drawn is what the server makes the layers by.
    _chose(state) {
      const anew = state.role !== this._role;
      this._hidden = state.hidden;
      this._role = state.role;
      this._apply();
      this._later(anew ? 0 : undefined);
    }

    _moved(state) {
      this._window = state.window;
      Object.assign(this, {_days: state.shown, _mode: state.mode, _step: state.chosen});
      this._map.incidentBoard.setPlaying(state.playing);
      this._apply();
      if (!state.playing) this._later();
    }

    // Shows the days and actors that are chosen, and counts them. Rows that are too many to be here are counted by the server.
    _apply() {
      const counts = {}, board = this._map.incidentBoard, shown = this._days || [null, null];
      this._time.setActors(this._hidden);
      this._layers.forEach((layer) => {
        layer.data.window = shown;
        layer.hidden = this._hidden.has(layer.data.id);
        counts[layer.data.id] = layer.count();
      });
      board.setHidden(this._hidden);
      this._legend.setCounts(this._totals || counts);
      board.refresh();
      if (this._listing) this._listing.show(new Set(this._layers.flatMap((layer) => layer.hidden ? [] : layer.shown())));
    }

    // Shows these days, for whoever makes pictures of them one after another.
    at(window) {
      this._window = this._days = window;
      this._time.setWindow(window);
      this._apply();
    }

    // Keeps a table in step with the map.
    list(listing) { this._listing = listing; this._apply(); }

    _later(wait) {
      clearTimeout(this._telling);
      this._telling = setTimeout(() => this._say(), wait === undefined ? TELL_MS : wait);
    }

    _say() {
      if (this._scene === null) return;
      const days = (this._window || [null, null]).map((day) => day === null ? null : app.time.iso(day));
      const told = {
        window: days, hidden: [...this._hidden].sort(), wanted: this._wanted || null,
        show: this._show, mode: this._mode, step: this._step, view: this._view().map(Number), chosen: this._chosen || null, worst: this._worst, area: this._area, role: this._role,
      };
      const text = JSON.stringify(told);
      if (text === this._told) return;
      this._told = text;
      this._tell(told);
    }
  };

  app.live = function (map) {
    const page = new app.Page(map, server.tell);
    server.listen((args) => page.show(args));
  };

  // A file of its own holds all that it shows, and a table of it.
  app.alone = async function (map, packed) {
    const page = new app.Page(map, () => {}), list = document.getElementById("im-list");
    document.documentElement.classList.add(list ? "im-file" : "im-picture");
    await page.show(await app.unpacked(packed));
    app.page = page;
    if (list) page.list(new app.Listing(list, map.incidentBoard, document.documentElement.lang));
  };
})(window.incidentmap);
