// What the signs on the map mean, each drawn as the map draws it.
(function (app) {
  "use strict";

  const DISC = "M5.6 0A5.6 5.6 0 1 1 -5.6 0A5.6 5.6 0 1 1 5.6 0Z";
  const HOLE = "M2 0A2 2 0 1 1 -2 0A2 2 0 1 1 2 0Z";
  const RING = "M9.6 0A9.6 9.6 0 1 1 -9.6 0A9.6 9.6 0 1 1 9.6 0Z";
  const PATCH = "M-9 -4L1 -8L9 -2L5 8L-7 6Z";
  const BOX = "M-4.5 -4.5H4.5V4.5H-4.5Z";
  const AXIS = "M-8 5L8 -5";
  const HALVES = ["M0 -8A8 8 0 0 1 0 8V4A4 4 0 0 0 0 -4Z", "M0 8A8 8 0 0 1 0 -8V-4A4 4 0 0 0 0 4Z"];
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
      near: drawn([DISC, outlined], [RING, {...dashed, fill: "none"}]),
      area: drawn([PATCH, {...dashed, fill: style.ink, "fill-opacity": 0.09}], [BOX, {...dashed, fill: style.halo, stroke: style.ink}]),
      line: drawn([AXIS, {stroke: style.muted, "stroke-width": 3.2, "stroke-linecap": "round", "stroke-dasharray": "0.5 4.6"}]),
      many: drawn(...HALVES.map((half, k) => [half, {...outlined, "fill-opacity": k ? 0.4 : 1}])),
      pale: drawn([DISC, {...outlined, "fill-opacity": 0.45}]),
      draft: drawn([DISC, outlined], [HOLE, {fill: style.halo, stroke: style.ink, "stroke-width": 0.8}]),
      claimants: app.make("b", {class: "im-voices", "aria-hidden": "true"}, "2"),
      contested: app.make("b", {"aria-hidden": "true"}, "\u2260"),
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
