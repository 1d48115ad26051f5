// What the signs on the map mean, each drawn as the map draws it.
(function (app) {
  "use strict";

  const DISC = "M5.6 0A5.6 5.6 0 1 1 -5.6 0A5.6 5.6 0 1 1 5.6 0Z";
  const HOLE = "M2 0A2 2 0 1 1 -2 0A2 2 0 1 1 2 0Z";
  const RING = "M9.6 0A9.6 9.6 0 1 1 -9.6 0A9.6 9.6 0 1 1 9.6 0Z";
  const PATCH = "M-7 -3L1 -5L7 -1L4 5L-5 4Z";
  const FRAME = "M-7 -4.5H7V4.5H-7Z";

  function drawn(...paths) {
    const signs = paths.map(([path, attributes]) => app.drawn(path, "-11 -11 22 22", attributes));
    signs.slice(1).forEach((other) => signs[0].append(other.firstChild));
    return signs[0];
  }

  function signs(style) {
    const outlined = {fill: style.muted, stroke: style.ink, "stroke-width": 1.1};
    const dashed = {stroke: style.muted, "stroke-width": 1.4, "stroke-dasharray": "3 2.2"};
    return {
      exact: drawn([DISC, outlined]),
      about: drawn([DISC, {...outlined, "fill-opacity": 0.5}], [RING, {...dashed, fill: "none"}]),
      area: drawn([PATCH, {...dashed, fill: style.muted, "fill-opacity": 0.18}]),
      draft: drawn([DISC, outlined], [HOLE, {fill: style.halo, stroke: style.ink, "stroke-width": 0.8}]),
      claimants: app.make("b", {"aria-hidden": "true"}, "2"),
      zone: drawn([FRAME, {fill: style.region, stroke: style.regionEdge, "stroke-width": 1.8}]),
    };
  }

  // A list of the signs with their words, by the sign's name.
  app.signs = function (style, words) {
    const made = signs(style);
    return app.make("ul", {class: "im-signs", role: "list"},
      ...Object.keys(made).filter((name) => Object.hasOwn(words, name)).map((name) => app.make("li", {}, made[name], words[name])));
  };
})(window.incidentmap);
