// The matrix: who acts in the rows, on whom in the columns, how many claims in the cells.
const PRESETS = {
  authorities: ["GovernmentBody", "IntergovernmentalOrganization", "Country"],
  firms: ["Company", "Product"],
};
const axes = { rows: "authorities", columns: "firms" };
const MATRIX = { rows: 24, columns: 16 };

const axisTypes = (axis) => PRESETS[axis] || [axis];
const axisName = (axis) => (PRESETS[axis] ? T(`matrix_${axis}`) : typeName(axis));

function axisSelect(which, label) {
  return h("label", null, label, " ", h("select", { change: (event) => { axes[which] = event.target.value; renderMatrix(); } },
    [...Object.keys(PRESETS), ...Object.keys(types)].map((axis) => h("option", { value: axis, selected: axes[which] === axis }, axisName(axis)))));
}

function renderMatrix() {
  const [rowTypes, columnTypes] = [axisTypes(axes.rows), axisTypes(axes.columns)];
  const cells = new Map();
  const [byRow, byColumn] = [new Map(), new Map()];
  const add = (map, key, id) => (map.get(key) || map.set(key, []).get(key)).push(id);
  for (const id of all()) {
    const { s, o } = claims[id];
    if (!rowTypes.includes(entities[s].type) || !columnTypes.includes(entities[o].type)) continue;
    add(cells, `${s} ${o}`, id), add(byRow, s, id), add(byColumn, o, id);
  }
  const top = (map, limit) => [...map].sort((a, b) => b[1].length - a[1].length || a[0] - b[0]).slice(0, limit).map(([id]) => id);
  const [shownRows, shownColumns] = [top(byRow, MATRIX.rows), top(byColumn, MATRIX.columns)];
  const highest = Math.max(1, ...[...cells.values()].map((list) => list.length));
  const head = h("div", { class: "controls" }, axisSelect("rows", T("matrix_rows")), axisSelect("columns", T("matrix_columns")));
  if (!shownRows.length) return $("view-matrix").replaceChildren(head, h("p", { class: "lead" }, T("no_claims")));
  const cell = (row_, column) => {
    const list = cells.get(`${row_} ${column}`);
    if (!list) return h("td", null);
    const against = list.filter((id) => predicates[claims[id].p].stance === "against").length;
    const label = `${name(row_)}, ${name(column)}: ${count(list.length)}`;
    const box = h("button", { type: "button", "aria-label": label, title: most(tally(list, (id) => said(claims[id]))).map(([what, total]) => `${what} (${total})`).join("\n"),
      class: against * 2 > list.length ? "against" : "",
      click: () => select({ list, title: [bdi(brief(name(row_))), " → ", bdi(brief(name(column)))] }, { focus: true }) }, number(list.length));
    box.style.setProperty("--share", String(0.15 + 0.85 * Math.sqrt(list.length / highest)));
    return h("td", null, box);
  };
  const left = { rows: byRow.size - shownRows.length, columns: byColumn.size - shownColumns.length };
  $("view-matrix").replaceChildren(head, h("div", { class: "scroll" }, h("table", { class: "matrix" },
    h("caption", null, T("matrix_caption", { rows: axisName(axes.rows), columns: axisName(axes.columns) })),
    h("thead", null, h("tr", null, h("td", null), shownColumns.map((id) => h("th", { scope: "col" }, h("div", null, nameButtonBrief(id)))))),
    h("tbody", null, shownRows.map((id) => h("tr", null, h("th", { scope: "row" }, shapeIcon(entities[id].type), nameButtonBrief(id)), shownColumns.map((column) => cell(id, column))))))),
    left.rows || left.columns ? h("p", { class: "note" }, T("matrix_more", { rows: number(left.rows), columns: number(left.columns) })) : "");
}

const nameButtonBrief = (id) =>
  h("button", { type: "button", class: "link", title: brief(name(id), 200), click: () => select({ entity: id }, { focus: true }) }, bdi(brief(name(id), 34)));
