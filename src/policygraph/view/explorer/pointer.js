// What a pointer does to a canvas: pick what is under it, drag it, move and zoom the picture.
function followPointer(canvas, board) {
  function hit({ x, y }) {
    let best = null;
    for (const node of board.shown.nodes) {
      const spot = board.toScreen(node);
      const away = Math.hypot(spot.x - x, spot.y - y) - board.size(node);
      if (away < 6 && (!best || away < best.away)) best = { away, node };
    }
    if (best) return { node: best.node };
    let near = null;
    for (const line of board.shown.lines) {
      const a = board.toScreen(board.at(line.source));
      const b = board.toScreen(board.at(line.target));
      if (Math.min(a.x, b.x) - 30 > x || Math.max(a.x, b.x) + 30 < x || Math.min(a.y, b.y) - 30 > y || Math.max(a.y, b.y) + 30 < y) continue;
      const c = board.toScreen(board.middle(line).control);
      for (let step = 0; step <= 24; step += 1) {
        const t = step / 24;
        const px = (1 - t) * (1 - t) * a.x + 2 * t * (1 - t) * c.x + t * t * b.x;
        const py = (1 - t) * (1 - t) * a.y + 2 * t * (1 - t) * c.y + t * t * b.y;
        const away = Math.hypot(px - x, py - y);
        if (away < 9 && (!near || away < near.away)) near = { away, line };
      }
    }
    return near ? { line: near.line } : {};
  }

  const spot = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const fingers = new Map();
  let drag = null;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, spot(event));
    drag = { start: spot(event), last: spot(event), node: hit(spot(event)).node, far: false };
  });
  canvas.addEventListener("pointermove", (event) => {
    const here = spot(event);
    if (fingers.size === 2 && fingers.has(event.pointerId)) {
      const [other] = [...fingers].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
      const was = fingers.get(event.pointerId);
      board.zoom(Math.hypot(here.x - other.x, here.y - other.y) / (Math.hypot(was.x - other.x, was.y - other.y) || 1), other);
      fingers.set(event.pointerId, here);
      return;
    }
    if (!drag) {
      const over = hit(here);
      canvas.title = over.node?.title || "";
      canvas.style.cursor = over.node || over.line ? "pointer" : "grab";
      return;
    }
    fingers.set(event.pointerId, here);
    if (!drag.far && Math.hypot(here.x - drag.start.x, here.y - drag.start.y) < 4) return;
    drag.far = true;
    const [dx, dy] = [(here.x - drag.last.x) / board.camera.scale, (here.y - drag.last.y) / board.camera.scale];
    drag.last = here;
    if (drag.node) {
      drag.node.x += dx;
      drag.node.y += dy;
      board.moved.set(`${board.shown.entities} ${drag.node.id}`, [drag.node.x, drag.node.y]);
    } else {
      board.camera.x -= dx;
      board.camera.y -= dy;
    }
    board.rest();
    board.redraw();
  });
  const lift = (event) => {
    fingers.delete(event.pointerId);
    const was = drag;
    drag = null;
    if (was && !was.far && event.type === "pointerup") picked(hit(spot(event)), board.shown);
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    board.zoom(Math.exp(-event.deltaY * 0.0016), spot(event));
  }, { passive: false });
  canvas.addEventListener("dblclick", (event) => {
    const { node } = hit(spot(event));
    if (node && board.shown.entities) focusOn(node.id, 1);
  });
}
