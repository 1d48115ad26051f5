// Time as the map counts it: whole days since 1 January 1970, without clocks or time zones. Pure functions, no page needed.
// A window is [first day, last day], both included; null is an open end. Only `weight` also takes parts of days.
window.incidentmap = window.incidentmap || {};

(function (app) {
  "use strict";

  const STEPS = ["day", "week", "month", "year"];
  const MODES = ["window", "cumulative", "instant"];
  const SPEEDS = [0.5, 1, 2, 5, 10];
  // What is known to have happened somewhere in the window never fades away altogether.
  const FLOOR = 0.25;
  // A tab that slept for longer goes on where it was.
  const LONGEST_GAP_MS = 2000;
  const LEAST_VIEW = 7;
  const LARGER = {day: [1, "month"], week: [3, "month"], month: [1, "year"], year: [10, "year"]};

  // Days since 1970 of a date of the proleptic Gregorian calendar, by eras of 400 years that begin in March.
  function dayOf(year, month, day) {
    const shifted = month <= 2 ? year - 1 : year, era = Math.floor(shifted / 400), inEra = shifted - era * 400;
    const inYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
    return era * 146097 + inEra * 365 + Math.floor(inEra / 4) - Math.floor(inEra / 100) + inYear - 719468;
  }

  function dateOf(day) {
    const moved = day + 719468, era = Math.floor(moved / 146097), inEra = moved - era * 146097;
    const year = Math.floor((inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36524) - Math.floor(inEra / 146096)) / 365);
    const inYear = inEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
    const fromMarch = Math.floor((5 * inYear + 2) / 153), month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
    return [year + era * 400 + (month <= 2 ? 1 : 0), month, inYear - Math.floor((153 * fromMarch + 2) / 5) + 1];
  }

  function monthLength(year, month) { return dayOf(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1) - dayOf(year, month, 1); }

  function iso(day) {
    const parts = dateOf(day);
    return String(parts[0]).padStart(4, "0") + "-" + String(parts[1]).padStart(2, "0") + "-" + String(parts[2]).padStart(2, "0");
  }

  const TYPED = [
    [/^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/, [1, 2, 3]],
    [/^(?:(?:(\d{1,2})[/.])?(\d{1,2})[/.])(\d{4})$/, [3, 2, 1]],
  ];

  // The first and last day of what a person types: a day, a month or a year, as 2023-11-24 or 24/11/2023; null if there is no such day.
  function typed(text) {
    const plain = text.trim().replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15));
    for (const [form, places] of TYPED) {
      const found = form.exec(plain);
      if (found) return spanOf(...places.map((place) => found[place] === undefined ? null : Number(found[place])));
    }
    return null;
  }

  function spanOf(year, month, day) {
    if (year < 1 || month !== null && (month < 1 || month > 12)) return null;
    if (month === null) return [dayOf(year, 1, 1), dayOf(year, 12, 31)];
    const length = monthLength(year, month);
    if (day === null) return [dayOf(year, month, 1), dayOf(year, month, length)];
    return day < 1 || day > length ? null : [dayOf(year, month, day), dayOf(year, month, day)];
  }

  // The number of the step that a day lies in; weeks begin on Monday (1 January 1970 was a Thursday).
  function numberOf(day, step) {
    if (step === "day") return day;
    if (step === "week") return Math.floor((day + 3) / 7);
    const parts = dateOf(day);
    return step === "month" ? parts[0] * 12 + parts[1] - 1 : parts[0];
  }

  // The first day of a step.
  function startOf(number, step) {
    if (step === "day") return number;
    if (step === "week") return number * 7 - 3;
    return step === "month" ? dayOf(Math.floor(number / 12), (number % 12 + 12) % 12 + 1, 1) : dayOf(number, 1, 1);
  }

  // The whole step that a day lies in.
  function around(day, step) {
    const number = numberOf(day, step);
    return [startOf(number, step), startOf(number + 1, step) - 1];
  }

  // A day some steps later, or earlier: a month after 31 January is the last day of February.
  function add(day, count, step) {
    if (step === "day" || step === "week") return day + count * (step === "week" ? 7 : 1);
    const parts = dateOf(day), months = parts[0] * 12 + parts[1] - 1 + count * (step === "year" ? 12 : 1);
    const year = Math.floor(months / 12), month = (months % 12 + 12) % 12 + 1;
    return dayOf(year, month, Math.min(parts[2], monthLength(year, month)));
  }

  // The same for a last day. The day after it is what moves, so that the end of a month stays the end of a month.
  function addToEnd(day, count, step) { return add(day + 1, count, step) - 1; }

  // A window some steps on: a calendar month stays one, however long it is.
  function shifted(span, count, step) {
    const first = add(span[0], count, step);
    return [first, Math.max(first, addToEnd(span[1], count, step))];
  }

  // A window some steps on as its mode moves: as a whole, its end only, or as the one step that it ends in.
  function moved(span, count, step, mode) {
    if (mode === "cumulative") return [Math.min(span[0], addToEnd(span[1], count, step)), addToEnd(span[1], count, step)];
    if (mode === "instant") return around(startOf(numberOf(span[1], step) + count, step), step);
    return shifted(span, count, step);
  }

  // What a window shows in a mode.
  function shown(span, mode) { return mode === "cumulative" ? [null, span[1]] : span; }

  // Where playing begins: the window with its first step on the first day that there is.
  function rewound(span, extent, step, mode) {
    const first = around(extent[0], step);
    if (mode !== "window" || covers(span, extent)) return mode === "cumulative" ? [Math.min(span[0], extent[0]), first[1]] : first;
    return shifted(span, numberOf(extent[0], step) - numberOf(span[0], step), step);
  }

  // After how many steps a window has reached the last day.
  function stepsLeft(span, extent, step, mode) {
    let count = Math.max(0, numberOf(extent[1], step) - numberOf(span[1], step) - 1);
    while (moved(span, count, step, mode)[1] < extent[1]) count += 1;
    return count;
  }

  function covers(span, extent) { return span[0] <= extent[0] && span[1] >= extent[1]; }

  // How much of an incident is in a window, 0 to 1: the share of its days that lie there, raised so that what touches the window
  // is always to be seen. The undated are in no window, and in every question without one.
  function weight(start, end, span) {
    if (span[0] === null && span[1] === null) return 1;
    if (start === null) return 0;
    const from = span[0] === null ? start : Math.max(start, span[0]), to = span[1] === null ? end : Math.min(end, span[1]);
    const share = (to - from + 1) / (end - start + 1);
    return share <= 0 ? 0 : FLOOR + (1 - FLOOR) * Math.min(1, share);
  }

  // Between two windows, for smooth playing.
  function between(one, other, part) {
    return one.map((day, end) => day === null || other[end] === null ? other[end] : day + (other[end] - day) * part);
  }

  // Playing: steps done, of which speed a second are done. Time decides, not frames: a slow machine skips some.
  function ticked(clock, now, speed) {
    const gap = Math.min(Math.max(0, now - clock.at), LONGEST_GAP_MS);
    return {done: clock.done + gap / 1000 * speed, at: now};
  }

  // The part of the axis in view, so many times as long, around a day that stays where it is.
  function zoomed(view, extent, factor, at) {
    const whole = extent[1] + 1 - extent[0], length = Math.min(whole, Math.max(Math.min(LEAST_VIEW, whole), (view[1] - view[0]) * factor));
    return held([at - (at - view[0]) / (view[1] - view[0]) * length, length], extent);
  }

  function panned(view, extent, days) { return held([view[0] + days, view[1] - view[0]], extent); }

  function held(begun, extent) {
    const start = Math.min(Math.max(begun[0], extent[0]), extent[1] + 1 - begun[1]);
    return [start, start + begun[1]];
  }

  app.time = {
    STEPS, MODES, SPEEDS, FLOOR, LARGER, dayOf, dateOf, iso, typed, numberOf, startOf, around, add, addToEnd, shifted, moved, shown,
    rewound, stepsLeft, covers, weight, between, ticked, zoomed, panned,
  };
})(window.incidentmap);
