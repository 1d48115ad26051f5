// Elements of the page, made without ever reading a text as HTML, and the words in them.
window.incidentmap = window.incidentmap || {};

(function (app) {
  "use strict";

  app.make = function (tag, attributes, ...children) {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => { if (value !== null) made.setAttribute(name, value); });
    made.append(...children);
    return made;
  };

  app.drawn = function (path, box, attributes) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), shape = document.createElementNS(svg.namespaceURI, "path");
    svg.setAttribute("viewBox", box);
    svg.setAttribute("aria-hidden", "true");
    Object.entries({d: path, ...attributes}).forEach(([name, value]) => shape.setAttribute(name, value));
    svg.append(shape);
    return svg;
  };

  // A text of the page's words with its {placeholders} filled; the key itself where there is none.
  app.words = function (words, key, values) {
    const text = Object.hasOwn(words, key) ? words[key] : key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => values && Object.hasOwn(values, name) ? values[name] : whole);
  };
})(window.incidentmap);
