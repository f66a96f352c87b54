// Taking it away: the picture as SVG or PNG, the claims shown as CSV.
function save(content, file) {
  const url = URL.createObjectURL(content);
  h("a", { href: url, download: file }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

// What each view can give as a picture; "who says what" is words alone.
const PICTURES = {
  graph: () => graphSvg(picture),
  stories: () => copied($("view-stories").querySelector(".timeline")),
  matrix: () => ($("view-matrix").querySelector("table") ? matrixSvg() : null),
  map: () => copied($("view-map").querySelector(".atlas > svg")),
};

function svgPicture(left, top, width, height, body) {
  return svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `${left} ${top} ${width} ${height}`, width, height, "font-family": "Liberation Sans, Arial, sans-serif" },
    svg("rect", { x: left, y: top, width, height, fill: theme().page }), body);
}

const LOOKS = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-size", "font-weight", "text-anchor"];

function copied(shown_) { // a drawing of the page, with the looks that its style sheet gave it
  if (!shown_) return null;
  const { x, y, width, height } = shown_.viewBox.baseVal;
  const copy = shown_.cloneNode(true);
  const elements = [...copy.querySelectorAll("*")];
  [...shown_.querySelectorAll("*")].forEach((element, place) => {
    const looks = getComputedStyle(element);
    for (const key of LOOKS) elements[place].setAttribute(key, /^(fill|stroke)$/.test(key) ? plainColor(looks.getPropertyValue(key)) : looks.getPropertyValue(key));
    for (const { name: key } of [...elements[place].attributes]) if (/^(class|style|tabindex|role|aria-.*)$/.test(key)) elements[place].removeAttribute(key);
  });
  return svgPicture(x, y, width, height, [...copy.childNodes]);
}

const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

function plainColor(color) { // other programs do not know mixed colours
  if (!color || color === "none" || color.startsWith("url")) return color || "none";
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = color;
  pixel.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = pixel.getImageData(0, 0, 1, 1).data;
  return alpha ? `rgb(${red},${green},${blue})` : "none";
}

function graphSvg(shown_) {
  const places = current.places();
  const colors = theme();
  const nodes = shown_.nodes.map((node) => ({ ...node, x: places.get(node.id)?.[0] ?? node.x, y: places.get(node.id)?.[1] ?? node.y }));
  if (!nodes.length) return null;
  const at = new Map(nodes.map((node) => [node.id, node]));
  const side = (low, key, more) => nodes.reduce((far, node) => (low ? Math.min : Math.max)(far, node[key] + (low ? -1 : 1) * ((node.room?.[key] ?? node.r) + more)), low ? Infinity : -Infinity);
  const [left, right, top, bottom] = [side(true, "x", 70), side(false, "x", 70), side(true, "y", 20), side(false, "y", 60)];
  const pairs = new Map();
  const body = shown_.lines.map((line) => {
    const key = [line.source, line.target].sort((x, y) => x - y).join(" ");
    const turn = pairs.get(key) || 0;
    pairs.set(key, turn + 1);
    return lineSvg(line, at.get(line.source), at.get(line.target), turn, shown_.lines.length <= 600);
  });
  const top_ = (node) => (node.soft ? node.y - node.label.length * 7.5 : node.y + node.r + 3);
  const named = namesWithRoom(nodes.map((node) => ({ id: node.id, weight: node.weight, must: nodes.length < 200, box: boxOf(node.x - left, top_(node) - top, node.label, 13, 15) })), right - left, bottom - top, Infinity);
  for (const node of nodes) {
    body.push(node.soft ? discSvg(node) : svg("path", { d: SHAPES[node.shape], fill: node.fill, transform: `translate(${node.x} ${node.y}) scale(${node.r})` }));
    if (named.has(node.id)) node.label.forEach((row_, place) => body.push(svg("text", {
      x: node.x, y: top_(node) + 11 + place * 15, "font-size": 13, "text-anchor": "middle", fill: colors.ink, stroke: colors.page, "stroke-width": 4, "paint-order": "stroke" }, row_)));
  }
  return svgPicture(left, top, right - left, bottom - top, body);
}

