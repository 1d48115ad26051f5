// What a cluster looks like, closed and opened out, and the list of its incidents.
(function (app) {
  "use strict";

  const MOST_LISTED = 200;
  const MOST_FANNED = 60;
  const SPIRAL = 15;
  const PIE = 5;
  const BOX = 22;
  const BAR = 3.5;
  const EDGE = 2.5;

  // A number in a ring of the actors' colours, dotted around where the places are only about right; a box on an area or an axis.
  app.drawCluster = function (ctx, cluster, style, number) {
    ctx.save();
    ctx.translate(cluster.x, cluster.y);
    if (cluster.shape) drawBox(ctx, cluster, style, number); else drawPie(ctx, cluster, style, number);
    ctx.restore();
    if (cluster.precision === "near") app.drawRing(ctx, cluster.x, cluster.y, cluster.radius + 3, style.muted, 1, [2, 2.5]);
    if (cluster.contested) app.drawContested(ctx, cluster.x + 0.8 * cluster.radius, cluster.y - 0.8 * cluster.radius, 5, style);
  };

  function drawPie(ctx, cluster, style, number) {
    const radius = cluster.radius, turn = 2 * Math.PI / cluster.marks.length;
    let from = -Math.PI / 2;
    disc(ctx, radius, style.ink);
    cluster.actors.forEach((actor) => {
      ctx.beginPath();
      ctx.moveTo(0, 0);
      ctx.arc(0, 0, radius - 1, from, from + turn * actor.count);
      ctx.fillStyle = actor.colour;
      ctx.fill();
      from += turn * actor.count;
    });
    disc(ctx, radius - PIE, style.ink);
    disc(ctx, radius - PIE - 0.8, style.halo);
    write(ctx, number.format(cluster.marks.length), 0, style);
  }

  function disc(ctx, radius, colour) {
    ctx.beginPath();
    ctx.arc(0, 0, radius, 0, 2 * Math.PI);
    ctx.fillStyle = colour;
    ctx.fill();
  }

  // The symbol of a single incident, or the number of several over a bar with the shares of their actors: in a frame that says that
  // this is no point.
  function drawBox(ctx, cluster, style, number) {
    const text = number.format(cluster.marks.length), wide = Math.max(BOX, 10 + 7 * text.length), left = -wide / 2;
    ctx.beginPath();
    ctx.roundRect(left, -BOX / 2, wide, BOX, 4);
    ctx.fillStyle = style.halo;
    ctx.fill();
    if (cluster.marks.length === 1) app.drawSymbol(ctx, {...cluster.marks[0], x: 0, y: 0}, style);
    else {
      drawBar(ctx, cluster, left + EDGE, wide - 2 * EDGE);
      write(ctx, text, -2.5, style);
    }
    ctx.beginPath();
    ctx.roundRect(left, -BOX / 2, wide, BOX, 4);
    ctx.lineWidth = 1.1;
    ctx.setLineDash([4, 2]);
    ctx.strokeStyle = style.ink;
    ctx.stroke();
  }

  function drawBar(ctx, cluster, left, wide) {
    let from = left;
    cluster.actors.forEach((actor) => {
      const share = wide * actor.count / cluster.marks.length;
      ctx.fillStyle = actor.colour;
      ctx.fillRect(from, BOX / 2 - EDGE - BAR, share, BAR);
      from += share;
    });
  }

  function write(ctx, text, y, style) {
    ctx.fillStyle = style.ink;
    ctx.font = "600 11px " + style.font;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(text, 0, y + 0.5);
  }

  // Where the incidents of a cluster stand when it is opened out: a spiral around it, none upon another. Too many stay a list.
  app.fan = function (cluster) {
    if (cluster.marks.length > MOST_FANNED) return [];
    return cluster.marks.map((mark, k) => {
      const turn = 2.4 * k, reach = cluster.radius + SPIRAL * Math.sqrt(k + 1);
      return {mark: mark, x: cluster.x + reach * Math.cos(turn), y: cluster.y + reach * Math.sin(turn)};
    });
  };

  function zoomButton(text, zoom) {
    const button = app.make("button", {type: "button", class: "im-zoom"}, text);
    button.addEventListener("click", (event) => { event.stopPropagation(); zoom(); });
    return button;
  }

  function newestFirst(a, b) {
    const first = a.layer.data.start[a.i], second = b.layer.data.start[b.i];
    if (first === second) return a.id < b.id ? -1 : 1;
    if (first === null || second === null) return first === null ? 1 : -1;
    return second - first;
  }

  // The incidents of a cluster as buttons, newest first, the undated last; `choose` is called with the one that is pressed.
  // `zoom`, where there is one, shows all of them larger. `words` are texts ready to be shown: the heading, how many more there are than
  // listed, and what zooms.
  app.clusterList = function (cluster, words, choose, zoom) {
    const list = app.make("ul", {class: "im-list"});
    [...cluster.marks].sort(newestFirst).slice(0, MOST_LISTED).forEach((mark) => {
      const card = mark.layer.data.cards[mark.i], name = app.make("strong", {}, card.title), day = app.make("span", {}, card.date);
      const button = app.make("button", {type: "button", "data-incident": mark.id}, name, day);
      button.style.setProperty("--im-actor", mark.layer.data.colour);
      // The press ends here: the list goes with it, and a map that gets a click of what is gone takes it for one beside everything.
      button.addEventListener("click", (event) => { event.stopPropagation(); choose(mark); });
      list.append(app.make("li", {}, button));
    });
    const rest = cluster.marks.length - MOST_LISTED, made = app.make("article", {class: "im-card"}, app.make("h2", {}, words.heading), list);
    if (zoom) list.before(zoomButton(words.zoom, zoom));
    if (rest > 0) made.append(app.make("p", {class: "im-review"}, words.more(rest)));
    return made;
  };
})(window.incidentmap);
