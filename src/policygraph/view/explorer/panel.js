// The side panel: what is behind a node, a line, or any list of claims.
const FIRST = 40; // claims that a panel begins with

function select(what, { focus = false, move = true } = {}) {
  state.selected = what;
  renderPanel();
  $("panel").scrollTop = 0;
  if (what.entity !== undefined && state.view === "graph" && !picture.nodes.some((node) => picture.entities && node.id === what.entity))
    enter({ kind: "ego", centre: what.entity, depth: 1 });
  paint();
  if (move && state.view === "graph") {
    const ids = what.entity !== undefined ? [what.entity] : what.line !== undefined ? [lines[what.line].source, lines[what.line].target] : [];
    current?.reveal(ids, room());
  }
  if (focus) $("panel").focus();
  remember();
}

function clear() {
  const inside_ = $("panel").contains(document.activeElement);
  state.selected = null;
  showPanel(false);
  paint();
  if (inside_) $("stage").focus();
  remember();
}

function renderPanel() {
  const what = state.selected;
  if (!what) return;
  const close = h("button", { type: "button", class: "close", "aria-label": T("close"), title: T("close"), click: clear }, "×");
  const body = what.entity !== undefined ? entityPanel(what.entity) : what.line !== undefined ? linePanel(what.line) : listPanel(what);
  $("panel").replaceChildren(close, ...body.flat(3).filter(Boolean));
  showPanel(true);
}

function showPanel(yes) {
  $("panel").hidden = !yes;
  document.body.classList.toggle("with-panel", yes);
}

function linePanel(id) {
  const line = lines[id];
  const own = kept(line.claims);
  return [
    h("h2", null, nameButton(line.source), " ", h("span", { class: line.negated ? "predicate red" : "predicate" }, said(line)), " ", nameButton(line.target)),
    h("p", { class: "facts" }, statusFact(line), own.length > 1 ? h("span", null, count(own.length)) : null),
    cards(own.sort(latestFirst)),
  ];
}

function statusFact(what) {
  return [h("span", { class: "status" }, lineIcon(what), statusName(what.status)),
    what.negated ? h("span", { class: "red" }, statusName("negated")) : null];
}

function listPanel({ list, title, note }) {
  return [h("h2", null, title), h("p", { class: "facts" }, h("span", null, count(list.length)), note ? h("span", null, note) : null),
    cards([...list].sort(latestFirst), true)];
}

function cards(list, full = false, first = FIRST) {
  const holder = h("div", { class: "cards" }, list.slice(0, first).map((id) => claimCard(id, full)));
  if (list.length > first)
    holder.append(button(`${T("more")} (${number(list.length - first)})`, (event) => {
      event.currentTarget.replaceWith(cards(list.slice(first), full));
    }));
  return holder;
}

const speakerOf = (claim) => (typeof claim.speaker === "number" ? nameButton(claim.speaker) : claim.speaker ? bdi(claim.speaker) : null);

function claimCard(id, full = false) {
  const claim = claims[id];
  const { before, evidence, after } = text(id);
  const facts = [
    [T("speaker"), speakerOf(claim)],
    [T("date"), claim.date && day(claim.date)],
    [T("deadline"), claim.deadline && day(claim.deadline)],
    [T("amount"), claim.amount && bdi(money(claim.amount))],
    [T("role"), claim.role && bdi(claim.role)],
  ].filter(([, value]) => value);
  return h("article", { "data-claim": id },
    full ? h("h3", null, nameButton(claim.s), " ", h("span", { class: claim.negated ? "predicate red" : "predicate" }, said(claim)), " ", nameButton(claim.o)) : null,
    full ? h("p", { class: "facts" }, statusFact(claim)) : null,
    facts.length ? h("dl", null, facts.flatMap(([key, value]) => [h("dt", null, key), h("dd", null, value)])) : null,
    h("blockquote", { lang: language(claim) || null, dir: "auto" },
      h("span", { class: "context" }, before), h("mark", null, evidence), h("span", { class: "context" }, after)),
    cite(claim, id));
}

function titleOf(claim, id) { // leads to the words in the article's page, or to where it was published
  const article = articles[claim.article];
  const title = bdi(article.title || T("untitled"));
  if (site && article.iri) return within(pageOf(article.iri, `#words-${hashOf(text(id).iri)}`), title);
  return isWeb(article.link) ? link(article.link, title) : title;
}

