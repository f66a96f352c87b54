// The map of countries: bundled outlines, no tiles. A country's claims are its own and of those based there.
function renderMap() {
  const own = new Map();
  const between = new Map();
  const add = (map, key, id) => (map.get(key) || map.set(key, []).get(key)).push(id);
  for (const id of all()) {
    const [a, b] = [entities[claims[id].s].country, entities[claims[id].o].country];
    for (const code of new Set([a, b].filter(Boolean))) add(own, code, id);
    if (a && b && a !== b) add(between, `${a} ${b}`, id);
  }
  const { width, height, shapes } = data.map;
  const highest = Math.max(1, ...[...own.values()].map((list) => list.length));
  const openCountry = (code) => () => own.has(code) && select({ list: own.get(code), title: countryName(code) }, { focus: true });
  const land = Object.entries(shapes).map(([code, { path: d }]) => {
    const list = own.get(code);
    const shape = svg("path", { d, class: list ? "land has" : "land", ...(list ? { tabindex: 0, role: "button", "aria-label": `${countryName(code)}: ${count(list.length)}`, click: openCountry(code),
      keydown: (event) => event.key === "Enter" && openCountry(code)() } : {}) },
      code.length === 2 ? svg("title", null, list ? `${countryName(code)}: ${count(list.length)}` : countryName(code)) : null);
    if (list) shape.style.setProperty("--share", String(0.25 + 0.75 * Math.sqrt(list.length / highest)));
    return shape;
  });
  const flows = [...between].sort((a, b) => b[1].length - a[1].length).slice(0, 60);
  const widest = Math.max(1, ...flows.map(([, list]) => list.length));
  const arcs = flows.map(([key, list]) => {
    const [a, b] = key.split(" ").map((code) => shapes[code]?.middle);
    if (!a || !b) return null;
    const bend = 0.22 * Math.hypot(b[0] - a[0], b[1] - a[1]);
    const label = `${flowName(key)}: ${count(list.length)}`;
    return svg("path", { class: "arc", d: `M${a}Q${(a[0] + b[0]) / 2} ${(a[1] + b[1]) / 2 - bend} ${b}`, "stroke-width": 1.2 + (4 * list.length) / widest, "marker-end": "url(#tip)",
      tabindex: 0, role: "button", "aria-label": label, click: () => select({ list, title: flowName(key) }, { focus: true }),
      keydown: (event) => event.key === "Enter" && select({ list, title: flowName(key) }, { focus: true }) }, svg("title", null, label));
  });
  const missing = [...own].filter(([code]) => !shapes[code]);
  const ranked = [...own].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  const item = ([code, list]) => h("li", null, h("button", { type: "button", class: "link", click: openCountry(code) }, countryName(code)), h("span", { class: "count" }, number(list.length)));
  $("view-map").replaceChildren(
    h("p", { class: "note" }, T("map_caption")),
    own.size ? h("div", { class: "atlas" },
      svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": T("view_map") },
        svg("defs", null, svg("marker", { id: "tip", viewBox: "0 0 8 8", refX: 6, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto" }, svg("path", { d: "M0 0L8 4L0 8Z", class: "tip" }))),
        land, arcs),
      h("div", { class: "lists" },
        h("ol", null, ranked.slice(0, 20).map(item)),
        flows.length ? [h("h3", null, T("map_between")), h("ul", null, flows.slice(0, 12).map(([key, list]) =>
          h("li", null, h("button", { type: "button", class: "link", click: () => select({ list, title: flowName(key) }, { focus: true }) }, flowName(key)), h("span", { class: "count" }, number(list.length)))))] : null,
        missing.length ? [h("h3", null, T("map_none")), h("ul", null, missing.map(item))] : null))
      : h("p", { class: "lead" }, T("no_claims")));
}

const flowName = (key) => key.split(" ").map(countryName).join(" → ");
