// The ground under the incidents: land, rivers, borders, the region of interest, towns; fetched once from files, never resent.
(function (app) {
  "use strict";

  const files = {};
  const CLOSEST_ZOOM = 8;

  // All rings or lines of a GeoJSON geometry, as lists of positions.
  app.rings = function (geometry) {
    if (!geometry) return [];
    if (geometry.type === "LineString") return [geometry.coordinates];
    if (geometry.type === "MultiLineString" || geometry.type === "Polygon") return geometry.coordinates;
    return geometry.type === "MultiPolygon" ? geometry.coordinates.flat() : [];
  };

  function features(name) {
    return files[name] ? files[name].features : [];
  }

  async function load(options, name) {
    if (options.files) { files[name] = options.files[name]; return; }
    const answer = await fetch(options.base + name + ".geojson");
    if (!answer.ok) throw new Error(name + ": " + answer.status);
    files[name] = await answer.json();
  }

  function spread(map, renderer, name, style) {
    if (files[name]) L.geoJSON(files[name], {renderer: renderer, interactive: false, pane: "ground", style: style}).addTo(map);
  }

  function paint(map, options) {
    const style = options.style, renderer = L.canvas({pane: "ground", padding: 0.4});
    const lines = options.tiles ? L.canvas({pane: "lines", padding: 0.4}) : renderer;
    const line = (colour, width, dash) => ({color: colour, weight: width, dashArray: dash, fill: false, opacity: 1});
    const flat = (colour) => ({stroke: false, fill: true, fillColor: colour, fillOpacity: 1});
    spread(map, renderer, "land", (feature) => flat(feature.properties.iso2 === options.country ? style.land : style.neighbours));
    if (options.region) {
      const region = {type: "Feature", properties: {}, geometry: options.region.geometry};
      L.geoJSON(region, {renderer: renderer, interactive: false, pane: "ground", style: flat(style.region)}).addTo(map);
    }
    spread(map, renderer, "lakes", flat(style.water));
    spread(map, renderer, "admin1_lines", line(style.admin, 1, "2 4"));
    spread(map, renderer, "rivers", line(style.water, 2));
    spread(map, lines, "borders", line(style.border, 1.2));
    if (options.region) {
      const region = {type: "Feature", properties: {}, geometry: options.region.geometry};
      L.geoJSON(region, {renderer: lines, interactive: false, pane: lines.options.pane, style: line(style.regionEdge, 2)}).addTo(map);
    }
  }

  // Pictures of the ground between its surfaces and its lines; where there are none, the ground itself is seen.
  function lay(map, options, missing) {
    const {url, min_zoom: lowest, max_zoom: finest, closest, bounds: [west, south, east, north]} = options.tiles;
    map.createPane("tiles").style.zIndex = 205;
    map.createPane("lines").style.zIndex = 210;
    map.getPane("tiles").classList.add("im-tiles");
    const layer = L.tileLayer(url, {
      pane: "tiles", minZoom: lowest, maxNativeZoom: finest, maxZoom: closest, bounds: [[south, west], [north, east]], referrerPolicy: "strict-origin-when-cross-origin",
    });
    let came = 0;
    layer.on("tileload", () => { came += 1; missing(false); });
    if (options.tiles.outside) layer.on("tileerror", () => { if (!came) missing(true); });
    layer.on("load", () => { map.getContainer().dataset.tiles = String(came); });
    layer.addTo(map);
  }

  function inView(map, bounds, position) {
    const point = map.latLngToLayerPoint([position[1], position[0]]);
    return bounds.contains(point) ? point : null;
  }

  app.avoidRivers = function (sheet, map, bounds) {
    features("rivers").forEach((feature) => app.rings(feature.geometry).forEach((line) => {
      let run = [];
      line.forEach((position) => {
        const point = inView(map, bounds, position);
        if (point) { run.push(point); return; }
        sheet.avoid(run);
        run = [];
      });
      sheet.avoid(run);
    }));
  };

  function labelRegion(sheet, map, style, region) {
    if (!region) return;
    const joined = /\p{Script=Arabic}/u.test(region.name);  // letters that are joined cannot be spaced
    const lines = [{
      text: region.name.toLocaleUpperCase(), font: "600 13px " + style.font, colour: style.regionEdge, size: 13, spacing: joined ? "0px" : "3px",
    }];
    if (region.label) lines.push({text: region.label, font: "400 11px " + style.font, colour: style.regionEdge, size: 11});
    const view = map.getBounds().pad(-0.08);
    region.labels.some((position) => {
      if (!view.contains([position[1], position[0]])) return false;
      const point = map.latLngToLayerPoint([position[1], position[0]]);
      return sheet.centre(point.x, point.y, lines);
    });
  }

  function labelTowns(sheet, map, bounds, style, named) {
    const rank = map.getZoom() < 6 ? 1 : map.getZoom() < 7.25 ? 2 : 3;
    const towns = features("towns").filter((town) => town.properties.rank <= rank).sort((a, b) => a.properties.rank - b.properties.rank);
    towns.forEach((town) => {
      const point = inView(map, bounds, town.geometry.coordinates);
      if (!point || named.has(town.properties.name)) return;
      const first = town.properties.rank === 1;
      const lines = [{text: town.properties.name, font: (first ? "500 12px " : "400 11px ") + style.font, colour: first ? style.ink : style.muted, size: 12}];
      if (!sheet.write(point.x, point.y, lines, 7, false)) return;
      sheet.ctx.beginPath();
      sheet.ctx.arc(point.x, point.y, first ? 2.6 : 2, 0, 2 * Math.PI);
      sheet.ctx.fillStyle = first ? style.ink : style.muted;
      sheet.ctx.fill();
      sheet.block(point.x, point.y, 3);
    });
  }

  // Each river once, beside the vertex nearest to the middle of the view that has room.
  function labelRivers(sheet, map, bounds, style) {
    const middle = bounds.getCenter(), done = new Set();
    features("rivers").forEach((feature) => {
      const name = map.getContainer().lang === "en" ? feature.properties.name_en : feature.properties.name;
      if (!name || done.has(name)) return;
      const points = app.rings(feature.geometry).flat().map((position) => inView(map, bounds, position)).filter(Boolean);
      if (points.length < 12) return;
      points.sort((a, b) => middle.distanceTo(a) - middle.distanceTo(b));
      const line = [{text: name, font: "italic 500 11px " + style.font, colour: style.waterInk, size: 11}];
      if (points.filter((point, k) => k % 15 === 0).some((point) => sheet.write(point.x, point.y, line, 8, false))) done.add(name);
    });
  }

  app.labelGround = function (sheet, map, bounds, style, region, named) {
    labelRegion(sheet, map, style, region);
    if (map.namedGround) return;
    labelTowns(sheet, map, bounds, style, named);
    labelRivers(sheet, map, bounds, style);
  };

  // A single place has bounds without width: it is seen among what lies around it.
  function frame(map, options) {
    if (options.view) map.setView([options.view[0], options.view[1]], options.view[2], {animate: false, reset: true});
    else if (options.bounds) map.fitBounds(options.bounds, {padding: [34, 34], maxZoom: CLOSEST_ZOOM, animate: false});
  }

  function addControls(map, options) {
    L.control.zoom({zoomInTitle: options.words.zoomIn, zoomOutTitle: options.words.zoomOut}).addTo(map);
    L.control.scale({imperial: false, position: "bottomleft"}).addTo(map);
    const credit = L.control({position: "bottomright"});
    credit.onAdd = function () {
      const line = L.DomUtil.create("div", "im-credit");
      line.setAttribute("role", "status");
      return line;
    };
    credit.addTo(map);
    const tell = (missing) => {
      const whose = options.tiles ? options.tiles.attribution + " \u00b7 " + options.credit : options.credit;
      credit.getContainer().textContent = missing ? options.words.noTiles + " " + whose : whose;
    };
    tell(false);
    return tell;
  }

  // Wires a map: panes, controls, board, ground. Until someone moves the map, its first view follows the frame's size.
  app.setup = function (map, options) {
    const container = map.getContainer();
    container.classList.add("im-" + options.theme);
    container.lang = options.language;
    container.style.background = options.style.sea;
    container.setAttribute("aria-label", options.words.map);
    map.createPane("ground").style.zIndex = 200;
    map.createPane("incidents").style.zIndex = 450;
    map.getPane("incidents").style.pointerEvents = "none";
    const missing = addControls(map, options);
    frame(map, options);
    if (options.tiles) lay(map, options, missing);
    map.namedGround = Boolean(options.tiles && options.tiles.named);
    map.incidentBoard = new app[options.board](options.style, options.words, options.region).addTo(map);
    map.on("click", map.incidentBoard.choose, map.incidentBoard);
    map.on("mousemove", map.incidentBoard.hover, map.incidentBoard);
    let touched = false;
    ["mousedown", "wheel", "touchstart", "keydown"].forEach((kind) => container.addEventListener(kind, () => { touched = true; }, {passive: true}));
    map.keepView = () => { touched = true; };
    map.showBounds = (bounds) => { options.bounds = bounds; options.view = null; touched = false; frame(map, options); };
    new ResizeObserver(() => { map.invalidateSize({animate: false}); if (!touched) frame(map, options); }).observe(container);
    const tell = () => { const at = map.getCenter(); container.dataset.view = [at.lat.toFixed(4), at.lng.toFixed(4), map.getZoom()].join(","); };
    map.on("moveend", tell);
    tell();
    const names = ["land", "borders", "admin1_lines", "rivers", "lakes", "towns"];
    Promise.allSettled(names.map((name) => load(options, name))).then((answers) => {
      paint(map, options);
      map.incidentBoard.refresh();
      container.dataset.ground = answers.every((answer) => answer.status === "fulfilled") ? "ready" : "partial";
    });
  };
})(window.incidentmap);
