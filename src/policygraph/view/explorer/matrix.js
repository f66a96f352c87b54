// The matrix: who acts in the rows, on whom in the columns, how many claims in the cells.
const PRESETS = {
  authorities: ["GovernmentBody", "IntergovernmentalOrganization", "Country"],
  firms: ["Company", "Product"],
};
const axes = { rows: "authorities", columns: "firms" };
const MATRIX = { rows: 30, columns: 20 };

const axisTypes = (axis) => PRESETS[axis] || [axis];
const axisName = (axis) => (PRESETS[axis] ? T(`matrix_${axis}`) : typeName(axis));

function axisSelect(which, label) {
  return h("label", null, label, " ", h("select", { change: (event) => { axes[which] = event.target.value; renderMatrix(); } },
    [...Object.keys(PRESETS), ...Object.keys(types)].map((axis) => h("option", { value: axis, selected: axes[which] === axis }, axisName(axis)))));
}

function matrixModel() { // the columns with most claims, and the rows with most claims about these
  const [rowTypes, columnTypes] = [axisTypes(axes.rows), axisTypes(axes.columns)];
  const own = all().filter((id) => rowTypes.includes(entities[claims[id].s].type) && columnTypes.includes(entities[claims[id].o].type));
  const ends = (list, end) => most(tally(list, (id) => claims[id][end])).map(([id]) => id);
  const [allRows, allColumns] = [ends(own, "s"), ends(own, "o")];
  const columns = allColumns.slice(0, MATRIX.columns);
  const about = own.filter((id) => columns.includes(claims[id].o));
  const rows_ = ends(about, "s").slice(0, MATRIX.rows);
  const cells = new Map();
  for (const id of about) {
    const key = `${claims[id].s} ${claims[id].o}`;
    if (rows_.includes(claims[id].s)) (cells.get(key) || cells.set(key, []).get(key)).push(id);
  }
  const highest = Math.max(1, ...[...cells.values()].map((list) => list.length));
  return { rows: rows_, columns, cells, left: { rows: allRows.length - rows_.length, columns: allColumns.length - columns.length },
    isAgainst: (list) => list.filter((id) => predicates[claims[id].p].stance === "against").length * 2 > list.length,
    share: (list) => 0.15 + 0.85 * Math.sqrt(list.length / highest) };
}

const matrixCaption = () => T("matrix_caption", { rows: axisName(axes.rows), columns: axisName(axes.columns) });

function renderMatrix() {
  const model = matrixModel();
  const head = h("div", { class: "controls" }, axisSelect("rows", T("matrix_rows")), axisSelect("columns", T("matrix_columns")));
  if (!model.rows.length) return $("view-matrix").replaceChildren(head, h("p", { class: "lead" }, T("no_claims")));
  const cell = (row_, column) => {
    const list = model.cells.get(`${row_} ${column}`);
    if (!list) return h("td", null);
    const label = `${name(row_)}, ${name(column)}: ${count(list.length)}`;
    const box = h("button", { type: "button", "aria-label": label, title: most(tally(list, (id) => said(claims[id]))).map(([what, total]) => `${what} (${total})`).join("\n"),
      class: model.isAgainst(list) ? "against" : "",
      click: () => select({ list, title: [bdi(brief(name(row_))), " → ", bdi(brief(name(column)))] }, { focus: true }) }, number(list.length));
    box.style.setProperty("--share", String(model.share(list)));
    return h("td", null, box);
  };
  const { left } = model;
  $("view-matrix").replaceChildren(head, h("div", { class: "scroll" }, h("table", { class: "matrix" },
    h("caption", null, matrixCaption(), h("span", { class: "key against" }, T("matrix_against")), h("span", { class: "key" }, T("matrix_other"))),
    h("thead", null, h("tr", null, h("td", null), model.columns.map((id) => h("th", { scope: "col" }, h("div", null, nameButtonBrief(id)))))),
    h("tbody", null, model.rows.map((id) => h("tr", null, h("th", { scope: "row" }, shapeIcon(entities[id].type), nameButtonBrief(id)), model.columns.map((column) => cell(id, column))))))),
    left.rows || left.columns ? h("p", { class: "note" }, T("matrix_more", { rows: number(left.rows), columns: number(left.columns) })) : "");
}

function matrixSvg() {
  const model = matrixModel();
  const colors = theme();
  const [side, left, top] = [34, 250, 190];
  const [width, height] = [left + side * model.columns.length + 30, top + side * model.rows.length + 20];
  const label = (words, place) => svg("text", { "font-size": 12, fill: colors.ink, ...place }, words);
  return svgPicture(0, 0, width, height, [
    label(matrixCaption(), { x: 12, y: 20, "font-size": 13, "font-weight": 600 }),
    model.columns.map((id, column) => label(brief(name(id), 26), { transform: `translate(${left + side * (column + 0.5) + 4} ${top - 8}) rotate(-90)` })),
    model.rows.map((id, row_) => label(brief(name(id), 36), { x: left - 10, y: top + side * (row_ + 0.5) + 4, "text-anchor": "end" })),
    model.rows.flatMap((id, row_) => model.columns.map((other, column) => {
      const list = model.cells.get(`${id} ${other}`);
      const [x, y] = [left + side * column + 1, top + side * row_ + 1];
      const fill_ = list ? mix(colors.paper, colors[model.isAgainst(list) ? "against" : "review"], model.share(list) * 0.7) : mix(colors.page, colors.rule, 0.5);
      return [svg("rect", { x, y, width: side - 2, height: side - 2, rx: 4, fill: fill_ }),
        list ? label(number(list.length), { x: x + side / 2 - 1, y: y + side / 2 + 3, "text-anchor": "middle", "font-weight": 600 }) : null];
    })),
  ]);
}

const nameButtonBrief = (id) =>
  h("button", { type: "button", class: "link", title: brief(name(id), 200), click: () => select({ entity: id }, { focus: true }) }, bdi(brief(name(id), 34)));
