// The popup of an incident. Every text is set with textContent; addresses are links only with an http or https scheme.
(function (app) {
  "use strict";

  function node(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined && text !== "") made.textContent = text;
    return made;
  }

  function link(text, address) {
    let scheme = "";
    try { scheme = new URL(address).protocol; } catch (error) { scheme = ""; }
    if (scheme !== "http:" && scheme !== "https:") return node("span", "", text);
    const made = node("a", "", text);
    made.href = address;
    made.target = "_blank";
    made.rel = "noopener noreferrer";
    return made;
  }

  // Where a text comes from. What looks like a picture or a film is a link only after a click that says so.
  function source(data, mediaWords) {
    if (!data.media) return link(data.source, data.address);
    const place = node("span", "", data.source + " · "), open = node("button", "im-media", mediaWords);
    open.type = "button";
    open.addEventListener("click", () => {
      const shown = link(data.address, data.address);
      open.replaceWith(shown);
      shown.focus();
    });
    place.append(open);
    return place;
  }

  // A range as a bar, a best value as a ring, an open upper end fading out; all on the scale of the question.
  function bar(row, scale, colour) {
    if (row.low === null && row.high === null) return null;
    const track = node("div", "im-track");
    const from = row.low === null ? 0 : row.low, to = row.high === null ? scale : row.high;
    const range = node("div", row.high === null ? "im-range im-open" : "im-range");
    range.style.left = 100 * from / scale + "%";
    range.style.width = Math.max(1.5, 100 * (to - from) / scale) + "%";
    range.style.color = colour;
    track.append(range);
    if (row.best !== null) {
      const best = node("div", "im-best");
      best.style.left = 100 * row.best / scale + "%";
      track.append(best);
    }
    return track;
  }

  // What the bars of a question are measured by: nothing, and the most that anybody tells.
  function ticks(data) {
    const axis = node("div", "im-scale");
    axis.setAttribute("aria-hidden", "true");
    data.ticks.forEach((tick) => {
      const mark = node("span", "", tick.text);
      mark.style.left = 100 * tick.at / data.scale + "%";
      axis.append(mark);
    });
    return axis;
  }

  // `again`: the name of who speaks stands above already.
  function claim(row, scale, mediaWords, again) {
    const item = node("div", again ? "im-claim im-again" : "im-claim");
    item.dataset.claimant = row.claimant;
    const head = node("div", "im-claim-head");
    head.append(node("span", "im-who", row.who), node("span", "im-says", row.says));
    item.append(head);
    const range = scale ? bar(row, scale, row.colour) : null;
    if (range) item.append(range);
    const words = node("div", "im-words");
    if (row.stance) words.append(node("span", "im-stance", row.stance), " ");
    if (row.quote) words.append(node("q", "", row.quote));
    if (row.source) words.append(row.quote ? " · " : "", source(row, mediaWords));
    item.append(words);
    return item;
  }

  function section(data, mediaWords) {
    const part = node("section", "im-question");
    part.append(node("h3", "", data.heading));
    data.rows.forEach((row, k) => part.append(claim(row, data.scale, mediaWords, k > 0 && row.claimant === data.rows[k - 1].claimant)));
    if (data.scale) part.append(ticks(data));
    return part;
  }

  // What a card begins with; of very many incidents the rest is asked for when one is chosen.
  app.cardHead = function (data) {
    const card = node("article", "im-card");
    card.append(node("div", "im-date", data.date), node("h2", "", data.title), node("div", "im-place", data.place));
    return card;
  };

  app.card = function (data) {
    const card = app.cardHead(data);
    const tags = node("div", "im-tags");
    data.tags.forEach((tag) => {
      const made = node("span", "im-tag", tag.text);
      if (tag.colour) made.style.borderColor = tag.colour;
      tags.append(made);
    });
    card.append(tags);
    data.sections.forEach((part) => card.append(section(part, data.mediaWords)));
    if (data.review.length) {
      const part = node("section", "im-question");
      part.append(node("h3", "", data.reviewHeading));
      data.review.forEach((text) => part.append(node("p", "im-review", text)));
      card.append(part);
    }
    if (data.source) {
      const foot = node("div", "im-foot", data.sourceHeading + " ");
      foot.append(source(data, data.mediaWords));
      card.append(foot);
    }
    return card;
  };

  // The popup's place: at the right edge of the map, or as a sheet at its foot where the map is narrow. It hides no more of the
  // map than that, and the map does not jump to make room for it.
  app.Dock = class {
    constructor(words, closed) {
      this.box = node("div", "im-dock");
      this.box.hidden = true;
      this.box.tabIndex = -1;
      this.box.setAttribute("role", "dialog");
      const close = node("button", "im-close", "×");
      close.type = "button";
      close.setAttribute("aria-label", words.close);
      close.addEventListener("click", closed);
      document.addEventListener("keydown", (event) => { if (event.key === "Escape") closed(); });
      this.content = node("div", "im-dock-content");
      this.box.append(close, this.content);
      L.DomEvent.disableClickPropagation(this.box).disableScrollPropagation(this.box);
    }

    addTo(container) { container.append(this.box); }

    // Where the focus was before comes back to it with `hide`.
    show(card, id) {
      if (!this.box.contains(document.activeElement)) this._before = document.activeElement;
      this.content.replaceChildren(card);
      this.box.dataset.incident = id;
      this.box.setAttribute("aria-label", card.querySelector("h2").textContent);
      this.box.hidden = false;
      this.box.scrollTop = 0;
      this.box.focus({preventScroll: true});
    }

    hide() {
      const inside = this.box.contains(document.activeElement);
      this.box.hidden = true;
      if (inside && this._before) this._before.focus({preventScroll: true});
    }

    // Width at the right and height at the foot that the open card covers, with a margin.
    asideOf(size) {
      return size.x < 640 ? [30, this.box.offsetHeight + 24] : [this.box.offsetWidth + 30, 30];
    }
  };

  // What the pointer shows in passing: at most four lines.
  app.hint = function (data) {
    const hint = node("div", "im-hint");
    hint.append(node("strong", "", data.title));
    data.hint.slice(0, 3).forEach((text) => hint.append(node("div", "", text)));
    return hint;
  };
})(window.incidentmap);
