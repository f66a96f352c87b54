// The renderer for large graphs and inner pictures: a canvas that strokes all lines of a look at once.
const FONT = "system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif";

function createCanvas(holder) {
  const canvas = h("canvas", { "aria-hidden": "true" });
  holder.append(canvas);
  const pen = canvas.getContext("2d");
  const paths = Object.fromEntries(Object.entries(SHAPES).map(([shape, d]) => [shape, new Path2D(d)]));
  const camera = { x: 0, y: 0, scale: 1 };
  const moved = new Map();
  let shown = { nodes: [], lines: [] };
  let at = new Map();
  let labels = new Set();
  let look = { lit: null, selected: null };
  let lineLooks = null; // lines and nodes by look, until the look of one changes
  let nodeLooks = null;
  let busy = 0;
  let waiting = false;
  let calmer = 0;
  let width = 0;
  let height = 0;

  const toScreen = ({ x, y }) => ({ x: (x - camera.x) * camera.scale + width / 2, y: (y - camera.y) * camera.scale + height / 2 });
  const toWorld = ({ x, y }) => ({ x: (x - width / 2) / camera.scale + camera.x, y: (y - height / 2) / camera.scale + camera.y });
  const size = (node) => (node.soft ? Math.max(6, node.r * camera.scale) : Math.max(2.2, node.r * Math.min(1, Math.max(camera.scale, 0.12))));

  function show(scene_) {
    shown = scene_;
    for (const node of shown.nodes) {
      const own = moved.get(`${shown.entities} ${node.id}`);
      if (own && state.mode.kind === "all") [node.x, node.y] = own;
    }
    at = new Map(shown.nodes.map((node) => [node.id, node]));
    const pairs = new Map();
    for (const line of shown.lines) {
      const key = line.source < line.target ? `${line.source} ${line.target}` : `${line.target} ${line.source}`;
      (pairs.get(key) || pairs.set(key, []).get(key)).push(line);
    }
    for (const bundle of pairs.values()) // lines between the same two bend apart
      bundle.forEach((line, place) => {
        const side = line.source < line.target ? 1 : -1;
        line.bend = side * (place - (bundle.length - 1) / 2) * Math.min(0.24, 0.9 / bundle.length);
      });
    lineLooks = nodeLooks = null;
    choose();
    redraw();
  }

  function middle(line) { // the control point of the curve, and its midpoint
    const a = at.get(line.source);
    const b = at.get(line.target);
    const control = { x: (a.x + b.x) / 2 - (b.y - a.y) * line.bend, y: (a.y + b.y) / 2 + (b.x - a.x) * line.bend };
    return { control, mid: { x: (a.x + b.x) / 4 + control.x / 2, y: (a.y + b.y) / 4 + control.y / 2 } };
  }

  const shrunk = () => Math.min(1, Math.max(0.7, camera.scale)); // words of communities go with their discs
  const rowHigh = (node) => (node.soft ? 15 * shrunk() : camera.scale < 0.5 ? 12 : 15);
  const letters = (node) => (node.soft ? 12 * shrunk() : camera.scale < 0.5 ? 11 : 13);
  const labelTop = (node, y) => (node.soft ? y - (node.label.length * rowHigh(node)) / 2 : y + size(node) + 3);

  function choose() { // the labels that have room, most claims first
    const items = shown.nodes.map((node) => {
      const { x, y } = toScreen(node);
      const r = size(node);
      return { id: node.id, weight: node.weight, must: node.soft ? camera.scale > 0.6 : look.lit?.nodes.has(node.id),
        box: boxOf(x, labelTop(node, y), node.label, letters(node), rowHigh(node)),
        body: node.soft ? null : { left: x - r * 0.6, right: x + r * 0.6, top: y - r * 0.6, bottom: y + r * 0.6 } };
    });
    labels = namesWithRoom(items, width, height);
  }

  const redraw = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; draw(); });
  };

  function rest() { // after a movement, the details that it left out
    busy = 2;
    clearTimeout(calmer);
    calmer = setTimeout(() => { busy = 0; choose(); redraw(); }, 120);
  }

  function draw() {
    const ratio = window.devicePixelRatio || 1;
    const colors = theme();
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.fillStyle = colors.page;
    pen.fillRect(0, 0, width, height);
    drawLines(colors);
    drawNodes(colors);
    drawLabels(colors);
  }

  function drawLines(colors) {
    const many = shown.lines.length > 1500;
    for (const [key, group] of (lineLooks ??= gatherLines(many))) {
      const [color, faded, wide, , selected] = key.split("|");
      pen.strokeStyle = pen.fillStyle = color;
      pen.globalAlpha = +faded ? 0.1 : group[0].soft ? 0.28 : many ? 0.35 : 0.9;
      pen.lineWidth = (+wide + 2 * selected) * Math.min(1, Math.max(0.5, camera.scale));
      pen.setLineDash(busy && many ? [] : group[0].dashes.map((length) => length * 0.8));
      pen.beginPath();
      let strokes = 0;
      for (const line of group) {
        const a = toScreen(at.get(line.source));
        const b = toScreen(at.get(line.target));
        if (Math.max(a.x, b.x) < 0 || Math.max(a.y, b.y) < 0 || Math.min(a.x, b.x) > width || Math.min(a.y, b.y) > height) continue;
        pen.moveTo(a.x, a.y);
        if (line.source === line.target) pen.arc(a.x, a.y - size(at.get(line.source)) * 1.6, size(at.get(line.source)), Math.PI / 2, Math.PI * 2.5);
        else if (line.bend) {
          const c = toScreen(middle(line).control);
          pen.quadraticCurveTo(c.x, c.y, b.x, b.y);
        } else pen.lineTo(b.x, b.y);
        if ((strokes += 1) % 100 === 0) pen.stroke(), pen.beginPath(); // long paths with alpha are slow
      }
      pen.stroke();
      pen.setLineDash([]);
      if (!(busy && many) && camera.scale > 0.22) heads(group);
    }
    pen.globalAlpha = 1;
    if (!busy && shown.entities && camera.scale > 0.55) lineLabels(colors);
  }

  function gatherLines(many) { // by look, those that are not lit first
    const looks = new Map();
    for (const line of shown.lines) {
      const faded = look.lit && !look.lit.lines.has(line.id);
      const key = [line.color, faded ? 1 : 0, many && !faded ? 1 : Math.round(line.width), line.dashes.join(), line.id === look.selected?.line ? 1 : 0].join("|");
      (looks.get(key) || looks.set(key, []).get(key)).push(line);
    }
    return [...looks].sort(([a], [b]) => b.split("|")[1] - a.split("|")[1]);
  }

  function gatherNodes() {
    const looks = new Map();
    for (const node of shown.nodes) {
      const faded = look.lit && !look.lit.nodes.has(node.id);
      const key = `${node.shape}|${node.fill}|${faded ? 1 : 0}`;
      (looks.get(key) || looks.set(key, []).get(key)).push(node);
    }
    return [...looks];
  }

  function heads(group) {
    pen.beginPath();
    for (const line of group) {
      if (!line.arrow || line.source === line.target) continue;
      const target = at.get(line.target);
      const b = toScreen(target);
      const c = toScreen(line.bend ? middle(line).control : at.get(line.source));
      const length = Math.hypot(b.x - c.x, b.y - c.y) || 1;
      const [ux, uy] = [(b.x - c.x) / length, (b.y - c.y) / length];
      const tip = { x: b.x - ux * (size(target) + 1), y: b.y - uy * (size(target) + 1) };
      const long = 4 + 5 * Math.min(1, camera.scale);
      pen.moveTo(tip.x, tip.y);
      pen.lineTo(tip.x - ux * long - uy * long * 0.42, tip.y - uy * long + ux * long * 0.42);
      pen.lineTo(tip.x - ux * long + uy * long * 0.42, tip.y - uy * long - ux * long * 0.42);
    }
    pen.fill();
  }

  function lineLabels(colors) {
    pen.font = `12px ${FONT}`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    let drawn = 0;
    const taken = new Grid();
    for (const node of shown.nodes) {
      const { x, y } = toScreen(node);
      if (labels.has(node.id)) taken.add(boxOf(x, labelTop(node, y), node.label, letters(node), rowHigh(node)));
    }
    for (const line of [...shown.lines].sort((a, b) => b.count - a.count)) {
      if (look.lit && !look.lit.lines.has(line.id)) continue;
      const { x, y } = toScreen(middle(line).mid);
      if (x < 0 || y < 0 || x > width || y > height) continue;
      const wide = widthOf(line.label, 12);
      const box = { left: x - wide / 2 - 2, right: x + wide / 2 + 2, top: y - 8, bottom: y + 8 };
      if (taken.meets(box) && line.id !== look.selected?.line) continue;
      if ((drawn += 1) > 140) break;
      taken.add(box);
      pen.fillStyle = colors.page;
      pen.fillRect(x - wide / 2 - 2, y - 8, wide + 4, 16);
      pen.fillStyle = line.color;
      pen.fillText(line.label, x, y);
    }
  }

  function drawNodes(colors) {
    for (const [key, group] of shown.entities ? (nodeLooks ??= gatherNodes()) : []) {
      const [shape, color, faded] = key.split("|");
      const path = new Path2D();
      for (const node of group) {
        const { x, y } = toScreen(node);
        const r = size(node);
        if (x < -r || y < -r || x > width + r || y > height + r) continue;
        path.addPath(paths[shape], new DOMMatrix([r, 0, 0, r, x, y]));
      }
      pen.globalAlpha = +faded ? 0.25 : 1;
      pen.fillStyle = color;
      pen.fill(path);
      pen.strokeStyle = colors.page;
      pen.lineWidth = 1;
      pen.stroke(path);
    }
    pen.globalAlpha = 1;
    if (!shown.entities) shown.nodes.forEach(drawDisc);
    for (const node of shown.nodes) {
      const chosen = shown.entities && node.id === look.selected?.entity;
      const pinned = shown.entities && state.pinned.has(node.id);
      if (!chosen && !pinned && node.id !== shown.centre) continue;
      const { x, y } = toScreen(node);
      pen.strokeStyle = chosen ? colors.accent : colors.ink;
      pen.lineWidth = chosen ? 3 : 1.5;
      pen.beginPath();
      pen.arc(x, y, size(node) + 4, 0, 2 * Math.PI);
      pen.stroke();
    }
  }

  function drawDisc(node) { // a community: pale, in a ring of its types
    const { x, y } = toScreen(node);
    const r = size(node);
    const colors = theme();
    pen.beginPath();
    pen.arc(x, y, r, 0, 2 * Math.PI);
    pen.fillStyle = colors.paper;
    pen.fill();
    let from = -Math.PI / 2;
    pen.lineWidth = Math.max(3, r * 0.1);
    for (const [color, share] of node.shares) {
      const to = from + 2 * Math.PI * share;
      pen.beginPath();
      pen.arc(x, y, r - pen.lineWidth / 2, from, to);
      pen.strokeStyle = color;
      pen.stroke();
      from = to;
    }
  }

  function drawLabels(colors) {
    pen.textAlign = "center";
    pen.lineJoin = "round";
    for (const node of shown.nodes) {
      if (!labels.has(node.id)) continue;
      const faded = look.lit && !look.lit.nodes.has(node.id);
      if (faded) continue;
      const { x, y } = toScreen(node);
      pen.textBaseline = "top";
      node.label.forEach((row, place) => {
        const last = node.soft && place === node.label.length - 1; // how many they are
        pen.font = `${node.soft && !last ? 600 : 400} ${letters(node)}px ${FONT}`;
        const line = labelTop(node, y) + place * rowHigh(node);
        if (!busy || shown.nodes.length < 600) {
          pen.strokeStyle = colors.page;
          pen.lineWidth = 3.5;
          pen.strokeText(row, x, line);
        }
        pen.fillStyle = last ? colors.soft : colors.ink;
        pen.fillText(row, x, line);
      });
    }
  }

  function zoom(factor, around = { x: width / 2, y: height / 2 }) {
    const before = toWorld(around);
    camera.scale = Math.min(6, Math.max(0.01, camera.scale * factor));
    const after = toWorld(around);
    camera.x += before.x - after.x;
    camera.y += before.y - after.y;
    rest();
    redraw();
  }

  function frame(nodes, room, most_) {
    if (!nodes.length) return;
    const side = (low, key) => (low ? Math.min : Math.max)(...nodes.map((node) => node[key] + (low ? -1 : 1) * (node.room?.[key] || 50)));
    const [left, right, top, bottom] = [side(true, "x"), side(false, "x"), side(true, "y"), side(false, "y")];
    camera.scale = Math.max(0.01, Math.min(most_, (width - room.x - 30) / (right - left), (height - room.y - 40) / (bottom - top)));
    camera.x = (left + right) / 2 + room.x / 2 / camera.scale;
    camera.y = (top + bottom) / 2 + room.y / 2 / camera.scale;
    choose();
    redraw();
  }

  function resize() { // what the page around leaves for the picture
    const box = holder.getBoundingClientRect();
    if (!box.width || (box.width === width && box.height === height)) return;
    [width, height] = [box.width, box.height];
    canvas.width = width * (window.devicePixelRatio || 1);
    canvas.height = height * (window.devicePixelRatio || 1);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    choose();
    redraw();
  }
  new ResizeObserver(() => {
    const first = !width;
    resize();
    if (first && width) fit(room());
  }).observe(holder);

  function fit(room = { x: 0, y: 0 }) {
    resize();
    frame(shown.nodes, room, shown.entities ? 1.2 : 1.6);
  }

  followPointer(canvas, { get shown() { return shown; }, at: (id) => at.get(id), camera, moved, toScreen, size, middle, rest, redraw, zoom });

  return {
    element: canvas,
    show,
    fit,
    zoom,
    paint(next) {
      look = next;
      lineLooks = nodeLooks = null;
      choose();
      redraw();
    },
    pan(dx, dy) { camera.x += dx / camera.scale; camera.y += dy / camera.scale; rest(); redraw(); },
    reveal(ids, room) {
      const nodes = ids.map((id) => at.get(id)).filter(Boolean);
      const seen = nodes.every((node) => {
        const { x, y } = toScreen(node);
        return x > 40 && y > 20 && x < width - room.x - 40 && y < height - room.y - 40;
      });
      if (!nodes.length || (seen && camera.scale >= 0.5)) return;
      frame(nodes, room, Math.max(0.8, Math.min(camera.scale, 1.2)));
    },
    spotOf: (id) => toScreen(at.get(id)),
    spotOfLine: (id) => toScreen(middle(shown.lines.find((line) => line.id === id)).mid),
    places: () => new Map(shown.nodes.map((node) => [node.id, [node.x, node.y]])),
  };
}
