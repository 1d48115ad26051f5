// Days as people write them.
(function (app) {
  "use strict";

  const DAY_MS = 86400000;

  // The data knows days of one calendar and no time zones: whatever the browser's are, they change nothing.
  app.Dates = class {
    constructor(locale) {
      const plain = {timeZone: "UTC", calendar: "gregory"};
      this._day = new Intl.DateTimeFormat(locale, {...plain, day: "numeric", month: "short", year: "numeric"});
      this._ticks = {
        day: new Intl.DateTimeFormat(locale, {...plain, day: "numeric", month: "short"}),
        month: new Intl.DateTimeFormat(locale, {...plain, month: "short", year: "numeric"}),
        year: new Intl.DateTimeFormat(locale, {...plain, year: "numeric"}),
      };
      this._number = new Intl.NumberFormat(locale);
      this._length = new Intl.NumberFormat(locale, {style: "unit", unit: "day", unitDisplay: "long"});
      this._times = new Intl.NumberFormat(locale, {maximumFractionDigits: 1});
    }

    day(day) { return this._day.format(day * DAY_MS); }

    span(span) { return this._day.formatRange(span[0] * DAY_MS, span[1] * DAY_MS); }

    length(days) { return this._length.format(days); }

    number(number) { return this._number.format(number); }

    speed(number) { return this._times.format(number) + "×"; }

    tick(day, step) { return this._ticks[step === "week" ? "day" : step].format(day * DAY_MS); }
  };
})(window.incidentmap);
