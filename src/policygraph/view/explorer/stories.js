// Deals and cases: two parties, what happened between them, and who stands where.
let storyOn = null;
let storyShown = null;
const LANES = ["story", "against", "grounds", "review", "for"];

function stories() {
  const found = new Map();
  for (const kind of ["deal", "case"]) {
    const anchors = new Set(data.stories[kind]);
    for (const id of all()) {
      const claim = claims[id];
      if (!anchors.has(claim.p) || claim.s === claim.o) continue;
      const ends = kind === "deal" ? [claim.s, claim.o].sort((a, b) => a - b) : [claim.s, claim.o];
      const key = `${kind} ${ends.join(" ")}`;
      const story = found.get(key) || found.set(key, { key, kind, one: claim.s, other: claim.o, claims: new Set() }).get(key);
      story.claims.add(id);
      // the buyer comes first
      if (claim.p === "acquires") [story.one, story.other] = [claim.s, claim.o];
    }
  }
  const byArticle = new Map();
  for (const id of all()) (byArticle.get(claims[id].article) || byArticle.set(claims[id].article, []).get(claims[id].article)).push(id);
  const list = [...found.values()].sort((a, b) => b.claims.size - a.claims.size).slice(0, 400);
  for (const story of list) story.lanes = lanes(story, byArticle);
  const weight = (story) => Object.values(story.lanes).reduce((sum, lane) => sum + lane.length, 0);
  return list.map((story) => ({ ...story, weight: weight(story) })).sort((a, b) => b.weight - a.weight);
}

function lanes(story, byArticle) {
  const parties = new Set([story.one, story.other]);
  const result = Object.fromEntries(LANES.map((lane) => [lane, []]));
  const told = new Set([...story.claims].map((id) => claims[id].article));
  for (const article of told)
    for (const id of byArticle.get(article)) {
      const claim = claims[id];
      const { stance } = predicates[claim.p];
      if (story.claims.has(id) || (parties.has(claim.s) && parties.has(claim.o))) result.story.push(id);
      else if (parties.has(claim.o) && ["against", "review", "for"].includes(stance)) result[stance].push(id);
      else if (parties.has(claim.s) && (stance === "grounds" || stance === "review")) result.grounds.push(id);
    }
  // what is denied keeps its lane, in red and at its end
  for (const lane of LANES) result[lane].sort((a, b) => claims[a].negated - claims[b].negated || earliestFirst(a, b));
  return result;
}

function renderStories() {
  const list = stories();
  const holder = $("view-stories");
  storyShown = null;
  if (!list.length) return holder.replaceChildren(h("p", { class: "lead" }, T("no_story")));
  const story = list.find((item) => item.key === storyOn) || list.find((item) => item.kind === "deal") || list[0];
  storyShown = story;
  const title = (item) => [bdi(brief(name(item.one), 40)), h("span", { class: "arrow", "aria-hidden": "true" }, item.kind === "deal" ? " ↔ " : " → "), bdi(brief(name(item.other), 40))];
  const nav = ["deal", "case"].map((kind) => {
    const own = list.filter((item) => item.kind === kind).slice(0, 60);
    return own.length ? [h("h3", null, T(kind)), h("ul", null, own.map((item) => h("li", null, h("button", {
      type: "button", "aria-current": item === story ? "true" : null, click: () => { storyOn = item.key; renderStories(); offer(); },
    }, h("span", null, title(item)), h("span", { class: "count" }, number(item.weight))))))] : null;
  });
  holder.replaceChildren(
    h("nav", { "aria-label": T("view_stories") }, nav),
    h("section", { class: "dossier" },
      h("h2", null, nameButton(story.one), story.kind === "deal" ? " ↔ " : " → ", nameButton(story.other)),
      timeline(story),
      [...LANES.slice(1), "story"].filter((lane) => story.lanes[lane].length).map((lane) =>
        h("section", { class: `lane ${lane}` }, h("h3", null, T(lane), h("span", { class: "count" }, number(story.lanes[lane].length))),
          h("div", { class: "grid" }, story.lanes[lane].slice(0, 30).map(storyCard))))));
}

