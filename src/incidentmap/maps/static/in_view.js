// The list of the incidents in view: the map's way for the keyboard and for screen readers. Arrows go through it, Enter opens a card,
// Escape leads back to where one came from.
(function (app) {
  "use strict";

  const LIST = "M6 4H16M6 9H16M6 14H16M2 4H3M2 9H3M2 14H3";
  const MOVES = {ArrowDown: (at) => at + 1, ArrowUp: (at) => at - 1, Home: () => 0, End: (at, count) => count - 1};

  function walked(event, buttons) {
    if (!Object.hasOwn(MOVES, event.key)) return;
    const to = MOVES[event.key](buttons.indexOf(event.target), buttons.length);
    event.preventDefault();
    event.stopPropagation();
    buttons[Math.min(Math.max(to, 0), buttons.length - 1)].focus();
  }

  app.Board.include({
    // Those whose place, or a part of whose area, is on the screen.
    _inView: function () {
      const size = this._map.getSize(), corner = this._map.containerPointToLayerPoint([0, 0]), view = L.bounds(corner, corner.add(size));
      return this._seen.filter((mark) => view.contains([mark.x, mark.y]));
    },

    // `told` gives the words of the page by key. The one that was opened last has the focus again.
    listInView: function (told) {
      const marks = this._inView(), number = (count) => this._number.format(count), before = this._dock.box.dataset.incident;
      const words = {heading: told("list.title", {count: number(marks.length)}), more: (rest) => told("list.more", {count: number(rest)})};
      const made = app.clusterList({marks: marks}, words, (mark) => this._choose(mark), null), buttons = [...made.querySelectorAll("button")];
      if (!marks.length) made.append(app.make("p", {class: "im-review"}, told(this._cells.length ? "list.cells" : "list.none")));
      made.addEventListener("keydown", (event) => walked(event, buttons));
      this._chosen = this._opened = null;
      this._dock.show(made, "");
      this._listed = marks;
      (buttons.find((button) => button.dataset.incident === before) || buttons[0] || this._dock.box).focus();
      this._tellChosen();
      this._draw();
    },
  });

  app.listControl = function (words, board) {
    const control = L.control({position: "topleft"});
    control.onAdd = function () {
      const told = (key, values) => app.words(words, key, values), label = told("list.open");
      const sign = app.drawn(LIST, "0 0 18 18", {fill: "none", stroke: "currentColor", "stroke-width": 1.6, "stroke-linecap": "round"});
      const button = app.make("button", {type: "button", class: "im-copy im-list-open", title: label, "aria-label": label}, sign);
      const box = app.make("div", {class: "leaflet-bar im-link"}, button);
      L.DomEvent.disableClickPropagation(box);
      button.addEventListener("click", () => board.listInView(told));
      return box;
    };
    return control;
  };
})(window.incidentmap);
