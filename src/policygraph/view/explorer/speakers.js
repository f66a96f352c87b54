// Who says what about an entity: a column for each speaker, the articles' own words last.
let speakersOn = null;

function renderSpeakers() {
  const counts = tally(all(), (id) => [claims[id].s, claims[id].o]);
  const spoken = tally(all().filter((id) => claims[id].speaker !== undefined), (id) => [claims[id].s, claims[id].o]);
  const ranked = [...counts.keys()].sort((a, b) => (spoken.get(b) || 0) - (spoken.get(a) || 0) || counts.get(b) - counts.get(a) || a - b);
  if (!ranked.length) return $("view-speakers").replaceChildren(h("p", { class: "lead" }, T("no_claims")));
  if (speakersOn === null || !counts.has(speakersOn)) [speakersOn] = ranked;
  const own = kept(claimsOf[speakersOn]);
  const groups = new Map();
  for (const id of own) {
    const { speaker } = claims[id];
    const key = speaker === undefined ? "" : typeof speaker === "number" ? `#${speaker}` : speaker;
    (groups.get(key) || groups.set(key, []).get(key)).push(id);
  }
  const ordered = [...groups].sort(([a, x], [b, y]) => (a === "") - (b === "") || y.length - x.length || (a < b ? -1 : 1));
  const shownNames = ranked.slice(0, 300);
  if (!shownNames.includes(speakersOn)) shownNames.unshift(speakersOn);
  $("view-speakers").replaceChildren(
    h("div", { class: "controls" }, h("label", null, T("speakers_about"), " ",
      h("select", { id: "about", change: (event) => { speakersOn = +event.target.value; renderSpeakers(); } },
        shownNames.map((id) => h("option", { value: id, selected: id === speakersOn }, `${brief(name(id), 50)} (${number(counts.get(id))})`))))),
    ordered.some(([key]) => key) ? "" : h("p", { class: "note" }, T("speakers_none")),
    h("div", { class: "speakers" }, ordered.map(([key, list]) => h("section", { class: key ? "" : "own" },
      h("h3", null, key.startsWith("#") ? nameButton(+key.slice(1)) : bdi(brief(key) === "?" ? T("own_words") : brief(key)), h("span", { class: "count" }, number(list.length))),
      cards(list.sort(latestFirst), true, 12)))));
}
