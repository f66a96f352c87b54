// What stands in the picture, and where: everything, a summary, a community, an ego map, a path.
const MOST = 150; // entities that an inner picture begins with

const tooMany = () => keptLines().length > data.budget;
const radius = (degree) => 8 + 4 * Math.sqrt(Math.min(degree, 60));

function entityNode(id, x, y, degree) {
  return { id, x, y, r: radius(degree), label: wrap(name(id)), shape: types[entities[id].type].shape,
    fill: pick(types[entities[id].type], "fill"), weight: degree };
}

function home(id) { // the place that the layout gave an entity
  if (data.vis) return [data.vis.nodes[id].x, data.vis.nodes[id].y];
  return data.places[id];
}

function degrees(list) {
  const result = new Map();
  for (const line of list)
    for (const end of [line.source, line.target]) result.set(end, (result.get(end) || 0) + line.count);
  return result;
}

function scene() {
  const list = keptLines();
  const { kind } = state.mode;
  if (kind === "summary") return summary(list);
  if (kind === "ego") return ego(list);
  if (kind === "path") return path(list);
  if (kind === "community") return inside(list);
  return compose(collapse(list), (id) => home(id));
}

function compose(list, at, only = null) {
  const within = (line) => !only || (only.has(line.source) && only.has(line.target));
  const shown = list.filter(within);
  const degree = degrees(shown);
  for (const id of only || []) if (!degree.has(id)) degree.set(id, 0);
  for (const id of state.pinned) if (!degree.has(id) && !state.hidden.has(id)) degree.set(id, 0);
  const nodes = [...degree].map(([id, own]) => entityNode(id, ...at(id), own));
  return { nodes, lines: shown.map(drawnLine), entities: true };
}

function drawnLine(line) {
  return { ...line, label: line.count > 1 ? `${said(line)} (${number(line.count)})` : said(line),
    color: lineColor(line), dashes: statuses[line.status].dashes, width: Math.min(5, 1 + 0.6 * line.count),
    arrow: !predicates[line.predicate].symmetric };
}

function collapse(list) {
  if (!state.collapsed.size) return list;
  const near = neighbours(list);
  const leaf = (id, of) => id !== of && near.get(id).size === 1 && !state.pinned.has(id);
  return list.filter(({ source, target }) =>
    !(state.collapsed.has(source) && leaf(target, source)) && !(state.collapsed.has(target) && leaf(source, target)));
}

function neighbours(list) {
  const result = new Map();
  const add = (a, b) => (result.get(a) || result.set(a, new Set()).get(a)).add(b);
  for (const { source, target } of list) if (source !== target) add(source, target), add(target, source);
  return result;
}

function reached(near, from, depth = Infinity) { // steps from an entity, in the order of a walk
  const steps = new Map([[from, 0]]);
  const parent = new Map();
  for (const id of steps.keys()) {
    if (steps.get(id) >= depth) continue;
    for (const other of near.get(id) || [])
      if (!steps.has(other)) steps.set(other, steps.get(id) + 1), parent.set(other, id);
  }
  return { steps, parent };
}

const byClaims = (degree) => (a, b) => (degree.get(b) || 0) - (degree.get(a) || 0) || a - b;

function ego(list) { // rings around one entity, each branch in a slice of its own
  const { centre, depth } = state.mode;
  const near = neighbours(collapse(list));
  const degree = degrees(list);
  const { steps, parent } = reached(near, centre, depth);
  for (const id of state.extra) for (const other of near.get(id) || []) if (!steps.has(other) && steps.has(id)) steps.set(other, steps.get(id) + 1), parent.set(other, id);
  const limit = state.mode.limit || MOST;
  const order = [...steps.keys()].sort((a, b) => steps.get(a) - steps.get(b) || byClaims(degree)(a, b));
  const chosen = new Set(order.slice(0, limit));
  const children = new Map();
  for (const id of order) if (chosen.has(id) && parent.has(id)) (children.get(parent.get(id)) || children.set(parent.get(id), []).get(parent.get(id))).push(id);
  const leaves = (id) => (children.has(id) ? children.get(id).reduce((sum, child) => sum + leaves(child), 0) : 1);
  const rings = tally(chosen, (id) => steps.get(id));
  const gaps = [0];
  for (let ring = 1; rings.has(ring); ring += 1) gaps.push(Math.max(gaps[ring - 1] + 190, rings.get(ring) * 100 / (2 * Math.PI)));
  const at = new Map();
  (function lay(id, from, to) {
    const angle = (from + to) / 2 - Math.PI / 2;
    const gap = gaps[steps.get(id)];
    at.set(id, [gap * 1.25 * Math.cos(angle), gap * Math.sin(angle)]);
    let start = from;
    const whole = leaves(id);
    for (const child of children.get(id) || []) {
      const end = start + ((to - from) * leaves(child)) / whole;
      lay(child, start, end);
      start = end;
    }
  })(centre, 0, 2 * Math.PI);
  const result = compose(list, (id) => at.get(id) || home(id), chosen);
  return { ...result, centre, note: steps.size > chosen.size ? T("community_part", { drawn: number(chosen.size), count: number(steps.size) }) : null, more: steps.size > chosen.size };
}

