// How densely incidents lie: their numbers by square of a grid, counted in the page, with those that the server counted beside them.
(function (app) {
  "use strict";

  const COARSEST = 2, FINEST = 9;
  const KM_OF_DEGREE = 111.32;
  const POINT = 2;

  // Degrees of a square: 32 pixels wide at a whole zoom, and never less than some ten kilometres.
  app.squareAt = function (zoom) { return 360 / 2 ** (Math.min(FINEST, Math.max(COARSEST, Math.floor(zoom))) + 3); };

  app.squareKm = function (size) { return size * KM_OF_DEGREE; };

  // A place that is known as a point, and no worse than to the height of a square.
  function fine(mark, size) {
    const told = mark.layer.data.precision[mark.i];
    return !mark.shape && (told === null || told <= POINT) && mark.radius <= size * KM_OF_DEGREE;
  }

  function box(name, size) {
    const [column, row] = name.split(":").map(Number), west = column * size - 180, south = row * size - 90;
    return [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]];
  }

  // The squares with incidents in them, `coarser` what is in none. `counted` is what the server counted, null if nothing.
  app.squares = function (marks, size, counted, hidden) {
    const found = new Map();
    let coarser = counted ? counted.coarser : 0;
    const field = (name) => {
      if (!found.has(name)) found.set(name, {id: name, name: "", marks: [], rows: 0, toll: null});
      return found.get(name);
    };
    marks.forEach((mark) => {
      const data = mark.layer.data;
      if (!fine(mark, size)) { coarser += 1; return; }
      field(Math.floor((data.lon[mark.i] + 180) / size) + ":" + Math.floor((data.lat[mark.i] + 90) / size)).marks.push(mark);
    });
    if (counted) counted.areas.forEach(({area, counts}) => { field(area).rows = app.cellCounts({counts: counts}, hidden).sum; });
    const fields = [...found.values()].filter((each) => each.marks.length + each.rows);
    fields.forEach((each) => { each.shape = {type: "Polygon", coordinates: [box(each.id, size)]}; });
    return {fields: fields, coarser: coarser, elsewhere: 0};
  };
})(window.incidentmap);
