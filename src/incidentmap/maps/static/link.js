// A button that copies the address of what is seen: the server writes it, so the button waits until the server has caught up.
(function (app) {
  "use strict";

  const LINK = "M7 9l4-4M5.5 7.5L4 9a3.5 3.5 0 0 0 5 5l1.5-1.5M8.5 4.5L10 3a3.5 3.5 0 0 1 5 5l-1.5 1.5";
  const PAUSE_MS = 50, PATIENCE_MS = 10000, TOLD_MS = 4000;

  // The address of the page around this frame.
  function address() { return window.parent.location.href; }

  // Whether the address tells what is expected of it; a list in any order, nothing and an empty text alike.
  function tells(expected) {
    const told = new URL(address()).searchParams, sorted = (text) => (text || "").split(",").sort().join();
    return Object.entries(expected).every(([name, value]) => sorted(told.get(name)) === sorted(value));
  }

  async function settled(expected) {
    for (let waited = 0; waited < PATIENCE_MS && !tells(expected()); waited += PAUSE_MS) {
      await new Promise((resolve) => { setTimeout(resolve, PAUSE_MS); });
    }
    return address();
  }

  // A browser without a clipboard gets the address to copy by hand.
  async function copy(text) {
    try { await navigator.clipboard.writeText(text); return true; } catch (error) { return false; }
  }

  // `expected` gives what of the page the address must tell, by parameter; `before` makes the page say what it has not said yet.
  app.linkControl = function (words, expected, before) {
    const control = L.control({position: "topleft"});
    control.onAdd = function () {
      const label = app.words(words, "link.copy"), told = app.make("span", {class: "im-copied", role: "status"});
      const sign = app.drawn(LINK, "0 0 19 17", {fill: "none", stroke: "currentColor", "stroke-width": 1.6, "stroke-linecap": "round"});
      const button = app.make("button", {type: "button", class: "im-copy", title: label, "aria-label": label}, sign);
      const box = app.make("div", {class: "leaflet-bar im-link"}, button, told);
      L.DomEvent.disableClickPropagation(box);
      button.addEventListener("click", async () => {
        before();
        const text = await settled(expected), done = await copy(text);
        told.replaceChildren(done ? app.words(words, "link.copied") : app.make("input", {readonly: "", value: text, "aria-label": app.words(words, "link.by_hand")}));
        if (!done) { told.firstChild.focus(); told.firstChild.select(); return; }
        setTimeout(() => told.replaceChildren(), TOLD_MS);
      });
      return box;
    };
    return control;
  };
})(window.incidentmap);
