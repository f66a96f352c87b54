// The renderer for small graphs: vis-network, as pyvis ships it, with labels on every line.
const SMALLEST = 11; // pixels, of letters on the screen

function createVis(holder) {
  const nodes = new vis.DataSet(data.vis.nodes);
  const edges = new vis.DataSet(data.vis.edges);
  const network = new vis.Network(holder, { nodes, edges }, data.vis.options);
  let ids = [];
  const lineId = (id) => `line-${id}`;
  const room0 = { x: 0, y: 0 };

  network.on("click", ({ nodes: [node], edges: [edge], items = [] }) => {
    // where lines cross, the one whose label is under the pointer is meant
    const label = items.find((item) => item.edgeId && "labelId" in item);
    const line = label?.edgeId || edge;
    picked({ node: node === undefined ? null : { id: node }, line: line && { id: +line.slice(5) } }, { entities: true });
  });
  network.on("doubleClick", ({ nodes: [node] }) => node !== undefined && focusOn(node, 1));
  for (const [happening, cursor] of [["hoverNode", "pointer"], ["hoverEdge", "pointer"], ["blurNode", "default"], ["blurEdge", "default"]])
    network.on(happening, () => { holder.style.cursor = cursor; });

  let shown = { nodes: [], lines: [] };
  let look = { lit: null, selected: null };
  let drawnAt = 1; // the scale that the names were last chosen for
  let calmer = 0;

  function later() { // names are chosen anew when a zoom comes to rest
    clearTimeout(calmer);
    calmer = setTimeout(() => Math.abs(network.getScale() / drawnAt - 1) > 0.02 && paint(look), 80);
  }
  network.on("zoom", later);
  network.on("animationFinished", later);

  function names(scale) { // seen from afar, those that have room at a size that can be read
    const box = holder.getBoundingClientRect();
    return namesWithRoom(shown.nodes.map((node) => {
      const { x, y } = network.canvasToDOM(network.getPosition(node.id));
      const r = node.r * scale;
      return { id: node.id, weight: node.weight, must: look.lit?.nodes.has(node.id), box: boxOf(x, y + r, node.label, SMALLEST),
        body: { left: x - r * 0.6, right: x + r * 0.6, top: y - r * 0.6, bottom: y + r * 0.6 } };
    }), box.width, box.height);
  }

  function paint(next) {
    look = next;
    const colors = theme();
    const scale = drawnAt = network.getScale();
    const far = 13 * scale < SMALLEST - 0.5;
    const named = far ? names(scale) : null;
    const byId = new Map(shown.nodes.map((node) => [node.id, node]));
    nodes.update(data.vis.nodes.map((node) => {
      const own = byId.get(node.id);
      if (!own) return { id: node.id, hidden: true };
      const faded = look.lit && !look.lit.nodes.has(node.id);
      const chosen = node.id === look.selected?.entity;
      const edge = chosen ? colors.accent : state.pinned.has(node.id) ? colors.ink : mix(own.fill, colors.page, faded ? 0.6 : 0.35);
      return {
        id: node.id, hidden: false, label: !far || named.has(node.id) ? own.label.join("\n") : " ", borderWidth: chosen ? 4 : state.pinned.has(node.id) ? 3 : 1.5,
        color: { background: faded ? mix(own.fill, colors.page, 0.75) : own.fill, border: edge },
        font: { size: far ? SMALLEST / scale : node.font.size, color: faded ? mix(colors.page, colors.ink, 0.3) : colors.ink, face: FONT, strokeWidth: far ? 3 / scale : 4, strokeColor: colors.page, vadjust: -2 },
      };
    }));
    const drawn = new Map(shown.lines.map((line) => [line.id, line]));
    edges.update(data.vis.edges.map((edge, id) => {
      const line = drawn.get(id);
      if (!line) return { id: edge.id, hidden: true };
      const faded = look.lit && !look.lit.lines.has(id);
      const quiet = faded || (far && !look.lit); // words that nobody could read
      return {
        id: edge.id, hidden: false, label: line.label, width: line.width + (id === look.selected?.line ? 2 : 0),
        color: { color: line.color, hover: line.color, opacity: faded ? 0.14 : 0.9 },
        font: { size: far ? SMALLEST / scale : 12, face: FONT, strokeWidth: 0, background: quiet ? "rgba(0,0,0,0)" : colors.page,
          color: quiet ? "rgba(0,0,0,0)" : line.negated ? line.color : mix(line.color, colors.ink, 0.35) },
      };
    }));
  }

  const motion = () => (calm.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });

  return {
    element: holder.querySelector(".vis-network"),
    network,
    paint,
    show(scene_) {
      shown = scene_;
      ids = shown.nodes.map((node) => node.id);
    },
    fit(room = room0, animated = true) {
      if (!ids.length) return;
      network.fit({ nodes: ids, animation: false, maxZoomLevel: 1.15, minZoomLevel: narrow.matches ? 0.5 : 0.05 });
      if (room.x) network.moveTo({ offset: { x: -room.x / 2, y: 0 }, scale: network.getScale() * 0.85, animation: animated && motion() });
      paint(look);
    },
    zoom(factor) {
      network.moveTo({ scale: network.getScale() * factor, animation: motion() });
      later();
    },
    pan(dx, dy) {
      const { x, y } = network.getViewPosition();
      network.moveTo({ position: { x: x + dx / network.getScale(), y: y + dy / network.getScale() } });
    },
    reveal(wanted, room) {
      const box = holder.getBoundingClientRect();
      const places = Object.values(network.getPositions(wanted));
      const seen = places.every((place) => {
        const { x, y } = network.canvasToDOM(place);
        return x > 40 && y > 20 && x < box.width - room.x - 40 && y < box.height - room.y - 40;
      });
      const legible = network.getScale() >= 0.6;
      if (!places.length || (seen && legible)) return;
      const middle = (key) => places.reduce((sum, place) => sum + place[key], 0) / places.length;
      network.moveTo({
        position: { x: middle("x"), y: middle("y") }, offset: { x: -room.x / 2, y: -room.y / 2 },
        scale: legible ? network.getScale() : 0.9, animation: motion(),
      });
      later();
    },
    spotOf: (id) => network.canvasToDOM(network.getPosition(id)),
    spotOfLine: (id) => network.canvasToDOM(network.body.edges[lineId(id)].edgeType.getPoint(0.5)),
    places: () => new Map(ids.map((id) => { const { x, y } = network.getPosition(id); return [id, [x, y]]; })),
  };
}
