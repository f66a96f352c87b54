"use strict";
// Draws the graph and answers the reader. Article text reaches the page through text nodes only.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { words, entities, claims, lines, types, statuses, predicates } = data;
  const $ = (id) => document.getElementById(id);
  const panel = $("panel");
  const query = $("query");
  const results = $("results");
  const locale = { en: "en-GB", fr: "fr-FR" }[data.lang];
  const darkPage = matchMedia("(prefers-color-scheme: dark)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const narrow = matchMedia("(max-width: 760px)");
  const PANEL = 400; // pixels that the panel covers on a wide page
  const state = { selected: null, focus: null };

  const lineOf = new Map();
  const linesOf = new Map(Object.keys(entities).map((id) => [id, []]));
  for (const [id, line] of Object.entries(lines)) {
    for (const claim of line.claims) lineOf.set(claim, id);
    for (const end of new Set([line.source, line.target])) linesOf.get(end).push(id);
  }

  // ---- words -------------------------------------------------------------------------

  const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const number = (value) => new Intl.NumberFormat(locale).format(value);
  const count = (value) =>
    value === 1 ? words.one_claim : fill(words.claims, { count: number(value) });
  const said = (what) => {
    const label = predicates[what.predicate];
    return what.negated ? fill(words.negated, { label }) : label;
  };

  function day(text) {
    const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?$/.exec(text || "");
    if (!match) return text;
    const [, year, month, date] = match;
    const options = { timeZone: "UTC", year: "numeric" };
    if (month) options.month = "long";
    if (date) options.day = "numeric";
    const time = Date.UTC(+year, (month || 1) - 1, date || 1);
    return Number.isNaN(time) ? text : new Intl.DateTimeFormat(locale, options).format(time);
  }

  function money(text) {
    const match = /^(\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(text || "");
    if (!match) return text;
    const options = { notation: +match[1] < 1e6 ? "standard" : "compact", compactDisplay: "long", maximumFractionDigits: 2 };
    return `${new Intl.NumberFormat(locale, options).format(+match[1])}\u00a0${match[2]}`;
  }

  // ---- elements ----------------------------------------------------------------------

  function h(tag, attributes, ...children) {
    const element = document.createElement(tag);
    return finish(element, attributes, children);
  }

  function svg(tag, attributes, ...children) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    return finish(element, attributes, children);
  }

  function finish(element, attributes, children) {
    for (const [key, value] of Object.entries(attributes || {})) {
      if (typeof value === "function") element.addEventListener(key, value);
      else if (value !== null && value !== undefined && value !== false)
        element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return element;
  }

  const bdi = (text) => h("bdi", null, text);

  const SHAPES = { // in a square of side 2 around the origin
    square: "M-.8-.8H.8V.8H-.8Z",
    diamond: "M0-1L1 0L0 1L-1 0Z",
    triangle: "M0-.95L1 .8H-1Z",
    triangleDown: "M0 .95L1-.8H-1Z",
    hexagon: "M1 0L.5.87H-.5L-1 0L-.5-.87H.5Z",
    star: "M0-1L.29-.4L.95-.31L.47.15L.59.81L0 .5L-.59.81L-.47.15L-.95-.31L-.29-.4Z",
    dot: "M-.9 0A.9.9 0 1 0 .9 0A.9.9 0 1 0-.9 0Z",
  };

  function shapeIcon(type) {
    const look = types[type];
    return svg(
      "svg",
      { width: 16, height: 16, viewBox: "-1.2 -1.2 2.4 2.4", "aria-hidden": "true" },
      svg("path", { d: SHAPES[look.shape], fill: pick(look, "fill"), "data-type": type }),
    );
  }

  function lineIcon(status, negated) {
    const color = pick(statuses[negated ? "negated" : status], "line");
    return svg(
      "svg",
      { width: 34, height: 12, viewBox: "0 0 34 12", "aria-hidden": "true" },
      svg("path", {
        d: "M0 6H26", fill: "none", stroke: color, "stroke-width": 2,
        "stroke-dasharray": statuses[status].dashes.map((length) => length * 0.75).join(" "),
      }),
      svg("path", { d: "M26 2L34 6L26 10Z", fill: color }),
    );
  }

  const pick = (look, key) => (darkPage.matches ? look.dark : look[key]);

  // ---- the network -------------------------------------------------------------------

  const nodes = new vis.DataSet(data.nodes);
  const edges = new vis.DataSet(data.edges);
  const network = new vis.Network($("network"), { nodes, edges }, data.options);

  function colours() {
    const style = getComputedStyle(document.documentElement);
    const names = ["page", "ink", "soft", "accent"];
    return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  }

  function mix(hex, other, part) {
    const parse = (text) => [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));
    const [a, b] = [parse(hex), parse(other)];
    return `rgb(${a.map((value, index) => Math.round(value + (b[index] - value) * part)).join(",")})`;
  }

  const off = (group) =>
    new Set([...document.querySelectorAll(`#${group} input:not(:checked)`)].map((box) => box.value));

  function visible() {
    const hidden = { types: off("types"), statuses: off("statuses"), predicates: off("predicates") };
    const kept = Object.entries(lines).filter(
      ([, line]) =>
        !hidden.predicates.has(line.predicate) &&
        !hidden.statuses.has(line.status) &&
        !(line.negated && hidden.statuses.has("negated")) &&
        ![line.source, line.target].some((end) => hidden.types.has(entities[end].type)),
    );
    let near = null;
    if (state.focus) {
      near = new Set([state.focus]);
      for (const [, line] of kept)
        if (line.source === state.focus || line.target === state.focus)
          near.add(line.source).add(line.target);
    }
    const shownLines = new Set();
    const shownNodes = new Set(near || []);
    for (const [id, line] of kept) {
      if (near && !(near.has(line.source) && near.has(line.target))) continue;
      shownLines.add(id);
      shownNodes.add(line.source).add(line.target);
    }
    return { lines: shownLines, nodes: shownNodes };
  }

  function lit() {
    if (!state.selected) return null;
    const ids = entities[state.selected] ? linesOf.get(state.selected) : [state.selected];
    const ends = ids.flatMap((id) => [lines[id].source, lines[id].target]);
    return { lines: new Set(ids), nodes: new Set(ends) };
  }

  let shown = visible();

  function paint() {
    const theme = colours();
    const bright = lit();
    nodes.update(
      data.nodes.map((node) => {
        const look = types[entities[node.id].type];
        const faded = bright && !bright.nodes.has(node.id);
        const chosen = node.id === state.selected;
        const own = pick(look, "fill");
        const background = faded ? mix(own, theme.page, 0.75) : own;
        return {
          id: node.id,
          hidden: !shown.nodes.has(node.id),
          borderWidth: chosen ? 4 : 1.5,
          color: { background, border: chosen ? theme.accent : mix(own, theme.page, faded ? 0.6 : 0.35) },
          font: {
            size: node.font.size,
            color: faded ? mix(theme.page, theme.ink, 0.3) : theme.ink,
            face: "system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif",
            strokeWidth: 4,
            strokeColor: theme.page,
            vadjust: -2,
          },
        };
      }),
    );
    edges.update(
      data.edges.map((edge) => {
        const line = lines[edge.id];
        const faded = bright && !bright.lines.has(edge.id);
        const color = pick(statuses[line.negated ? "negated" : line.status], "line");
        return {
          id: edge.id,
          hidden: !shown.lines.has(edge.id),
          width: edge.id === state.selected ? edge.width + 2 : edge.width,
          color: { color, hover: color, opacity: faded ? 0.14 : 0.9 },
          font: {
            size: 12,
            color: faded ? "rgba(0,0,0,0)" : line.negated ? color : mix(color, theme.ink, 0.35),
            background: faded ? "rgba(0,0,0,0)" : theme.page,
            face: "system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif",
            strokeWidth: 0,
          },
        };
      }),
    );
    const total = [...shown.lines].reduce((sum, id) => sum + lines[id].claims.length, 0);
    const values = { entities: number(shown.nodes.size), claims: number(total) };
    $("shown").textContent = fill(words.shown, values);
  }

  const motion = () => (calm.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });

  function fit(animation) {
    if (shown.nodes.size)
      network.fit({
        nodes: [...shown.nodes],
        animation,
        maxZoomLevel: 1.15,
        minZoomLevel: narrow.matches ? 0.5 : 0.05,
      });
  }

  function reveal(ids) {
    const box = $("network").getBoundingClientRect();
    const covered = narrow.matches ? { x: 0, y: box.height * 0.5 } : { x: PANEL, y: 0 };
    const places = Object.values(network.getPositions(ids));
    const seen = places.every((place) => {
      const { x, y } = network.canvasToDOM(place);
      return x > 40 && y > 20 && x < box.width - covered.x - 40 && y < box.height - covered.y - 40;
    });
    const legible = network.getScale() >= 0.6;
    if (seen && legible) return;
    const middle = (key) => places.reduce((sum, place) => sum + place[key], 0) / places.length;
    network.moveTo({
      position: { x: middle("x"), y: middle("y") },
      offset: { x: -covered.x / 2, y: -covered.y / 2 },
      scale: legible ? network.getScale() : 0.9,
      animation: motion(),
    });
  }

  // ---- the panel ---------------------------------------------------------------------

  function select(id, { focus = false, move = true } = {}) {
    const line = lines[id] ? id : lineOf.get(id);
    if (!entities[id] && !line) return false;
    state.selected = entities[id] ? id : line;
    panel.replaceChildren(
      h("button", { type: "button", class: "close", "aria-label": words.close, title: words.close, click: clear }, "×"),
      ...(entities[id] ? entityPanel(id) : linePanel(line)),
    );
    panel.hidden = false;
    panel.scrollTop = 0;
    paint();
    if (move) reveal(entities[id] ? [id] : [lines[line].source, lines[line].target]);
    if (focus) panel.focus();
    if (claims[id]) document.getElementById(`claim-${lines[line].claims.indexOf(id)}`).scrollIntoView({ block: "nearest" });
    return true;
  }

  function clear() {
    const inside = panel.contains(document.activeElement);
    state.selected = null;
    panel.hidden = true;
    paint();
    if (inside) $("network").focus();
  }

  const goTo = (id) => (event) => {
    event.preventDefault();
    select(id, { focus: true });
  };

  const nameButton = (id) =>
    h("button", { type: "button", class: "link", click: goTo(id) }, bdi(entities[id].name));

  const link = (href, text) =>
    h("a", { href, target: "_blank", rel: "noopener noreferrer" }, text);

  function statusFact(what) {
    const label = statuses[what.status].label;
    return [
      h("span", null, lineIcon(what.status, what.negated), label),
      what.negated ? h("span", { class: "red" }, statuses.negated.label) : null,
    ];
  }

  function linePanel(id) {
    const line = lines[id];
    return [
      h("h2", null, nameButton(line.source), " ",
        h("span", { class: line.negated ? "predicate red" : "predicate" }, said(line)), " ",
        nameButton(line.target)),
      h("p", { class: "facts" }, statusFact(line),
        line.claims.length > 1 ? h("span", null, count(line.claims.length)) : null),
      ...line.claims.map((claim, index) => claimCard(claims[claim], index)),
    ];
  }

  function claimCard(claim, index) {
    const facts = [
      [words.speaker, claim.speakerIri ? nameButton(claim.speakerIri) : claim.speaker && bdi(claim.speaker)],
      [words.date, day(claim.date)],
      [words.deadline, day(claim.deadline)],
      [words.amount, money(claim.amount)],
      [words.role, claim.role && bdi(claim.role)],
    ].filter(([, value]) => value);
    const percent = new Intl.NumberFormat(locale, { style: "percent" }).format(claim.confidence);
    const quoted = "before" in claim
      ? [h("span", { class: "context" }, claim.before), h("mark", null, claim.evidence), h("span", { class: "context" }, claim.after)]
      : [claim.evidence];
    return h("article", { id: `claim-${index}` },
      facts.length ? h("dl", null, facts.flatMap(([name, value]) => [h("dt", null, name), h("dd", null, value)])) : null,
      h("blockquote", { lang: claim.lang, dir: "auto" }, quoted),
      cite(claim, fill(words.confidence, { percent })));
  }

  function cite(claim, confidence) {
    const title = bdi(claim.title || words.untitled);
    const language = words[`lang_${claim.lang}`];
    const rest = [
      claim.publisher,
      day(claim.published),
      claim.lang !== data.lang && language ? fill(words.article_in, { lang: language }) : null,
      confidence,
    ].filter(Boolean);
    return h("cite", null,
      h("span", { class: "title" }, claim.link ? link(claim.link, title) : title),
      h("br"), rest.flatMap((part, index) => [index ? " · " : null, bdi(part)]),
      claim.link || !claim.source ? null : [h("br"), h("span", { class: "source" }, `${words.source}: `, bdi(claim.source))]);
  }

  function entityPanel(id) {
    const entity = entities[id];
    const own = linesOf.get(id);
    const total = own.reduce((sum, line) => sum + lines[line].claims.length, 0);
    const seen = { mentions: number(entity.mentions), articles: number(entity.articles) };
    return [
      h("h2", null, bdi(entity.name)),
      h("p", { class: "facts" },
        h("span", null, shapeIcon(entity.type), types[entity.type].label),
        entity.also.length ? h("span", null, `${words.also}: `, bdi(entity.also.join(", "))) : null,
        entity.wikidata ? link(`https://www.wikidata.org/wiki/${entity.wikidata}`, `${words.wikidata} ${entity.wikidata}`) : null,
        h("span", null, count(total)),
        entity.mentions ? h("span", null, fill(words.mentioned, seen)) : null),
      h("button", { type: "button", class: "plain", click: () => focusOn(state.focus === id ? null : id) },
        state.focus === id ? words.unfocus : words.focus),
      h("ul", { class: "claims" }, inOrder(own).map((line) => h("li", null, claimButton(line)))),
    ];
  }

  const latest = (id) => lines[id].claims.map((claim) => claims[claim].published || "").sort().at(-1);
  const inOrder = (ids) => [...ids].sort((a, b) => latest(b).localeCompare(latest(a)));

  function claimButton(id) {
    const line = lines[id];
    const where = new Set(line.claims.map((claim) => {
      const { publisher, published } = claims[claim];
      return [publisher, day(published)].filter(Boolean).join(", ");
    }));
    return h("button", { type: "button", click: goTo(id), title: statuses[line.status].label },
      lineIcon(line.status, line.negated),
      h("span", null, bdi(entities[line.source].name), " ",
        h("span", { class: line.negated ? "predicate red" : "predicate" }, said(line)), " ",
        bdi(entities[line.target].name)),
      h("small", null, [...where].slice(0, 3).join(" · ")));
  }

  function focusOn(id) {
    state.focus = id;
    shown = visible();
    if (state.selected) select(state.selected, { move: false, focus: true });
    else paint();
    fit(motion());
  }

  // ---- legend and filters ------------------------------------------------------------

  function row(group, value, icon, label, total) {
    return h("label", { class: "row" },
      h("input", { type: "checkbox", name: group, value, checked: true }), icon,
      h("span", null, label), h("span", { class: "count" }, number(total)));
  }

  function choices(group) {
    const set = (checked) => () => {
      for (const box of $(group).querySelectorAll("input")) box.checked = checked;
      refilter();
    };
    return h("span", { class: "pick" },
      h("button", { type: "button", click: set(true) }, words.all),
      h("button", { type: "button", click: set(false) }, words.none));
  }

  function legend() {
    const tally = (keys) => keys.reduce((map, key) => map.set(key, (map.get(key) || 0) + 1), new Map());
    const byType = tally(Object.values(entities).map((entity) => entity.type));
    const all = Object.values(claims);
    const byStatus = tally(all.map((claim) => claim.status));
    const byPredicate = tally(all.map((claim) => claim.predicate));
    $("types").append(...Object.entries(types).map(([type, look]) =>
      row("types", type, shapeIcon(type), look.label, byType.get(type))));
    $("types").querySelector("legend").append(choices("types"));
    $("statuses").append(...Object.entries(statuses)
      .filter(([status]) => status !== "negated")
      .map(([status, look]) => row("statuses", status, lineIcon(status, false), look.label, byStatus.get(status) || 0)));
    $("statuses").append(row("statuses", "negated", lineIcon("actual", true), statuses.negated.label,
      all.filter((claim) => claim.negated).length));
    $("statuses").querySelector("legend").append(choices("statuses"));
    $("predicates").append(choices("predicates"), ...Object.entries(predicates)
      .sort(([a], [b]) => byPredicate.get(b) - byPredicate.get(a) || (a < b ? -1 : 1))
      .map(([predicate, label]) => row("predicates", predicate, null, label, byPredicate.get(predicate))));
    $("predicates").querySelector("summary .count").textContent = `(${number(Object.keys(predicates).length)})`;
  }

  function refilter() {
    shown = visible();
    paint();
  }

  function repaintLegend() {
    for (const group of ["types", "statuses"])
      for (const label of $(group).querySelectorAll(".row")) {
        const value = label.querySelector("input").value;
        const icon = group === "types" ? shapeIcon(value)
          : value === "negated" ? lineIcon("actual", true) : lineIcon(value, false);
        label.querySelector("svg").replaceWith(icon);
      }
  }

  // ---- search ------------------------------------------------------------------------

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const index = [
    ...Object.entries(entities).map(([id, entity]) =>
      ({ id, kind: "entity", text: plain([entity.name, ...entity.also].join("\n")), weight: linesOf.get(id).length })),
    ...Object.entries(claims).map(([id, claim]) =>
      ({ id, kind: "claim", text: plain(`${claim.evidence}\n${claim.title || ""}`), weight: 0 })),
  ];

  function find(words_) {
    const parts = plain(words_).split(/\s+/).filter(Boolean);
    const hits = parts.length ? index.filter((item) => parts.every((part) => item.text.includes(part))) : [];
    const starts = (item) => (item.text.startsWith(parts[0]) ? 1 : 0);
    const top = (kind, limit) => hits.filter((item) => item.kind === kind)
      .sort((a, b) => starts(b) - starts(a) || b.weight - a.weight || (a.text < b.text ? -1 : 1)).slice(0, limit);
    return [top("entity", 8), top("claim", 6)];
  }

  function option(item) {
    const content = item.kind === "entity"
      ? [shapeIcon(entities[item.id].type), h("span", { class: "text" }, bdi(entities[item.id].name))]
      : [lineIcon(claims[item.id].status, claims[item.id].negated), h("span", { class: "text", dir: "auto" }, claims[item.id].evidence)];
    return h("div", { role: "option", "aria-selected": "false", "data-id": item.id,
      mousedown: (event) => event.preventDefault(), click: () => choose(item.id) }, content);
  }

  function suggest() {
    const [names, quotes] = find(query.value);
    const heading = (text) => h("p", { role: "presentation" }, text);
    results.replaceChildren(
      ...(names.length ? [heading(words.entities_found), ...names.map(option)] : []),
      ...(quotes.length ? [heading(words.claims_found), ...quotes.map(option)] : []),
      ...(names.length || quotes.length ? [] : [heading(words.no_match)]));
    options().forEach((element, position) => { element.id = `option-${position}`; });
    open(query.value.trim() !== "");
    if (options().length) mark(0);
  }

  const options = () => [...results.querySelectorAll("[role=option]")];

  function open(yes) {
    results.hidden = !yes;
    query.setAttribute("aria-expanded", String(yes));
    if (!yes) query.removeAttribute("aria-activedescendant");
  }

  function mark(position) {
    const list = options();
    const at = (position + list.length) % list.length;
    list.forEach((element, place) => element.setAttribute("aria-selected", String(place === at)));
    list[at].scrollIntoView({ block: "nearest" });
    query.setAttribute("aria-activedescendant", list[at].id);
  }

  function choose(id) {
    open(false);
    query.value = "";
    select(id, { focus: true });
  }

  query.addEventListener("input", suggest);
  query.addEventListener("focus", () => query.value.trim() && suggest());
  query.addEventListener("blur", () => open(false));
  query.addEventListener("keydown", (event) => {
    const list = options();
    const at = list.findIndex((element) => element.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" && list.length) mark(at + 1);
    else if (event.key === "ArrowUp" && list.length) mark(at - 1);
    else if (event.key === "Enter" && at >= 0 && !results.hidden) choose(list[at].dataset.id);
    else if (event.key === "Escape" && !results.hidden) open(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  // ---- mouse, keys, theme ------------------------------------------------------------

  network.on("click", ({ nodes: [node], edges: [edge], items = [] }) => {
    // where lines cross, the one whose label is under the pointer is meant
    const label = items.find((item) => item.edgeId && "labelId" in item);
    if (node || label || edge) select(node || label?.edgeId || edge);
    else if (state.selected) clear();
  });
  for (const [happening, cursor] of [["hoverNode", "pointer"], ["hoverEdge", "pointer"], ["blurNode", "default"], ["blurEdge", "default"]])
    network.on(happening, () => { $("network").style.cursor = cursor; });

  const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: motion() });
  const actions = { in: () => zoom(1.3), out: () => zoom(1 / 1.3), fit: () => fit(motion()) };
  $("zoom").addEventListener("click", (event) => actions[event.target.dataset.zoom]?.());

  const pan = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (state.selected) clear();
      return;
    }
    if (event.target === query) return;
    const key = { "/": () => query.focus(), "+": actions.in, "=": actions.in, "-": actions.out, "0": actions.fit }[event.key];
    if (key) {
      event.preventDefault();
      key();
    } else if (event.target === $("network") && pan[event.key]) {
      event.preventDefault();
      const [x, y] = pan[event.key];
      const at = network.getViewPosition();
      network.moveTo({ position: { x: at.x + x / network.getScale(), y: at.y + y / network.getScale() } });
    }
  });

  $("filters").addEventListener("change", refilter);
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("filters").addEventListener("reset", () => setTimeout(() => {
    state.focus = null;
    clear();
    refilter();
    fit(motion());
  }));
  $("menu").addEventListener("click", () => {
    const isOpen = $("filters").classList.toggle("open");
    $("menu").setAttribute("aria-expanded", String(isOpen));
  });
  darkPage.addEventListener("change", () => {
    repaintLegend();
    if (state.selected) select(state.selected, { move: false });
    else paint();
  });

  legend();
  paint();
  fit(false);
  window.policygraph = Object.freeze({
    network,
    select,
    clear,
    shown: () => ({ entities: shown.nodes.size, lines: shown.lines.size }),
  });
})();
