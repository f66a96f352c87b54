// The graph view: the renderer at work, what is lit, and the ways into and out of a part.
const PANEL = 400; // pixels that the panel covers on a wide page
const renderers = {};
let current = null;
let picture = { nodes: [], lines: [], entities: true };

function renderer() {
  const kind = data.vis && state.mode.kind === "all" ? "vis" : "canvas";
  $("vis").hidden = kind !== "vis";
  $("canvas").hidden = kind !== "canvas";
  renderers[kind] ??= kind === "vis" ? createVis($("vis")) : createCanvas($("canvas"));
  return renderers[kind];
}

function lit() {
  const { entity, line } = state.selected || {};
  if (!picture.entities || (entity === undefined && line === undefined)) return null;
  const own = line === undefined ? linesOf[entity] : [line];
  const nodes = new Set(own.flatMap((id) => [lines[id].source, lines[id].target]));
  if (entity !== undefined) nodes.add(entity);
  return { lines: new Set(own), nodes };
}

const room = () => (!state.selected ? { x: 0, y: 0 } : narrow.matches ? { x: 0, y: $("stage").clientHeight * 0.5 } : { x: PANEL, y: 0 });
const paint = () => current?.paint({ lit: lit(), selected: state.selected });

function drawStage({ refit = false } = {}) {
  if (state.mode.kind === "all" && tooMany()) state.mode = { kind: "summary" };
  if (state.mode.kind === "summary" && !tooMany()) state.mode = { kind: "all" };
  const before = current;
  if (state.mode.kind === "summary") strip(); // first, as the summary fills the room that it leaves
  picture = scene();
  if (state.mode.kind !== "summary") strip();
  current = renderer();
  current.show(picture);
  paint();
  if (refit || before !== current) current.fit(room(), Boolean(before));
}

function enter(mode) {
  state.mode = mode;
  state.extra = new Set();
  if (state.view !== "graph") return open_("graph");
  drawStage({ refit: true });
  if (state.selected) renderPanel();
  remember();
}

const focusOn = (id, depth = 1) =>
  (holds(id, depth) ? enter({ kind: "ego", centre: id, depth }) : location.assign(mapOf(entities[id].iri, depth)));
const leave = () => enter({ kind: "all" });
const findPath = (from, to) => enter({ kind: "path", from, to });

function hide(id) {
  state.hidden.add(id);
  state.pinned.delete(id);
  if (state.mode.centre === id || state.mode.from === id || state.mode.to === id) state.mode = { kind: "all" };
  clear();
  update();
}

function togglePin(id) {
  if (!state.pinned.delete(id)) state.pinned.add(id);
  drawStage();
  renderPanel();
}

function expand(id) {
  if (!state.collapsed.delete(id)) state.extra.add(id);
  if (state.mode.kind === "path") enter({ kind: "ego", centre: id, depth: 1 });
  else drawStage();
  renderPanel();
}

function fold_(id) {
  state.extra.delete(id);
  state.collapsed.add(id);
  drawStage();
  renderPanel();
}

function picked({ node, line }, from) {
  if (node && !from.entities) enter({ kind: "community", community: node.id });
  else if (node) select({ entity: node.id });
  else if (line && from.entities) select({ line: line.id });
  else if (state.selected) clear();
}

function strip() { // where the reader is, and the way back
  const { mode } = state;
  const parts = [];
  if (mode.kind === "ego") {
    parts.push(h("span", null, bdi(T("around", { name: brief(name(mode.centre), 40), depth: mode.depth }))),
      button("−", () => focusOn(mode.centre, Math.max(1, mode.depth - 1)), { "aria-label": T("shallower"), title: T("shallower"), disabled: mode.depth < 2 }),
      button("+", () => focusOn(mode.centre, mode.depth + 1), { "aria-label": T("deeper"), title: T("deeper") }));
  } else if (mode.kind === "path") {
    const values = { name: brief(name(mode.from), 40), other: brief(name(mode.to), 40), count: picture.length };
    parts.push(h("span", null, bdi(T(picture.length === null ? "no_path" : "path_shown", values))));
  } else if (mode.kind === "community") {
    parts.push(h("span", null, bdi(T("community", { name: brief(name(data.communities[mode.community].members[0]), 40) }))));
  } else if (mode.kind === "summary") {
    parts.push(h("span", null, T("summary", { count: number(all().length) })));
  } else if (site?.part) {
    parts.push(h("span", null, T(`part_${site.part}`)));
  }
  if (picture.note) parts.push(h("span", { class: "soft" }, picture.note));
  if (picture.more) parts.push(button(T("more"), () => { state.mode.limit = (state.mode.limit || MOST) * 2; drawStage({ refit: true }); }));
  if (mode.kind === "ego" && site?.part && holds(mode.centre, mode.depth)) parts.push(wholeGraph());
  else if (!["all", "summary"].includes(mode.kind)) parts.push(button(tooMany() ? T("back") : T("unfocus"), leave, { id: "leave" }));
  else if (site?.part) parts.push(wholeGraph());
  if (state.hidden.size) parts.push(button(`${T("hidden", { count: state.hidden.size })} · ${T("unhide")}`, () => { state.hidden.clear(); update(); }, { id: "unhide" }));
  $("strip").replaceChildren(...parts);
  $("strip").hidden = !parts.length;
  const top = mode.kind === "summary" ? most(tally(all(), (id) => [claims[id].s, claims[id].o])).slice(0, 40) : [];
  $("top").hidden = !top.length;
  $("top").replaceChildren(...(top.length ? [h("h2", null, T("summary_top")), h("ol", null, top.map((entry) => topItem(...entry, top[0][1]))),
    h("h2", null, T("communities")), h("ul", null, data.communities.map(communityItem))] : []));
}

function communityItem({ members }, at) { // the same as a click on its disc, for those who do not point
  return h("li", null, h("button", { type: "button", class: "link", click: () => enter({ kind: "community", community: at }) },
    isRest(at) ? T("community_rest") : bdi(brief(name(members[0]), 40))), h("span", { class: "count" }, number(members.length)));
}

function topItem(id, total, highest) {
  const item = h("li", null, shapeIcon(entities[id].type), nameButton(id), h("span", { class: "count" }, number(total)));
  item.style.setProperty("--share", String(total / highest));
  return item;
}
