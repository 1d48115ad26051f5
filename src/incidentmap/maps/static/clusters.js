// Many incidents near each other: one sign with their number and a pie of their actors. Groups are made of the incidents of every day,
// once a zoom, so that playing only changes numbers and no sign leaps about. A group never mixes precisions: an exact point is not
// counted together with one that is only about right. Areas and lines are drawn as what they are: all incidents that are known to the
// same one are drawn as one, with their number.
(function (app) {
  "use strict";

  const REACH = 34;
  // So many in the window become a sign; fewer are still told apart one by one.
  const LEAST = 5;
  const IS_SHAPE = new Set(["area", "line"]);
  const MOST_LISTED = 200;
  const MOST_FANNED = 60;
  const SPIRAL = 15;
  const PIE = 5;

  app.precisionOf = function (mark) {
    if (mark.shape) return mark.shape.type.endsWith("LineString") ? "line" : "area";
    return mark.aboutPlace ? "near" : "exact";
  };

  function cellOf(x, y) { return (Math.floor(x / REACH) + 32768) * 65536 + Math.floor(y / REACH) + 32768; }

  // Groups stand where their first incident does, so that no two come nearer than they reach. They are found through a grid of cells.
  class Grid {
    constructor() { this._cells = new Map(); }

    nearest(mark) {
      let best = null, least = REACH;
      for (let dx = -REACH; dx <= REACH; dx += REACH)
        for (let dy = -REACH; dy <= REACH; dy += REACH)
          for (const group of this._cells.get(cellOf(mark.baseX + dx, mark.baseY + dy)) || []) {
            const away = Math.hypot(group.seed.baseX - mark.baseX, group.seed.baseY - mark.baseY);
            if (away < least) { least = away; best = group; }
          }
      return best;
    }

    add(group) {
      const cell = cellOf(group.seed.baseX, group.seed.baseY);
      if (!this._cells.has(cell)) this._cells.set(cell, []);
      this._cells.get(cell).push(group);
    }
  }

  // At the last zoom only those at one position are a group: nothing else would ever part them.
  class Spots {
    constructor() { this._spots = new Map(); }

    nearest(mark) { return this._spots.get(mark.spot) || null; }

    add(group) { this._spots.set(group.seed.spot, group); }
  }

  function groupOf(mark, precision) {
    return {seed: mark, precision: precision, x: mark.baseX, y: mark.baseY, size: 0, least: IS_SHAPE.has(precision) ? 1 : LEAST};
  }

  // Exact and near ones of one place would lie upon each other: the near ones step aside to where there is most room, whatever is in
  // the window.
  function stepAside(near, exact) {
    const cells = new Grid(), taken = (x, y) => cells.add({seed: {baseX: x, baseY: y}});
    exact.forEach((group) => taken(group.x, group.y));
    near.forEach((group) => {
      const other = cells.nearest({baseX: group.x, baseY: group.y});
      if (other) Object.assign(group, roomBeside(cells, other.seed, Math.atan2(group.y - other.seed.baseY, group.x - other.seed.baseX)));
      taken(group.x, group.y);
    });
  }

  function roomBeside(cells, seed, turn) {
    let best = null, most = -Infinity;
    for (let k = 0; k < 8; k += 1) {
      const x = seed.baseX + REACH * Math.cos(turn + k * Math.PI / 4), y = seed.baseY + REACH * Math.sin(turn + k * Math.PI / 4);
      const next = cells.nearest({baseX: x, baseY: y}), away = next ? Math.hypot(next.seed.baseX - x, next.seed.baseY - y) : REACH;
      if (away > most + 1) { most = away; best = {x: x, y: y}; }
    }
    return best;
  }

  app.Clusters = class {
    // `marks` are all incidents, of every day and actor, with their places at this zoom; `last` tells that one cannot zoom in further.
    constructor(marks, last) {
      const found = {exact: last ? new Spots() : new Grid(), near: last ? new Spots() : new Grid(), area: new Spots(), line: new Spots()};
      this._groups = new Map();
      marks.forEach((mark) => {
        const precision = app.precisionOf(mark), known = found[precision];
        let group = known.nearest(mark);
        if (!group) { group = groupOf(mark, precision); known.add(group); }
        group.size += 1;
        this._groups.set(mark, group);
      });
      const groups = [...new Set(this._groups.values())].filter((group) => group.size >= LEAST);
      stepAside(groups.filter((group) => group.precision === "near"), groups.filter((group) => group.precision === "exact"));
    }

    // Parts those that are drawn now into single ones and clusters. The chosen one always stands alone.
    part(marks, chosen) {
      const seen = new Map();
      marks.forEach((mark) => {
        const group = mark.id === chosen ? undefined : this._groups.get(mark);
        if (!group) return;
        if (!seen.has(group)) seen.set(group, []);
        seen.get(group).push(mark);
      });
      const isMany = (group, marks) => marks !== undefined && marks.length >= group.least;
      const many = (mark) => mark.id !== chosen && isMany(this._groups.get(mark), seen.get(this._groups.get(mark)));
      const clusters = [...seen].filter((pair) => isMany(...pair)).map((pair) => clusterOf(pair[0], pair[1]));
      return {single: marks.filter((mark) => !many(mark)), clusters: clusters};
    }
  };

  // A group as it is now; its actors with the most incidents first, then by id.
  function clusterOf(group, marks) {
    const actors = new Map();
    marks.forEach((mark) => {
      const data = mark.layer.data, before = actors.get(data.id);
      actors.set(data.id, {id: data.id, colour: data.colour, count: before ? before.count + 1 : 1});
    });
    const order = [...actors.values()].sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
    return {
      x: group.x, y: group.y, precision: group.precision, marks: marks, actors: order, radius: group.least === 1 ? 9 : 12 + 3.2 * Math.log10(marks.length),
      shape: IS_SHAPE.has(group.precision),
      spots: new Set(marks.map((mark) => mark.spot)).size,
    };
  }

  // The cluster under a point, the nearest of several.
  app.clusterAt = function (clusters, point) {
    let best = null, least = Infinity;
    clusters.forEach((cluster) => {
      const away = Math.hypot(cluster.x - point.x, cluster.y - point.y);
      if (away <= cluster.radius + 3 && away < least) { least = away; best = cluster; }
    });
    return best;
  };

  // A number in a ring of the actors' colours; a dashed ring around it where the places are only about right. On an area it is a plain
  // number: the area itself has the colour.
  app.drawCluster = function (ctx, cluster, style, number) {
    if (cluster.shape) { app.drawCount(ctx, cluster.x, cluster.y, number.format(cluster.marks.length), style); return; }
    const radius = cluster.radius, turn = 2 * Math.PI / cluster.marks.length;
    ctx.save();
    ctx.translate(cluster.x, cluster.y);
    disc(ctx, radius, style.ink);
    let from = -Math.PI / 2;
    cluster.actors.forEach((actor) => {
      ctx.beginPath();
      ctx.moveTo(0, 0);
      ctx.arc(0, 0, radius - 1, from, from + turn * actor.count);
      ctx.fillStyle = actor.colour;
      ctx.fill();
      from += turn * actor.count;
    });
    disc(ctx, radius - PIE, style.ink);
    disc(ctx, radius - PIE - 0.8, style.halo);
    ctx.fillStyle = style.ink;
    ctx.font = "600 11px " + style.font;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(number.format(cluster.marks.length), 0, 0.5);
    ctx.restore();
    if (cluster.precision === "near") app.drawRing(ctx, cluster.x, cluster.y, radius + 3.5, style.ink, 1.4, [4, 3]);
  };

  function disc(ctx, radius, colour) {
    ctx.beginPath();
    ctx.arc(0, 0, radius, 0, 2 * Math.PI);
    ctx.fillStyle = colour;
    ctx.fill();
  }

  // Where the incidents of a cluster stand when it is opened out: a spiral around it, none upon another. Too many stay a list.
  app.fan = function (cluster) {
    if (cluster.marks.length > MOST_FANNED) return [];
    return cluster.marks.map((mark, k) => {
      const turn = 2.4 * k, reach = cluster.radius + SPIRAL * Math.sqrt(k + 1);
      return {mark: mark, x: cluster.x + reach * Math.cos(turn), y: cluster.y + reach * Math.sin(turn)};
    });
  };

  function newestFirst(a, b) {
    const first = a.layer.data.start[a.i], second = b.layer.data.start[b.i];
    if (first === second) return a.id < b.id ? -1 : 1;
    if (first === null || second === null) return first === null ? 1 : -1;
    return second - first;
  }

  // The incidents of a cluster as buttons, newest first, the undated last; `choose` is called with the one that is pressed.
  // `words` are texts ready to be shown: the heading, and what tells how many more there are than listed.
  app.clusterList = function (cluster, words, choose) {
    const list = app.make("ul", {class: "im-list"});
    [...cluster.marks].sort(newestFirst).slice(0, MOST_LISTED).forEach((mark) => {
      const card = mark.layer.data.cards[mark.i], name = app.make("strong", {}, card.title), day = app.make("span", {}, card.date);
      const button = app.make("button", {type: "button", "data-incident": mark.id}, name, day);
      button.style.setProperty("--im-actor", mark.layer.data.colour);
      // The press ends here: the list goes with it, and a map that gets a click of what is gone takes it for one beside everything.
      button.addEventListener("click", (event) => { event.stopPropagation(); choose(mark); });
      list.append(app.make("li", {}, button));
    });
    const rest = cluster.marks.length - MOST_LISTED, made = app.make("article", {class: "im-card"}, app.make("h2", {}, words.heading), list);
    if (rest > 0) made.append(app.make("p", {class: "im-review"}, words.more(rest)));
    return made;
  };
})(window.incidentmap);
