// What the pointer does on the board: incidents and clusters under it, their cards and lists.
(function (app) {
  "use strict";

  app.Board.include({
    // What is under the pointer, {mark} or {cluster}: first what is drawn as a sign, then an area.
    _under: function (point) {
      const cluster = app.clusterAt(this._clusters, point), mark = cluster ? null : this._dotAt(point);
      if (cluster || mark) return this._told(cluster, mark);
      const area = this._clusters.find((each) => each.shape && this._onArea(each.marks[0], point));
      return this._told(area, this._marks.find((each) => each.shape && this._onArea(each, point)));
    },

    // A cluster of one is that one.
    _told: function (cluster, mark) {
      return cluster && cluster.marks.length === 1 ? {mark: cluster.marks[0]} : cluster ? {cluster: cluster} : {mark: mark || null};
    },

    _dotAt: function (point) {
      let best = null, least = 18;
      this._marks.forEach((mark) => {
        if (mark.shape) return;
        const away = Math.hypot(mark.x - point.x, mark.y - point.y);
        if (away < least) { least = away; best = mark; }
      });
      return best;
    },

    _onArea: function (mark, point) {
      const ctx = this._ctx;
      ctx.save();
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.lineWidth = 12;
      const on = mark.line ? ctx.isPointInStroke(mark.path, point.x, point.y) : ctx.isPointInPath(mark.path, point.x, point.y, "evenodd");
      ctx.restore();
      return on;
    },

    // Opens the card of the incident under a click; a click beside all of them closes it.
    choose: function (event) {
      const {cluster, mark} = this._under(event.layerPoint);
      if (cluster) this._list(cluster);
      else if (mark) this._choose(mark);
      else this.leave();
    },

    // Lists a cluster, and opens it out where all stand at one position.
    _list: function (cluster) {
      const told = (key, count) => app.words(this._words, key, {count: this._number.format(count)});
      this._chosen = null;
      this._opened = cluster.spots === 1 && !cluster.shape ? cluster.x + ":" + cluster.y + ":" + cluster.precision : null;
      this._dock.show(app.clusterList(cluster, {heading: told("cluster", cluster.marks.length), more: (rest) => told("clusterMore", rest)},
        (mark) => this._choose(mark)), "");
      this._listed = true;
      this._draw();
    },

    _choose: function (mark) {
      this._listed = false;
      this._chosen = mark.id;
      if (this._hint) this._map.closeTooltip(this._hint);
      const card = mark.layer.data.cards[mark.i];
      this._dock.show(card.sections ? app.card(card) : app.cardHead(card), mark.id);
      if (!card.sections && this.onWanted) this.onWanted(mark.id);
      const size = this._map.getSize(), aside = this._dock.asideOf(size);
      this._map.panInside(this._map.layerPointToLatLng([mark.x, mark.y]), {paddingTopLeft: [30, 30], paddingBottomRight: aside, animate: false});
      this._draw();
    },

    // The rest of a card that was asked for, if its incident is still the chosen one.
    showCard: function (card) {
      if (card.id === this._chosen) this._dock.show(app.card(card), card.id);
    },

    leave: function () {
      if (!this._chosen && !this._listed) return;
      this._chosen = this._opened = null;
      this._listed = false;
      this._dock.hide();
      this._draw();
    },

    hover: function (event) {
      const {cluster, mark} = this._under(event.layerPoint), container = this._map.getContainer();
      container.style.cursor = mark || cluster ? "pointer" : "";
      if (mark && this._hinted === mark.id) return;
      if (this._hint) this._map.closeTooltip(this._hint);
      this._hinted = mark ? mark.id : null;
      this._hint = null;
      if (!mark || mark.id === this._chosen) return;
      const at = this._map.layerPointToLatLng([mark.x, mark.y]);
      this._hint = L.tooltip({direction: "top", offset: [0, -12], className: "im-tooltip"}).setLatLng(at);
      this._hint.setContent(app.hint(mark.layer.data.cards[mark.i])).openOn(this._map);
    },
  });
})(window.incidentmap);
