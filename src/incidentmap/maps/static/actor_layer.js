// One actor's incidents on the map.
(function (app) {
  "use strict";

  // One actor's incidents in columns. It draws nothing itself: the board does, for all actors at once.
  app.ActorLayer = L.Layer.extend({
    initialize: function (data) { this.data = data; },

    onAdd: function (map) { map.incidentBoard.include(this); },

    onRemove: function (map) { map.incidentBoard.exclude(this); },

    // How many incidents there are in the window, with a place or without.
    count: function () {
      let found = 0;
      this._inWindow(() => { found += 1; });
      return found;
    },

    each: function (callback) {
      if (!this.hidden) this._inWindow((i, weight) => { if (this.data.lat[i] !== null) callback(i, weight); });
    },

    // Calls back for each incident whose days touch the window, with its weight there.
    _inWindow: function (callback) {
      const data = this.data;
      for (let i = 0; i < data.ids.length; i += 1) {
        const weight = app.time.weight(data.start[i], data.end[i], data.window);
        if (weight) callback(i, weight);
      }
    },
  });
})(window.incidentmap);
