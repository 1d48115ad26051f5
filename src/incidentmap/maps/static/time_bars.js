// The bars of the time axis as numbers: {step, starts, counts}, where starts are the first days of steps that follow each other, and
// counts hold a row of numbers per actor. Pure functions, no page needed.
(function (app) {
  "use strict";

  const time = app.time;
  // A bar that is narrower says nothing by itself.
  const LEAST_PX = 5;
  const DAYS = {day: 1, week: 7, month: 30, year: 365};

  function lastDay(bars, k) { return k + 1 < bars.starts.length ? bars.starts[k + 1] - 1 : time.around(bars.starts[k], bars.step)[1]; }

  // Index of the bar that a day lies in; -1 where there is none.
  function at(bars, day) {
    if (!bars.starts.length || day < bars.starts[0] || day > lastDay(bars, bars.starts.length - 1)) return -1;
    let low = 0, high = bars.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (bars.starts[middle] <= day) low = middle; else high = middle;
    }
    return low;
  }

  // Actors of a bar that are shown, with their numbers, in the order of the rows.
  function parts(bars, k, hidden) { return bars.counts.map((row) => [row[0], row[1][k]]).filter(([actor, count]) => count > 0 && !hidden.has(actor)); }

  // The finest step whose bars are wide enough where a day is so many pixels wide; never a coarser one than that which is given.
  function finest(step, dayPx) {
    return time.STEPS.slice(0, time.STEPS.indexOf(step)).find((each) => DAYS[each] * dayPx >= LEAST_PX) || step;
  }

  // First days of all steps of a kind that an extent touches.
  function startsOf(step, extent) {
    const starts = [], last = time.numberOf(extent[1], step);
    for (let number = time.numberOf(extent[0], step); number <= last; number += 1) starts.push(time.startOf(number, step));
    return starts;
  }

  app.bars = {lastDay, at, parts, finest, startsOf};
})(window.incidentmap);
