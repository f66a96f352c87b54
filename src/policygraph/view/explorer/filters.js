// The legend, which is also where the reader chooses what to see.
function row(group, value, icon, label, total) {
  return h("label", { class: "row" },
    h("input", { type: "checkbox", name: group, value, checked: !off[group].has(value), change: (event) => {
      if (event.target.checked) off[group].delete(value);
      else off[group].add(value);
      update();
    } }), icon, h("span", null, bdi(label)), h("span", { class: "count" }, number(total)));
}

function choices(group, values) {
  const set = (checked) => () => {
    off[group] = new Set(checked ? [] : values);
    fillFilters();
    update();
  };
  return h("span", { class: "pick" }, h("button", { type: "button", click: set(true) }, T("all")), h("button", { type: "button", click: set(false) }, T("none")));
}

function group(id, title, rows_) {
  const holder = $(id);
  const isOpen = holder.open;
  const values = rows_.map(([value]) => value);
  const body = [choices(id, values), ...rows_.map(([value, icon, label, total]) => row(id, value, icon, label, total))];
  if (holder.tagName === "DETAILS")
    holder.replaceChildren(h("summary", null, title, " ", h("span", { class: "count" }, `(${number(values.length)})`)), ...body);
  else holder.replaceChildren(h("legend", null, title, body[0]), ...body.slice(1));
  holder.open = isOpen;
}

function fillFilters() {
  const byType = tally(entities, (entity) => entity.type);
  const byStatus = tally(claims, (claim) => claim.status);
  group("types", T("types"), Object.keys(types).map((type) => [type, shapeIcon(type), typeName(type), byType.get(type)]));
  group("statuses", T("statuses"), [
    ...Object.keys(statuses).filter((status) => status !== "negated")
      .map((status) => [status, lineIcon({ status, negated: false }), statusName(status), byStatus.get(status) || 0]),
    ["negated", lineIcon({ status: "actual", negated: true }), statusName("negated"), claims.filter((claim) => claim.negated).length],
  ]);
  group("predicates", T("predicates"), most(tally(claims, (claim) => claim.p)).map(([p, total]) => [p, null, predicates[p].label[state.lang], total]));
  group("sources", T("sources"), most(tally(claims, publisher)).slice(0, 200).map(([paper, total]) => [paper, null, paper || "?", total]));
  group("languages", T("languages"), most(tally(claims, language)).map(([lang, total]) => [lang, null, T(`lang_${lang}`) || lang || "?", total]));
  const slider = h("input", { type: "range", id: "least", min: 0, max: 1, step: 0.05, value: range.confidence, "aria-label": T("confidence_least"),
    input: (event) => { range.confidence = +event.target.value; label.textContent = T("at_least", { percent: percent(range.confidence) }); soon(); } });
  const label = h("output", null, T("at_least", { percent: percent(range.confidence) }));
  $("confidence").replaceChildren(h("legend", null, T("confidence_least")), slider, label);
}

function notes() {
  const { counts } = data;
  return [
    counts.entities_beyond || counts.claims_beyond ? T("left_out", { drawn: number(counts.drawn), entities: number(counts.entities_beyond), claims: number(counts.claims_beyond) }) : null,
    counts.filtered ? T("unfiltered", { claims: number(counts.filtered), total: number(counts.total) }) : null,
    counts.unclaimed ? T("unclaimed", { count: number(counts.unclaimed) }) : null,
    T("shortcuts"),
  ].filter(Boolean);
}

let timer = 0;
function soon() { // a slider moves faster than a large graph can follow
  clearTimeout(timer);
  timer = setTimeout(update, claims.length > 3000 ? 120 : 20);
}

function reset() {
  for (const key of Object.keys(off)) off[key] = new Set();
  Object.assign(range, { confidence: 0, from: "", to: "" });
  state.hidden.clear();
  state.collapsed.clear();
  state.pinned.clear();
  clear();
  fillFilters();
  fillTime();
  state.mode = { kind: "all" };
  update({ refit: true });
}
