// Many incidents near each other: one sign with their number and their actors. Groups are made of the incidents of every day, once a
// zoom, so that playing only changes numbers and no sign leaps about. A group never mixes precisions: an exact point is not counted
// together with one that is only about right, nor either of them with what is known as an area or an axis.
(function (app) {
  "use strict";

  const REACH = 40;
  // So many in the window become a sign; fewer are still told apart one by one. An area has its sign from the first incident on, an
  // axis from the second: alone it is sign enough.
  const LEAST = {exact: 4, near: 4, area: 1, line: 2};

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
    return {seed: mark, precision: precision, x: mark.baseX, y: mark.baseY, size: 0, least: LEAST[precision]};
  }

  // Signs of several precisions would lie upon each other: the less exact ones step aside to where there is most room, whatever is in
  // the window.
  function stepAside(groups) {
    const cells = new Grid();
    Object.keys(LEAST).forEach((precision) => groups.filter((group) => group.precision === precision).forEach((group) => {
      const other = cells.nearest({baseX: group.x, baseY: group.y});
      if (other) Object.assign(group, roomBeside(cells, other.seed, Math.atan2(group.y - other.seed.baseY, group.x - other.seed.baseX)));
      cells.add({seed: {baseX: group.x, baseY: group.y}});
    }));
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
      const found = Object.fromEntries(Object.keys(LEAST).map((precision) => [precision, last ? new Spots() : new Grid()]));
      this._groups = new Map();
      marks.forEach((mark) => {
        const precision = app.precisionOf(mark), known = found[precision];
        if (!known.nearest(mark)) known.add(groupOf(mark, precision));
      });
      // A group that was found later may be nearer: no sign covers incidents that are counted elsewhere.
      marks.forEach((mark) => {
        const group = found[app.precisionOf(mark)].nearest(mark);
        group.size += 1;
        this._groups.set(mark, group);
      });
      stepAside([...new Set(this._groups.values())].filter((group) => group.size >= group.least));
    }

    // Parts those that are drawn now into single ones and clusters. The chosen one stands alone, unless it is an area: that is lit up.
    part(marks, chosen) {
      const seen = new Map(), alone = (mark) => mark.id === chosen && !mark.shape, single = [];
      marks.forEach((mark) => {
        const group = this._groups.get(mark);
        if (!group || alone(mark)) { single.push(mark); return; }
        if (!seen.has(group)) seen.set(group, []);
        seen.get(group).push(mark);
      });
      const clusters = [];
      seen.forEach((its, group) => { if (its.length >= group.least) clusters.push(clusterOf(group, its)); else single.push(...its); });
      return {single: single, clusters: clusters};
    }
  };

  // A group as it is now; its actors with the most incidents first, then by id.
  function clusterOf(group, marks) {
    const actors = new Map(), spots = new Set(), places = new Set();
    let contested = 0;
    marks.forEach((mark) => {
      const data = mark.layer.data, before = actors.get(data.id);
      if (before) before.count += 1; else actors.set(data.id, {id: data.id, colour: data.colour, count: 1});
      spots.add(mark.spot);
      places.add(mark.place);
      contested += mark.contested ? 1 : 0;
    });
    const shape = group.precision === "area" || group.precision === "line";
    return {
      name: [group.x, group.y, group.precision].join(":"), x: group.x, y: group.y, precision: group.precision, shape: shape, marks: marks,
      contested: contested, spots: spots.size,
      radius: shape ? 11 : 12 + 3.2 * Math.log10(marks.length), place: places.size === 1 ? marks[0].place : "",
      actors: [...actors.values()].sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1)),
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
})(window.incidentmap);
