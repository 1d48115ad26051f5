// Playing a window through time: by the clock, a step after the other, between them in parts of days where motion is welcome.
(function (app) {
  "use strict";

  const time = app.time;
  const REAL = {
    now: () => performance.now(), request: (call) => requestAnimationFrame(call), cancel: (frame) => cancelAnimationFrame(frame),
  };

  app.Playback = class {
    // options: {clock, manner() -> {speed, loop}, onFrame(span, drawn), onEnd()}; a clock of tests stands in for the browser's.
    constructor(options) {
      this._options = options;
      this._clock = options.clock || REAL;
      this._calm = window.matchMedia("(prefers-reduced-motion: reduce)");
      this.running = false;
    }

    // From a window to the last day; from the first again, if it is there or shows everything.
    start(span, extent, step, mode) {
      const over = span[1] >= extent[1] || time.covers(span, extent);
      Object.assign(this, {_extent: extent, _step: step, _mode: mode, running: true, _seen: null});
      this._begin(over ? time.rewound(span, extent, step, mode) : span);
      this._frame();
    }

    stop() {
      this.running = false;
      this._clock.cancel(this._next);
    }

    _begin(span) {
      this._span = span;
      this._last = time.stepsLeft(span, this._extent, this._step, this._mode);
      this._done = {done: 0, at: this._clock.now()};
    }

    _at(count) { return time.moved(this._span, count, this._step, this._mode); }

    _frame() {
      const manner = this._options.manner();
      this._done = time.ticked(this._done, this._clock.now(), manner.speed);
      const over = this._done.done >= this._last + 1;
      if (over && manner.loop) this._begin(time.rewound(this._at(this._last), this._extent, this._step, this._mode));
      this._draw();
      if (over && !manner.loop) { this._options.onEnd(); return; }
      this._next = this._clock.request(() => this._frame());
    }

    _draw() {
      const count = Math.min(Math.floor(this._done.done), this._last), part = count < this._last && !this._calm.matches ? this._done.done - count : 0;
      if (this._seen === this._span[1] + ":" + (count + part)) return;
      this._seen = this._span[1] + ":" + (count + part);
      const span = this._at(count);
      this._options.onFrame(span, part ? time.between(span, this._at(count + 1), part) : span);
    }
  };
})(window.incidentmap);
