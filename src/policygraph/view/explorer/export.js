// Taking it away: the picture as SVG or PNG, the claims shown as CSV.
function save(content, file) {
  const url = URL.createObjectURL(content);
  h("a", { href: url, download: file }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function pictureSvg() {
  const places = current.places();
  const colors = theme();
  const nodes = picture.nodes.map((node) => ({ ...node, x: places.get(node.id)[0], y: places.get(node.id)[1] }));
  const at = new Map(nodes.map((node) => [node.id, node]));
  const side = (low, key, more) => (low ? Math.min : Math.max)(...nodes.map((node) => node[key] + (low ? -1 : 1) * (node.r + more)));
  const [left, right, top, bottom] = [side(true, "x", 70), side(false, "x", 70), side(true, "y", 20), side(false, "y", 60)];
  const pairs = new Map();
  const body = [];
  for (const line of picture.lines) {
    const [a, b] = [at.get(line.source), at.get(line.target)];
    const key = [line.source, line.target].sort((x, y) => x - y).join(" ");
    const turn = pairs.get(key) || 0;
    pairs.set(key, turn + 1);
    const bend = (line.source < line.target ? 1 : -1) * Math.ceil(turn / 2) * (turn % 2 ? 0.14 : -0.14);
    const c = { x: (a.x + b.x) / 2 - (b.y - a.y) * bend, y: (a.y + b.y) / 2 + (b.x - a.x) * bend };
    const far = Math.hypot(b.x - c.x, b.y - c.y) || 1;
    const tip = { x: b.x - ((b.x - c.x) / far) * (b.r + 2), y: b.y - ((b.y - c.y) / far) * (b.r + 2) };
    const loop = line.source === line.target;
    const d = loop ? `M${a.x} ${a.y}c-40-60 40-60 0 0` : `M${a.x} ${a.y}Q${c.x.toFixed(1)} ${c.y.toFixed(1)} ${tip.x.toFixed(1)} ${tip.y.toFixed(1)}`;
    body.push(svg("path", { d, fill: "none", stroke: line.color, "stroke-width": line.width, "stroke-dasharray": line.dashes.join(" ") || null, opacity: line.soft ? 0.3 : 0.85 }));
    if (line.arrow && !loop) {
      const angle = (Math.atan2(tip.y - c.y, tip.x - c.x) * 180) / Math.PI;
      body.push(svg("path", { d: "M0 0L-9 4V-4Z", fill: line.color, transform: `translate(${tip.x.toFixed(1)} ${tip.y.toFixed(1)}) rotate(${angle.toFixed(1)})` }));
    }
    if (picture.lines.length <= 600 && !line.soft)
      body.push(svg("text", { x: ((a.x + b.x) / 4 + c.x / 2).toFixed(1), y: ((a.y + b.y) / 4 + c.y / 2 + 4).toFixed(1), "font-size": 11, "text-anchor": "middle", fill: line.color, stroke: colors.page, "stroke-width": 4, "paint-order": "stroke" }, clean(line.label)));
  }
  for (const node of nodes) {
    body.push(svg("path", { d: SHAPES[node.shape], fill: node.fill, transform: `translate(${node.x} ${node.y}) scale(${node.r})`, opacity: node.soft ? 0.8 : 1 }));
    node.label.forEach((row_, place) => body.push(svg("text", {
      x: node.x, y: node.soft ? node.y + place * 16 - 12 : node.y + node.r + 14 + place * 15, "font-size": 13, "text-anchor": "middle", fill: colors.ink, stroke: colors.page, "stroke-width": 4, "paint-order": "stroke" }, row_)));
  }
  const [width, height] = [right - left, bottom - top];
  const whole = svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `${left} ${top} ${width} ${height}`, width, height, "font-family": "Liberation Sans, Arial, sans-serif" },
    svg("rect", { x: left, y: top, width, height, fill: colors.page }), body);
  return { source: new XMLSerializer().serializeToString(whole), width, height };
}

function savePicture(kind) {
  const { source, width, height } = pictureSvg();
  if (kind === "svg") return save(new Blob([source], { type: "image/svg+xml" }), "policygraph.svg");
  const scale = Math.min(2, 8000 / Math.max(width, height));
  const image = new Image();
  image.addEventListener("load", () => {
    const canvas = h("canvas", { width: Math.round(width * scale), height: Math.round(height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(blob, "policygraph.png"), "image/png");
  });
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
}

const COLUMNS = ["subject", "predicate", "object", "status", "negated", "speaker", "date", "deadline", "amount", "role", "confidence",
  "evidence", "sentence", "article", "publisher", "published", "source", "lang", "subject_iri", "object_iri", "claim_iri"];

function chosenClaims() { // the selection, else what the picture or the filters show
  const { entity, line, list } = state.selected || {};
  if (list) return list;
  if (line !== undefined) return kept(lines[line].claims);
  if (entity !== undefined) return kept(claimsOf[entity]);
  if (state.view === "graph" && picture.entities) return kept(picture.lines.flatMap((item) => item.claims));
  return all();
}

function table(list) {
  const cell = (value) => {
    const plain = String(value ?? "");
    const safe = /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain; // or a spreadsheet would run it
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const rows_ = list.map((id) => {
    const claim = claims[id];
    const article = articles[claim.article];
    const { iri, before, evidence, after } = text(id);
    const speaker = typeof claim.speaker === "number" ? name(claim.speaker) : claim.speaker;
    return [name(claim.s), claim.p, name(claim.o), claim.status, claim.negated, speaker, claim.date, claim.deadline, claim.amount, claim.role, claim.confidence,
      evidence, before + evidence + after, article.title, article.publisher, article.published, article.source, article.lang, entities[claim.s].iri, entities[claim.o].iri, iri];
  });
  return [COLUMNS, ...rows_].map((cells) => cells.map(cell).join(",")).join("\r\n");
}

const saveTable = () => save(new Blob(["\ufeff", table(chosenClaims()), "\r\n"], { type: "text/csv;charset=utf-8" }), "policygraph.csv");
