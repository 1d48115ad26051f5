// What the pointer does on the board: incidents and clusters under it, their cards and lists.
(function (app) {
  "use strict";

  const CLOSEST_ZOOM = 15;
  const EDGE = 30;
  const ROUNDED = 4;

  app.Board.include({
    // What is under the pointer, {mark} or {cluster}: first what is drawn as a sign, then an area.
    _under: function (point) {
      const cluster = app.clusterAt(this._clusters, point), mark = cluster ? null : this._dotAt(point);
      if (cluster || mark) return this._told(cluster, mark);
      return this._told(this._sharing(point), null);
    },

    // All that are known only to the outline under the pointer, to the smallest of several, as a cluster of them.
    _sharing: function (point) {
      const shapes = this._outlined().map((each) => each.shape).filter((shape) => this._onShape(shape, point));
      if (!shapes.length) return null;
      const least = shapes.reduce((small, shape) => this._extent(shape) < this._extent(small) ? shape : small);
      return {shape: true, marks: this._seen.filter((mark) => mark.shape === least)};
    },

    // Of the box around an outline, in square degrees.
    _extent: function (shape) {
      const box = L.latLngBounds(app.rings(shape).flat().map((corner) => [corner[1], corner[0]]));
      return (box.getEast() - box.getWest()) * (box.getNorth() - box.getSouth());
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

    // While something is drawn on the map, clicks are corners and choose nothing.
    setBusy: function (busy) {
      this._busy = busy;
      this._map.getContainer().style.cursor = busy ? "crosshair" : "";
    },

    // Opens the card of the incident under a click; a click beside all of them closes it.
    choose: function (event) {
      if (this._busy) return;
      if (this._shown.what !== "incidents") { this.chooseField(event.layerPoint); return; }
      const {cluster, mark} = this._under(event.layerPoint);
      if (cluster) this._list(cluster);
      else if (mark) this._choose(mark);
      else this.leave();
    },

    // Lists a cluster, and opens it out where all stand at one position.
    _list: function (cluster) {
      const told = (key, count) => app.words(this._words, key, {count: this._number.format(count)});
      this._chosen = null;
      this._opened = cluster.spots === 1 && !cluster.shape ? cluster.name : null;
      const words = {heading: told("cluster", cluster.marks.length), more: (rest) => told("clusterMore", rest), zoom: this._words.zoomTo};
      const zoom = cluster.spots === 1 ? null : () => this._zoomTo(cluster.marks);
      this._dock.show(app.clusterList(cluster, words, (mark) => this._choose(mark), zoom), "");
      this._listed = cluster.marks;
      this._tellChosen();
      this._keepInView(cluster.x === undefined ? null : cluster);
      this._draw();
    },

    // Lists the incidents without a date, whatever days are shown.
    listUndated: function () {
      const marks = this._actors.filter((layer) => !layer.hidden).flatMap((layer) => layer.undated());
      const told = (key, count) => app.words(this._words, key, {count: this._number.format(count)});
      const words = {heading: told("undated", marks.length), more: (rest) => told("clusterMore", rest)};
      this._chosen = this._opened = null;
      this._dock.show(app.clusterList({marks: marks}, words, (mark) => { this._open(mark.layer.data, mark.i); this._draw(); }, null), "");
      this._listed = marks;
      this._tellChosen();
      this._draw();
    },

    // Shows all of them as large as they fit.
    _zoomTo: function (marks) {
      const corners = marks.flatMap(({shape, layer, i}) => shape ? app.rings(shape).flat() : [[layer.data.lon[i], layer.data.lat[i]]]);
      this.leave();
      this._map.fitBounds(corners.map(([lon, lat]) => [lat, lon]), {padding: [48, 48], maxZoom: CLOSEST_ZOOM, animate: false});
    },

    // Moves the map where a card or a list would lie upon what it is about; not for the pixel by which a link is rounded.
    _keepInView: function (at) {
      if (!at) return;
      const size = this._map.getSize(), aside = L.point(this._dock.asideOf(size)), near = L.point(EDGE - ROUNDED, EDGE - ROUNDED);
      const clear = L.bounds(near, size.subtract(aside).add([ROUNDED, ROUNDED])), point = this._map.layerPointToContainerPoint([at.x, at.y]);
      if (clear.contains(point)) return;
      this._map.panInside(this._map.containerPointToLatLng(point), {paddingTopLeft: [EDGE, EDGE], paddingBottomRight: aside, animate: false});
      this._map.keepView();
    },

    // Chooses an incident by its id, on the map or without a place; whether it is shown at all.
    chooseId: function (id) {
      this._draw();
      const mark = this._seen.find((each) => each.id === id), layer = this._actors.find((each) => each.lacks(id));
      if (mark) this._choose(mark);
      else if (layer) { this._open(layer.data, layer.data.ids.indexOf(id)); this._draw(); }
      return Boolean(mark || layer);
    },

    // The card of an incident of a layer.
    _open: function (data, i) {
      const card = data.cards[i];
      this._listed = null;
      this._chosen = data.ids[i];
      if (this._hint) this._map.closeTooltip(this._hint);
      this._dock.show(card.sections ? app.card(card) : app.cardHead(card), this._chosen);
      if (!card.sections && this.onWanted) this.onWanted(this._chosen);
      this._tellChosen();
    },

    _tellChosen: function () { if (this.onChosen) this.onChosen(this._chosen); },

    _choose: function (mark) {
      this._open(mark.layer.data, mark.i);
      this._keepInView(mark);
      this._draw();
    },

    // The rest of a card that was asked for, if its incident is still the chosen one.
    showCard: function (card) {
      if (card.id === this._chosen) this._dock.show(app.card(card), card.id);
    },

    leave: function () {
      if (!this._chosen && !this._listed) return;
      this._chosen = this._opened = null;
      this._listed = null;
      this._dock.hide();
      this._draw();
      this._tellChosen();
    },

    // Lights up the outlines under the pointer.
    _point: function (marks) {
      const before = this._pointed || [], lit = (all) => all.map((mark) => mark.shape).filter(Boolean);
      this._pointed = marks;
      if (lit(before)[0] !== lit(marks)[0]) this.refresh();
    },

    hover: function (event) {
      if (this._busy) return;
      if (this._shown.what !== "incidents") { this.hoverField(event.layerPoint); return; }
      const {cluster, mark} = this._under(event.layerPoint), container = this._map.getContainer();
      container.style.cursor = mark || cluster ? "pointer" : "";
      this._point(cluster ? cluster.marks : mark ? [mark] : []);
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
