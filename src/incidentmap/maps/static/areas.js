// Incidents by area: a unit of the first or second level, or the area that was drawn; their number, or their victims under the rule.
(function (app) {
  "use strict";

  const DRAWN = "drawn";

  // Outlines of units, fetched when they are first asked for; a page of its own holds them.
  app.Units = class {
    constructor(options, whenThere) {
      this._options = options;
      this._whenThere = whenThere;
      this._levels = new Map();
    }

    // The units of a level by id, with outline and name; null while they are on their way.
    of(level) {
      if (!this._levels.has(level)) this._load(level);
      return this._levels.get(level);
    }

    async _load(level) {
      this._levels.set(level, null);
      const {files, units} = this._options;
      const told = files ? files[level] : await fetch(units + level + ".geojson").then((answer) => answer.json());
      this._levels.set(level, new Map(told.features.map(({properties, geometry}) => [properties.id, {name: properties.name, shape: geometry}])));
      this._whenThere();
    }
  };

  const sum = (one, other) => ({
    low: one.low + other.low, high: one.high + other.high, open: one.open || other.open, told: one.told + other.told, unknown: one.unknown + other.unknown,
  });
  const NOTHING = {low: 0, high: 0, open: false, told: 0, unknown: 0};

  // The toll of one incident: null tells nothing, false is not counted.
  function toll(told) {
    if (told === false) return NOTHING;
    return told ? {low: told[0], high: told[1], open: told[2], told: 1, unknown: 0} : {...NOTHING, unknown: 1};
  }

  function tollOfRows([low, high, open, told, unknown]) { return {low: low, high: high, open: open, told: told, unknown: unknown}; }

  // The areas with incidents in them; `coarser` and `elsewhere` are in none: known less finely, or where there is no unit.
  // `units` are those of the level, or the drawn area under the empty id. Null while the layers do not know theirs.
  app.areas = function (marks, what, measure, units, counted, hidden) {
    const found = new Map(), victims = measure !== "incidents";
    let coarser = counted ? counted.coarser : 0, elsewhere = counted ? counted.elsewhere : 0;
    if (marks.some(({layer}) => !layer.data.units[what] || (victims && !layer.data.tolls[measure]))) return null;
    const field = (id) => {
      if (!found.has(id)) found.set(id, {id: id, name: units.get(id).name, shape: units.get(id).shape, marks: [], rows: 0, toll: victims ? NOTHING : null});
      return found.get(id);
    };
    marks.forEach((mark) => {
      const {units: own, tolls} = mark.layer.data, id = own[what][mark.i];
      if (id === null) { coarser += 1; return; }
      if (!units.has(id)) { elsewhere += 1; return; }
      const area = field(id);
      area.marks.push(mark);
      if (victims) area.toll = sum(area.toll, toll(tolls[measure][mark.i]));
    });
    if (counted) counted.areas.filter(({area}) => units.has(area)).forEach(({area, counts, toll: told}) => {
      const each = field(area);
      each.rows = app.cellCounts({counts: counts}, hidden).sum;
      if (victims && told) each.toll = sum(each.toll, tollOfRows(told));
    });
    return {fields: [...found.values()].filter((each) => each.marks.length + each.rows), coarser: coarser, elsewhere: elsewhere};
  };

  // The area that was drawn as the only unit there is.
  app.drawnUnit = function (corners, name) {
    return new Map(corners.length ? [["", {name: name, shape: {type: "Polygon", coordinates: [[...corners, corners[0]]]}}]] : []);
  };

  app.isArea = function (what) { return what === DRAWN || what.startsWith("admin"); };
})(window.incidentmap);
