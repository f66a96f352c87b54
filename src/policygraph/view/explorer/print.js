// On paper: the graph as a drawing that stays sharp, in light colours, with what it leaves out.
function layOutForPrint() {
  const chosen = root.dataset.theme;
  root.dataset.theme = "light";
  root.style.setProperty("--page", "#ffffff");
  const drawing = state.view === "graph" ? graphSvg(scene()) : null;
  const legend = Object.keys(types).map((type) => h("span", null, shapeIcon(type), typeName(type)));
  root.style.removeProperty("--page");
  root.dataset.theme = chosen ?? "";
  if (!chosen) delete root.dataset.theme;
  if (drawing) drawing.setAttribute("role", "img");
  const left = notes().slice(0, -1); // without the keys
  $("paper").replaceChildren(
    h("p", { class: "paper-head" }, h("strong", null, $("title").textContent), " · ", $("shown").textContent, $("strip").hidden || state.view !== "graph" ? null : [" · ", $("strip").querySelector("span")?.textContent]),
    ...(drawing ? [drawing, h("p", { class: "legend" }, legend)] : []),
    ...left.map((note) => h("p", { class: "note" }, note)));
}