function path(list) { // all shortest paths between two entities, from left to right
  const { from, to } = state.mode;
  const near = neighbours(list);
  const there = reached(near, from).steps;
  const back = reached(near, to).steps;
  if (!there.has(to)) return { ...compose([], home, new Set([from, to])), length: null };
  const length = there.get(to);
  const degree = degrees(list);
  const chosen = [...there.keys()].filter((id) => there.get(id) + (back.get(id) ?? Infinity) === length);
  const columns = new Map();
  for (const id of chosen.sort(byClaims(degree))) {
    const column = columns.get(there.get(id)) || columns.set(there.get(id), []).get(there.get(id));
    if (column.length < 8) column.push(id);
  }
  const at = new Map();
  for (const [step, column] of columns) column.forEach((id, row) => at.set(id, [step * 260, (row - (column.length - 1) / 2) * 110]));
  return { ...compose(list, (id) => at.get(id) || home(id), new Set(at.keys())), length };
}

function inside(list) { // the entities of one community that have the most claims
  const { community, limit = MOST } = state.mode;
  const members = data.communities[community].members;
  const degree = degrees(list);
  const live = members.filter((id) => degree.has(id)).sort(byClaims(degree));
  const chosen = new Set([...live.slice(0, limit), ...state.extra]);
  const near = neighbours(list);
  for (const id of state.extra) for (const other of [...(near.get(id) || [])].slice(0, 60)) chosen.add(other);
  const result = compose(collapse(list), home, chosen);
  settle(result);
  return { ...result, community, more: live.length > limit,
    note: live.length > limit ? T("community_part", { drawn: number(chosen.size), count: number(live.length) }) : null };
}

function settle({ nodes, lines: list }) { // a force layout that always gives the same
  const row = new Map(nodes.map((node, index) => [node.id, index]));
  const ties = list.map((line) => [row.get(line.source), row.get(line.target)]).filter(([a, b]) => a !== b);
  const n = nodes.length;
  nodes.forEach((node, index) => { // start on a spiral, most claims in the middle
    const angle = index * 2.399963;
    node.x = 60 * Math.sqrt(index) * Math.cos(angle);
    node.y = 60 * Math.sqrt(index) * Math.sin(angle);
  });
  for (let step = 0; step < 220; step += 1) {
    const heat = 40 * (1 - step / 220) + 1;
    const push = nodes.map(() => [0, 0]);
    for (let a = 0; a < n; a += 1)
      for (let b = a + 1; b < n; b += 1) {
        const dx = nodes[a].x - nodes[b].x || 0.1;
        const dy = nodes[a].y - nodes[b].y || 0.1;
        const force = 16000 / (dx * dx + dy * dy);
        push[a][0] += dx * force, push[a][1] += dy * force, push[b][0] -= dx * force, push[b][1] -= dy * force;
      }
    for (const [a, b] of ties) {
      const dx = nodes[a].x - nodes[b].x;
      const dy = nodes[a].y - nodes[b].y;
      const force = Math.hypot(dx, dy) / 130;
      push[a][0] -= dx * force, push[a][1] -= dy * force, push[b][0] += dx * force, push[b][1] += dy * force;
    }
    nodes.forEach((node, index) => {
      const dx = push[index][0] - node.x * 0.35;
      const dy = push[index][1] - node.y * 0.5;
      const length = Math.hypot(dx, dy) || 1;
      node.x += (dx / length) * Math.min(length, heat);
      node.y += (dy / length) * Math.min(length, heat);
    });
  }
}
