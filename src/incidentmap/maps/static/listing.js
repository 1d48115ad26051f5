// The table of a map file: it shows what the map shows, and a row opens its card. It is the map's way for keyboards and screen readers.
(function (app) {
  "use strict";

  app.Listing = class {
    // `root` holds a table whose rows name their incident, and a place that says how many of them are shown.
    constructor(root, board, locale) {
      this._rows = [...root.querySelectorAll("tr[data-incident]")];
      this._told = root.querySelector("[role=status]");
      this._number = new Intl.NumberFormat(locale);
      root.querySelectorAll("button").forEach((button) => button.addEventListener("click", () => {
        board.chooseId(button.closest("tr").dataset.incident);
        document.querySelector(".folium-map").scrollIntoView({block: "nearest"});
      }));
    }

    // `shown` are the ids of the incidents of the days and actors that are chosen.
    show(shown) {
      let count = 0;
      this._rows.forEach((row) => { row.hidden = !shown.has(row.dataset.incident); count += row.hidden ? 0 : 1; });
      this._told.textContent = this._number.format(count) + " / " + this._number.format(this._rows.length);
    }
  };

  // What a file holds, packed: JSON, gzip, base64.
  app.unpacked = async function (packed) {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
  };
})(window.incidentmap);
