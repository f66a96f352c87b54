// The summary of a graph that is too large for one picture: its communities as discs that do not overlap.
const SUMMARY_TIES = 150;

function summary(list) {
  const home_ = [];
  data.communities.forEach((group, number_) => group.members.forEach((id) => { home_[id] = number_; }));
  const own = data.communities.map(() => ({ claims: 0, live: new Set() }));
  const between = new Map();
  for (const line of list) {
    const [a, b] = [home_[line.source], home_[line.target]].sort((x, y) => x - y);
    own[a].claims += line.count;
    own[home_[line.source]].live.add(line.source);
    own[home_[line.target]].live.add(line.target);
    if (a === b) continue;
    own[b].claims += line.count;
    between.set(`${a} ${b}`, (between.get(`${a} ${b}`) || 0) + line.count);
  }
  const most_ = Math.max(...own.map(({ live }) => live.size), 1);
  const nodes = data.communities.map((group, at) => discOf(group, at, own[at], most_)).filter((node) => node.weight);
  const strong = most(between).slice(0, SUMMARY_TIES);
  const top = strong.length ? strong[0][1] : 1;
  const ties = strong.map(([key, total], id) => {
    const [source, target] = key.split(" ").map(Number);
    return { id, source, target, label: count(total), color: theme().soft, dashes: [], width: 1 + (7 * total) / top, arrow: false, count: total, soft: true };
  });
  pack(nodes, ties);
  return { nodes, lines: ties, entities: false };
}

const isRest = (at) => at === data.communities.length - 1 && data.communities[at].members.length > 400;

function discOf(group, at, { claims: total, live }, most_) {
  const members = group.members.filter((id) => live.has(id));
  const r = 18 + 52 * Math.sqrt(live.size / most_);
  const names = isRest(at) ? [T("community_rest")] : members.slice(0, r > 44 ? 2 : 1).map((id) => brief(name(id), 22));
  const label = [...names, T("members", { count: number(live.size) })];
  return { id: at, x: group.x, y: group.y, r, shape: "dot", soft: true, weight: total, label, shares: shares(members),
    room: { x: Math.max(r, widthOf(label.reduce((a, b) => (a.length > b.length ? a : b))) * 0.6) + 10, y: Math.max(r, label.length * 8) + 8 },
    title: [...members.slice(0, 8).map((id) => brief(name(id), 60)), T("members", { count: number(live.size) }), count(total)].join("\n") };
}

function shares(members) { // how many of a community's entities are of which type
  const whole = members.length || 1;
  return most(tally(members, (id) => entities[id].type)).map(([type, total]) => [pick(types[type], "fill"), total / whole]);
}

function pack(nodes, ties) { // near what they are tied to, each with room for its words, in the shape of the stage
  const box = $("stage").getBoundingClientRect();
  const aspect = Math.min(2.4, Math.max(0.6, box.width / (box.height || 1)));
  const at = new Map(nodes.map((node, place) => [node.id, place]));
  const spread_ = Math.sqrt(nodes.reduce((sum, { room: own }) => sum + 4 * own.x * own.y, 0) * 1.6);
  const [wide, tall] = [spread_ * Math.sqrt(aspect), spread_ / Math.sqrt(aspect)];
  const low = (key) => Math.min(...nodes.map((node) => node[key]));
  const high = (key) => Math.max(...nodes.map((node) => node[key]));
  const [left, right, top, bottom] = [low("x"), high("x"), low("y"), high("y")];
  for (const node of nodes) {
    node.x = ((node.x - left) / (right - left || 1) - 0.5) * wide;
    node.y = ((node.y - top) / (bottom - top || 1) - 0.5) * tall;
  }
  const strongest = Math.max(1, ...ties.map((tie) => tie.count));
  for (let step = 0; step < 260; step += 1) {
    const pull = 0.06 * (1 - step / 260);
    for (const tie of ties) {
      const [a, b] = [nodes[at.get(tie.source)], nodes[at.get(tie.target)]];
      const part = pull * Math.sqrt(tie.count / strongest) * 0.5;
      const [dx, dy] = [(b.x - a.x) * part, (b.y - a.y) * part];
      a.x += dx, a.y += dy, b.x -= dx, b.y -= dy;
    }
    for (const node of nodes) node.x -= node.x * pull * 0.5, node.y -= node.y * pull * 0.5 * aspect;
    part(nodes);
  }
  const shape = ((high("x") - low("x")) || 1) / ((high("y") - low("y")) || 1);
  for (const node of nodes) node.x *= Math.sqrt(aspect / shape), node.y *= Math.sqrt(shape / aspect);
  for (let step = 0; step < 200 && part(nodes); step += 1);
}

function part(nodes) { // pushes overlapping boxes apart where that takes least; whether any did overlap
  let any = false;
  for (let a = 0; a < nodes.length; a += 1)
    for (let b = a + 1; b < nodes.length; b += 1) {
      const [one, other] = [nodes[a], nodes[b]];
      const [dx, dy] = [other.x - one.x, other.y - one.y];
      const [over, under] = [one.room.x + other.room.x - Math.abs(dx), one.room.y + other.room.y - Math.abs(dy)];
      if (over <= 0.5 || under <= 0.5) continue;
      any = true;
      if (over < under) one.x -= (Math.sign(dx) || 1) * over * 0.5, other.x += (Math.sign(dx) || 1) * over * 0.5;
      else one.y -= (Math.sign(dy) || 1) * under * 0.5, other.y += (Math.sign(dy) || 1) * under * 0.5;
    }
  return any;
}
