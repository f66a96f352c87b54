// Views, keys, languages, themes: everything put together.
const VIEWS = { graph: drawStage, stories: renderStories, matrix: renderMatrix, map: renderMap, speakers: renderSpeakers };

function open_(view) {
  state.view = view;
  for (const key of Object.keys(VIEWS)) {
    $(key === "graph" ? "view-graph" : `view-${key}`).hidden = key !== view;
    $(`tab-${key}`).setAttribute("aria-selected", String(key === view));
    $(`tab-${key}`).tabIndex = key === view ? 0 : -1;
  }
  if (view === "graph") drawStage({ refit: true });
  else VIEWS[view]();
  if (state.selected) renderPanel();
  offer();
  remember();
}

function update({ refit = false } = {}) {
  passing = claims.map(passes);
  shownCounts();
  if (state.view === "graph") drawStage({ refit });
  else VIEWS[state.view]();
  if (state.selected?.list) clear();
  else if (state.selected) renderPanel();
  offer();
}

function shownCounts() {
  const list = all().filter((id) => !state.hidden.has(claims[id].s) && !state.hidden.has(claims[id].o));
  const ends = new Set(list.flatMap((id) => [claims[id].s, claims[id].o]));
  $("shown").textContent = T("shown", { entities: number(ends.size), claims: number(list.length) });
}

function speak() { // every word of the page in the reader's language
  root.lang = state.lang;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = T(element.dataset.word);
  for (const element of document.querySelectorAll("[data-title]")) {
    element.title = T(element.dataset.title);
    element.setAttribute("aria-label", T(element.dataset.title));
  }
  for (const element of document.querySelectorAll("[data-href]")) element.href = inLanguage(element.dataset.href);
  if (!data.title) $("title").textContent = document.title = T("title");
  $("query").placeholder = T("search_hint");
  $("notes").replaceChildren(...notes().map((note) => h("p", { class: "note" }, note)));
  fillFilters();
  fillTime();
  shownCounts();
}

function remember() { // a link to this view, for readers and other pages
  if (location.protocol === "about:") return; // in a notebook's frame there is no address
  const parts = new URLSearchParams({ view: state.view, lang: state.lang });
  const { mode, selected } = state;
  if (mode.kind === "ego") parts.set("around", entities[mode.centre].iri), parts.set("depth", mode.depth);
  if (selected?.entity !== undefined) parts.set("select", entities[selected.entity].iri);
  if (selected?.line !== undefined) parts.set("select", text(lines[selected.line].claims[0]).iri);
  if (state.view === "speakers" && speakersOn !== null) parts.set("about", entities[speakersOn].iri);
  history.replaceState(null, "", `#${parts}`);
}

function recall() {
  const parts = new URLSearchParams(location.hash.slice(1));
  if (data.words[parts.get("lang")]) state.lang = parts.get("lang");
  const whoseIri = (iri) => entities.findIndex((entity) => entity.iri === iri);
  const around = whoseIri(parts.get("around") || (site?.centres?.length === 1 && site.centres[0]));
  if (around >= 0) state.mode = { kind: "ego", centre: around, depth: +parts.get("depth") || site?.depth || 1 };
  const about = whoseIri(parts.get("about"));
  if (about >= 0) speakersOn = about;
  return { view: VIEWS[parts.get("view")] ? parts.get("view") : "graph", chosen: parts.get("select") || site?.select };
}

function selectIri(iri, options) { // an entity, or the line of a claim
  const entity = entities.findIndex((item) => item.iri === iri);
  const claim = entity < 0 ? claims.findIndex((_, id) => text(id).iri === iri) : -1;
  if (entity >= 0) select({ entity }, options);
  else if (claim >= 0) select({ line: lineOf[claim] }, options);
  return entity >= 0 || claim >= 0;
}

const actions = { in: () => current.zoom(1.3), out: () => current.zoom(1 / 1.3), fit: () => current.fit(room()) };
const pan = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] };

function keys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key === "Escape") {
    if (state.selected) clear();
    $("menu-export").open = false;
    return;
  }
  if (typing) return;
  const view = Object.keys(VIEWS)[+event.key - 1];
  const action = event.key === "/" ? () => $("query").focus() : view ? () => open_(view)
    : state.view !== "graph" ? null : { "+": actions.in, "=": actions.in, "-": actions.out, "0": actions.fit }[event.key];
  if (action) {
    event.preventDefault();
    action();
  } else if (event.target === $("stage") && pan[event.key]) {
    event.preventDefault();
    current.pan(...pan[event.key]);
  }
}

function repaint() {
  fillFilters();
  fillTime();
  if (state.view === "graph") drawStage();
  else VIEWS[state.view]();
  if (state.selected) renderPanel();
}

function start() {
  const { view, chosen } = recall();
  speak();
  startSearch();
  document.addEventListener("keydown", keys);
  $("zoom").addEventListener("click", (event) => actions[event.target.dataset.zoom]?.());
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("reset").addEventListener("click", reset);
  $("tabs").addEventListener("click", (event) => event.target.dataset.view && open_(event.target.dataset.view));
  $("tabs").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const list = Object.keys(VIEWS);
    open_(list[(list.indexOf(state.view) + step + list.length) % list.length]);
    $(`tab-${state.view}`).focus();
  });
  $("menu").addEventListener("click", () => $("menu").setAttribute("aria-expanded", String($("filters").classList.toggle("open"))));
  $("language").addEventListener("click", () => {
    state.lang = state.lang === "en" ? "fr" : "en";
    speak();
    repaint();
    remember();
  });
  $("theme").addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    repaint();
  });
  darkPage.addEventListener("change", repaint);
  $("menu-export").addEventListener("click", (event) => {
    const kind = event.target.dataset?.save;
    if (!kind) return;
    $("menu-export").open = false;
    if (kind === "csv") saveTable();
    else savePicture(kind);
  });
  addEventListener("beforeprint", layOutForPrint);
  open_(view);
  if (chosen) selectIri(chosen);
  document.body.dataset.ready = "yes";
}

start();

window.policygraph = Object.freeze({
  select: (iri) => selectIri(iri),
  spot: (iri) => { // where an entity or a claim's line stands, in pixels of the stage
    const entity = entities.findIndex((item) => item.iri === iri);
    return entity >= 0 ? current.spotOf(entity) : current.spotOfLine(lineOf[claims.findIndex((_, id) => text(id).iri === iri)]);
  },
  shown: () => ({ mode: state.mode.kind, nodes: picture.nodes.length, lines: picture.lines.length }),
  first: () => current.spotOf(picture.nodes[0].id), // the largest community of a summary
});
