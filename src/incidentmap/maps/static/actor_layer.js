// One actor's incidents on the map.
(function (app) {
  "use strict";

  // One actor's incidents in columns. It draws nothing itself: the board does, for all actors at once.
  app.ActorLayer = L.Layer.extend({
    // How exactly places must be known, 1 to 3; null lets everything through.
    worst: null,

    initialize: function (data) { this.data = data; },

    onAdd: function (map) { map.incidentBoard.include(this); },

    onRemove: function (map) { map.incidentBoard.exclude(this); },

    // How many incidents there are in the window, with a place or without.
    count: function () {
      let found = 0;
      this._inWindow(() => { found += 1; });
      return found;
    },

    // The ids of these.
    shown: function () {
      const found = [];
      this._inWindow((i) => { found.push(this.data.ids[i]); });
      return found;
    },

    each: function (callback) {
      if (!this.hidden) this._inWindow((i, weight) => { if (this.data.lat[i] !== null) callback(i, weight); });
    },

    // Whether an incident belongs here whose card may be open although the map does not draw it: without a place, or without a date.
    lacks: function (id) {
      const data = this.data, i = data.ids.indexOf(id);
      if (i < 0 || this.hidden || !this._passes(i)) return false;
      return data.start[i] === null || (data.lat[i] === null && app.time.weight(data.start[i], data.end[i], data.window) > 0);
    },

    // Those without a date, as marks that may be listed.
    undated: function () {
      const found = [];
      this.passing((i) => { if (this.data.start[i] === null) found.push({id: this.data.ids[i], i: i, layer: this}); });
      return found;
    },

    _passes: function (i) { return this.worst === null || (this.data.precision[i] !== null && this.data.precision[i] <= this.worst); },

    // Calls back for each incident whose place is known well enough.
    passing: function (callback) {
      for (let i = 0; i < this.data.ids.length; i += 1) if (this._passes(i)) callback(i);
    },

    // How many are not known well enough.
    stopped: function () {
      let passed = 0;
      this.passing(() => { passed += 1; });
      return this.data.ids.length - passed;
    },

    // Calls back for each of these whose days touch the window, with its weight there.
    _inWindow: function (callback) {
      const data = this.data;
      this.passing((i) => {
        const weight = app.time.weight(data.start[i], data.end[i], data.window);
        if (weight) callback(i, weight);
      });
    },
  });
})(window.incidentmap);