function lineSvg(line, a, b, turn, named) {
  const bend = (line.source < line.target ? 1 : -1) * Math.ceil(turn / 2) * (turn % 2 ? 0.14 : -0.14);
  const c = { x: (a.x + b.x) / 2 - (b.y - a.y) * bend, y: (a.y + b.y) / 2 + (b.x - a.x) * bend };
  const far = Math.hypot(b.x - c.x, b.y - c.y) || 1;
  const tip = { x: b.x - ((b.x - c.x) / far) * (b.r + 2), y: b.y - ((b.y - c.y) / far) * (b.r + 2) };
  const loop = line.source === line.target;
  const d = loop ? `M${a.x} ${a.y}c-40-60 40-60 0 0` : `M${a.x} ${a.y}Q${c.x.toFixed(1)} ${c.y.toFixed(1)} ${tip.x.toFixed(1)} ${tip.y.toFixed(1)}`;
  const angle = (Math.atan2(tip.y - c.y, tip.x - c.x) * 180) / Math.PI;
  return [
    svg("path", { d, fill: "none", stroke: line.color, "stroke-width": line.width, "stroke-dasharray": line.dashes.join(" ") || null, opacity: line.soft ? 0.3 : 0.85 }),
    line.arrow && !loop ? svg("path", { d: "M0 0L-9 4V-4Z", fill: line.color, transform: `translate(${tip.x.toFixed(1)} ${tip.y.toFixed(1)}) rotate(${angle.toFixed(1)})` }) : null,
    named && !line.soft ? svg("text", { x: ((a.x + b.x) / 4 + c.x / 2).toFixed(1), y: ((a.y + b.y) / 4 + c.y / 2 + 4).toFixed(1), "font-size": 11, "text-anchor": "middle", fill: line.color, stroke: theme().page, "stroke-width": 4, "paint-order": "stroke" }, clean(line.label)) : null,
  ].filter(Boolean);
}

function discSvg(node) {
  const around = 2 * Math.PI * (node.r - 2);
  let from = 0;
  return svg("g", { transform: `translate(${node.x.toFixed(1)} ${node.y.toFixed(1)}) rotate(-90)` },
    svg("circle", { r: node.r, fill: theme().paper }),
    node.shares.map(([color, share]) => {
      const arc = svg("circle", { r: node.r - 2, fill: "none", stroke: color, "stroke-width": 4, "stroke-dasharray": `${share * around} ${around}`, "stroke-dashoffset": -from });
      from += share * around;
      return arc;
    }));
}

function savePicture(kind) {
  const whole = PICTURES[state.view]?.();
  if (!whole) return;
  const source = new XMLSerializer().serializeToString(whole);
  const file = `policygraph-${state.view}.${kind}`;
  if (kind === "svg") return save(new Blob([source], { type: "image/svg+xml" }), file);
  const { width, height } = whole.viewBox.baseVal;
  const scale = Math.min(2, 8000 / Math.max(width, height));
  const image = new Image();
  image.addEventListener("load", () => {
    const canvas = h("canvas", { width: Math.round(width * scale), height: Math.round(height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(blob, file), "image/png");
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
  if (state.view === "stories") return Object.values(storyShown?.lanes ?? {}).flat();
  if (state.view === "matrix") return [...matrixModel().cells.values()].flat();
  if (state.view === "map") return all().filter((id) => [claims[id].s, claims[id].o].some((end) => entities[end].country));
  if (state.view === "speakers") return kept(claimsOf[speakersOn] ?? []);
  return all();
}

// what cannot be given as a picture offers none
function offer() {
  const yes = { graph: true, stories: Boolean($("view-stories").querySelector(".timeline")), matrix: true, map: Boolean($("view-map").querySelector(".atlas")) };
  for (const item of document.querySelectorAll("[data-save=png], [data-save=svg]")) item.disabled = !yes[state.view];
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

const saveTable = () => save(new Blob(["\ufeff", table(chosenClaims()), "\r\n"], { type: "text/csv;charset=utf-8" }), `policygraph-${state.view}.csv`);
