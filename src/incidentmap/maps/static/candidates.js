// The places that a name may mean, as numbered discs: a click on one picks it, a click beside all of them sets a place of one's own.
(function (app) {
  "use strict";

  const RADIUS = 11;
  const FORWARDED = /^[a-z1-9]$/i;

  // What was done on the map, for the page; streamlit-folium hands it on. The time makes each click a new message.
  function tell(message) {
    if (window.Streamlit) window.Streamlit.setComponentValue(Object.assign({at: Date.now()}, message));
  }

  // Keys are the page's, also while the map has the focus.
  function forwardKeys(container) {
    ["keydown", "keyup"].forEach((kind) => container.addEventListener(kind, (event) => {
      if (!FORWARDED.test(event.key) || event.ctrlKey || event.metaKey || event.altKey || window.parent === window) return;
      const copy = {key: event.key, code: event.code, keyCode: event.keyCode, which: event.which, bubbles: true};
      window.parent.document.dispatchEvent(new KeyboardEvent(kind, copy));
    }));
  }

  app.CandidateBoard = app.Board.extend({
    _clustered: false,

    // The numbers tell the places apart, and the list names them.
    _labelsAll: false,

    onAdd: function (map) {
      app.Board.prototype.onAdd.call(this, map);
      forwardKeys(map.getContainer());
    },

    _drawReaches: function (dots) { dots.forEach((mark) => this._drawReach(mark)); },

    // An area by its outline, anything else by its radius where that is wider than the disc.
    _drawReach: function (mark) {
      const area = mark.layer.data.areas[mark.i], radius = this._radiusOf(mark);
      if (area) this._drawArea(area, mark.layer.data.colour);
      else if (radius > RADIUS + 2) app.drawRing(this._ctx, mark.baseX, mark.baseY, radius, this._style.muted, 1.4, [4, 3]);
    },

    // The first disc, which the program would take, is filled; a place of one's own is a cross.
    _drawDot: function (mark) {
      const ctx = this._ctx, number = mark.layer.data.numbers[mark.i], first = number === "1";
      if (!number) { this._drawCross(mark); return; }
      ctx.save();
      ctx.beginPath();
      ctx.arc(mark.x, mark.y, RADIUS, 0, 2 * Math.PI);
      ctx.fillStyle = first ? this._style.accent : this._style.paper;
      ctx.fill();
      ctx.lineWidth = 1.6;
      ctx.strokeStyle = first ? this._style.paper : this._style.ink;
      ctx.stroke();
      ctx.font = "650 13px " + this._style.font;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillStyle = first ? this._style.paper : this._style.ink;
      ctx.fillText(number, mark.x, mark.y + 0.5);
      ctx.restore();
    },

    _drawCross: function (mark) {
      const ctx = this._ctx;
      [[5, this._style.paper], [2.2, this._style.ink]].forEach(([width, colour]) => {
        ctx.beginPath();
        ctx.moveTo(mark.x - 9, mark.y);
        ctx.lineTo(mark.x + 9, mark.y);
        ctx.moveTo(mark.x, mark.y - 9);
        ctx.lineTo(mark.x, mark.y + 9);
        ctx.lineWidth = width;
        ctx.strokeStyle = colour;
        ctx.stroke();
      });
    },

    choose: function (event) {
      const mark = this._dotAt(event.layerPoint), layer = this._actors[0];
      if (!layer) return;
      const question = layer.data.question;
      if (mark && layer.data.numbers[mark.i]) { tell({question: question, pick: mark.id}); return; }
      const at = event.latlng.wrap();
      tell({question: question, lat: Number(at.lat.toFixed(5)), lon: Number(at.lng.toFixed(5))});
    },

    // Areas are for the eye: a click on one is a click on the ground.
    _onArea: function () { return false; },

    _tell: function () {
      app.Board.prototype._tell.call(this);
      this._map.getContainer().dataset.question = this._actors.length ? this._actors[0].data.question : "";
    },
  });

  // Candidates in columns, as an actor's incidents are. A new question brings its own view; anything else leaves the view alone.
  app.CandidateLayer = app.ActorLayer.extend({
    onAdd: function (map) {
      app.ActorLayer.prototype.onAdd.call(this, map);
      if (map.askedQuestion === this.data.question) return;
      map.askedQuestion = this.data.question;
      map.showBounds(this.data.bounds);
    },
  });
})(window.incidentmap);