function storyCard(id) {
  const claim = claims[id];
  const { before, evidence, after } = text(id);
  const article = articles[claim.article];
  const by = claim.speaker === undefined ? null : typeof claim.speaker === "number" ? name(claim.speaker) : claim.speaker;
  return h("article", { "data-claim": id },
    h("p", { class: "who" }, nameButton(claim.s), " ", h("span", { class: claim.negated ? "predicate red" : "predicate" }, said(claim)), " ", nameButton(claim.o)),
    h("p", { class: "facts" }, statusFact(claim), claim.when ? h("time", null, day(claim.when)) : null,
      claim.amount ? h("span", null, bdi(money(claim.amount))) : null, claim.deadline ? h("span", null, `${T("deadline")}: `, day(claim.deadline)) : null),
    h("blockquote", { lang: language(claim) || null, dir: "auto" }, h("span", { class: "context" }, before), h("mark", null, evidence), h("span", { class: "context" }, after)),
    h("p", { class: "by" }, by ? [h("strong", null, T("says", { name: "" }), bdi(by)), " · "] : null,
      titleOf(claim, id),
      article.publisher ? [" · ", bdi(article.publisher)] : null));
}

function timeline(story) { // a row for each lane, a mark for each claim
  const dates = LANES.flatMap((lane) => story.lanes[lane].flatMap((id) => [claims[id].when, claims[id].deadline])).filter((when) => /^\d{4}/.test(when || ""));
  if (new Set(dates).size < 2) return null;
  const time = (when) => Date.UTC(+when.slice(0, 4), +(when.slice(5, 7) || 1) - 1, +(when.slice(8, 10) || 1));
  const [from, to] = [Math.min(...dates.map(time)), Math.max(...dates.map(time))];
  const wide = 900;
  const x = (when) => 150 + ((time(when) - from) / (to - from || 1)) * (wide - 190);
  const own = LANES.filter((lane) => story.lanes[lane].length);
  const tall = own.length * 34 + 34;
  const ticks = [];
  const first = new Date(from).getUTCFullYear();
  const last = new Date(to).getUTCFullYear();
  const steps = last - first > 1 ? 12 : 3;
  for (let month = 0; month <= (last - first + 1) * 12; month += steps) {
    const when = `${first + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
    if (time(when) >= from && time(when) <= to && ticks.length < 14) ticks.push(when);
  }
  if (ticks.length < 2) ticks.splice(0, Infinity, dates.reduce((a, b) => (time(a) < time(b) ? a : b)), dates.reduce((a, b) => (time(a) > time(b) ? a : b)));
  const mark_ = (id, row_, lane, used) => {
    const claim = claims[id];
    if (!claim.when) return null;
    const slot = Math.round(x(claim.when) / 9);
    const level = used.get(slot) || 0;
    used.set(slot, level + 1);
    const label = `${name(claim.s)} ${said(claim)} ${name(claim.o)}, ${day(claim.when)}`;
    return svg("g", { class: `mark ${lane}`, tabindex: 0, role: "button", "aria-label": label, transform: `translate(${x(claim.when)} ${row_ * 34 + 17 - (level % 3) * 7})`,
      click: () => select({ line: lineOf[id] }), keydown: (event) => event.key === "Enter" && select({ line: lineOf[id] }, { focus: true }) },
      svg("title", null, label),
      svg("circle", { r: 6.5, fill: claim.negated || claim.status === "actual" ? lineColor(claim) : theme().paper, stroke: lineColor(claim), "stroke-width": 2.2 }),
      claim.deadline ? svg("path", { d: `M8 0H${Math.max(8, x(claim.deadline) - x(claim.when))}`, stroke: lineColor(claim), "stroke-width": 2, "stroke-dasharray": "3 3" }) : null,
      claim.deadline ? svg("path", { d: "M0-6V6", transform: `translate(${x(claim.deadline) - x(claim.when)} 0)`, stroke: lineColor(claim), "stroke-width": 3 }) : null);
  };
  return svg("svg", { class: "timeline", viewBox: `0 0 ${wide} ${tall}`, role: "group", "aria-label": T("view_stories") },
    ticks.map((when) => [svg("line", { x1: x(when), x2: x(when), y1: 4, y2: tall - 26, class: "tick" }), svg("text", { x: x(when), y: tall - 10, "text-anchor": "middle" }, day(when, true))]),
    own.map((lane, row_) => [
      svg("line", { x1: 140, x2: wide - 20, y1: row_ * 34 + 17, y2: row_ * 34 + 17, class: "rail" }),
      svg("text", { x: 128, y: row_ * 34 + 21, "text-anchor": "end", class: "lane-name" }, T(lane)),
      ((used) => story.lanes[lane].slice(0, 200).map((id) => mark_(id, row_, lane, used)))(new Map()),
    ]));
}