function cite(claim, id) {
  const article = articles[claim.article];
  const foreign = article.lang !== state.lang && data.words[state.lang][`lang_${article.lang}`];
  const rest = [
    article.publisher,
    article.published && day(article.published),
    foreign ? T("article_in", { lang: foreign }) : null,
    typeof claim.confidence === "number" ? T("confidence", { percent: percent(claim.confidence) }) : null,
  ].filter(Boolean);
  return h("cite", null,
    h("span", { class: "title" }, titleOf(claim, id)),
    h("br"), rest.map((part, index) => [index ? " · " : null, bdi(part)]),
    site ? [h("br"), within(pageOf(text(id).iri), T("permalink")), isWeb(article.link) ? [" · ", link(article.link, T("source"))] : null] : null,
    isWeb(article.link) || !article.source ? null : [h("br"), h("span", { class: "source" }, `${T("source")}: `, bdi(article.source))]);
}

function entityPanel(id) {
  const entity = entities[id];
  const own = kept(claimsOf[id]);
  const others = [...new Set([...Object.values(entity.names), ...(entity.also || [])])].filter((other) => other !== name(id));
  const focused = state.mode.kind === "ego" && state.mode.centre === id;
  return [
    h("h2", null, bdi(name(id))),
    h("p", { class: "facts" },
      h("span", null, shapeIcon(entity.type), typeName(entity.type)),
      others.length ? h("span", null, `${T("also")}: `, bdi(others.join(", "))) : null,
      entity.wikidata ? link(`https://www.wikidata.org/wiki/${entity.wikidata}`, `${T("wikidata")} ${entity.wikidata}`) : null,
      h("span", null, count(own.length)),
      entity.mentions ? h("span", null, T("mentioned", { mentions: number(entity.mentions), articles: number(entity.articles) })) : null),
    h("div", { class: "actions" },
      button(focused ? T("unfocus") : T("focus"), () => (focused ? leave() : focusOn(id)), { "data-do": "focus" }),
      button(T("path"), () => askPath(id), { "data-do": "path" }),
      button(T("who_says"), () => { speakersOn = id; open_("speakers"); }, { "data-do": "speakers" }),
      button(T("expand"), () => expand(id), { "data-do": "expand" }),
      button(T("collapse"), () => fold_(id), { "data-do": "collapse" }),
      site ? within(pageOf(entity.iri), T("page"), { class: "plain", "data-do": "page" }) : null,
      button(state.pinned.has(id) ? T("unpin") : T("pin"), () => togglePin(id), { "data-do": "pin", "aria-pressed": String(state.pinned.has(id)) }),
      button(T("hide"), () => hide(id), { "data-do": "hide" })),
    h("h3", { class: "part" }, T("by_year")),
    years(own),
    byYear(own),
  ];
}

function years(own) { // a bar for each year; a click goes to its claims
  const tall = tally(own, (claim) => claims[claim].when.slice(0, 4));
  const known = [...tall.keys()].filter(Boolean).sort();
  if (known.length < 2) return null;
  const top = Math.max(...tall.values());
  const list = [];
  for (let year = +known[0]; year <= +known.at(-1); year += 1) list.push(String(year));
  return h("div", { class: "years" }, list.slice(-24).map((year) => {
    const bar = h("span", { class: "bar" });
    bar.style.height = `${(46 * (tall.get(year) || 0)) / top}px`;
    return h("button", { type: "button", disabled: !tall.has(year), title: `${year}: ${count(tall.get(year) || 0)}`,
      click: () => $("panel").querySelector(`[data-year="${year}"]`)?.scrollIntoView({ block: "start" }) }, bar, h("small", null, year.slice(2)));
  }));
}

function byYear(own) {
  const groups = new Map();
  for (const id of [...own].sort(latestFirst)) {
    const year = claims[id].when.slice(0, 4);
    const lineIds = groups.get(year) || groups.set(year, new Set()).get(year);
    lineIds.add(lineOf[id]);
  }
  return [...groups].map(([year, ids]) => [
    h("h4", { "data-year": year }, year || T("undated")),
    h("ul", { class: "claims" }, [...ids].slice(0, 60).map((id) => h("li", null, lineButton(id)))),
  ]);
}

function lineButton(id) {
  const line = lines[id];
  const where = new Set(kept(line.claims).map((claim) => {
    const { publisher: paper, published } = articles[claims[claim].article];
    return [paper, published && day(published, true)].filter(Boolean).join(", ");
  }));
  return h("button", { type: "button", click: () => select({ line: id }, { focus: true }), title: statusName(line.status) },
    lineIcon(line),
    h("span", null, bdi(name(line.source)), " ", h("span", { class: line.negated ? "predicate red" : "predicate" }, said(line)), " ", bdi(name(line.target))),
    h("small", null, [...where].slice(0, 3).join(" · ")));
}
