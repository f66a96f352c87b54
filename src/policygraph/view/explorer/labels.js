// Which names have room in a picture: the heaviest first, none over another or over a heavier node.
const MOST_LABELS = 260;
const widths = new Map(); // of rows of text, in the font of names at 13 pixels
const measure = document.createElement("canvas").getContext("2d");

function widthOf(text_, pixels = 13) {
  if (!widths.has(text_)) {
    measure.font = `13px ${FONT}`;
    widths.set(text_, measure.measureText(text_).width);
  }
  return (widths.get(text_) * pixels) / 13;
}

const boxOf = (x, top, rows, pixels, high = pixels * 1.2) => {
  const half = Math.max(...rows.map((row_) => widthOf(row_, pixels))) / 2 + 2;
  return { left: x - half, right: x + half, top, bottom: top + rows.length * high };
};

// items: id, box of the label, weight, box of the node itself, and whether the label must be there
function namesWithRoom(items, width, height, atMost = MOST_LABELS) {
  const chosen = new Set();
  const taken = new Grid();
  const seen = items.filter(({ box }) => box.right > 0 && box.bottom > 0 && box.left < width && box.top < height);
  for (const item of seen.sort((a, b) => (b.must || 0) - (a.must || 0) || b.weight - a.weight)) {
    if (chosen.size >= atMost) break;
    if (!item.must && taken.meets(item.box)) continue;
    taken.add(item.box);
    if (item.body) taken.add(item.body);
    chosen.add(item.id);
  }
  return chosen;
}

class Grid { // boxes by the cells of a grid, to find quickly whether another meets one
  #cells = new Map();
  * #around({ left, right, top, bottom }) {
    for (let x = Math.floor(left / 80); x <= Math.floor(right / 80); x += 1)
      for (let y = Math.floor(top / 40); y <= Math.floor(bottom / 40); y += 1) yield `${x} ${y}`;
  }
  add(box) {
    for (const cell of this.#around(box)) (this.#cells.get(cell) || this.#cells.set(cell, []).get(cell)).push(box);
  }
  meets(box) {
    for (const cell of this.#around(box))
      for (const other of this.#cells.get(cell) || [])
        if (box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top) return true;
    return false;
  }
}
