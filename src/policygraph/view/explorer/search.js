// Search with suggestions: names and quotations, whatever their accents and capitals.
let index = null;
let askedFrom = null; // the entity that a path is to begin at, while the reader chooses its end

function makeIndex() {
  index = [
    ...entities.map((entity, id) => ({ entity: id, text: fold([...Object.values(entity.names), ...(entity.also || [])].join("\n").slice(0, 2000)), weight: claimsOf[id].length })),
    ...claims.map((claim, id) => ({ claim: id, text: fold(`${text(id).evidence}\n${articles[claim.article].title || ""}`), weight: 0 })),
  ];
}

function find(wanted) {
  if (!index) makeIndex();
  const parts = fold(wanted).split(/\s+/).filter(Boolean);
  const hits = parts.length ? index.filter((item) => parts.every((part) => item.text.includes(part))) : [];
  const starts = (item) => (item.text.startsWith(parts[0]) ? 1 : 0);
  const top = (kind, limit) => hits.filter((item) => item[kind] !== undefined)
    .sort((a, b) => starts(b) - starts(a) || b.weight - a.weight || (a.text < b.text ? -1 : 1)).slice(0, limit);
  return [top("entity", 8), askedFrom === null ? top("claim", 6) : []];
}

function option(item) {
  const id = item.entity ?? item.claim;
  const content = item.entity !== undefined
    ? [shapeIcon(entities[id].type), h("span", { class: "text" }, bdi(name(id))), h("span", { class: "count" }, number(claimsOf[id].length))]
    : [lineIcon(claims[id]), h("span", { class: "text", dir: "auto" }, text(id).evidence)];
  return h("div", { role: "option", "aria-selected": "false", mousedown: (event) => event.preventDefault(), click: () => choose(item) }, content);
}

const options = () => [...$("results").querySelectorAll("[role=option]")];

function suggest() {
  const [names, quotes] = find($("query").value);
  const heading = (words) => h("p", { role: "presentation" }, words);
  $("results").replaceChildren(
    ...(names.length ? [heading(T("entities_found")), ...names.map(option)] : []),
    ...(quotes.length ? [heading(T("claims_found")), ...quotes.map(option)] : []),
    ...(names.length || quotes.length ? [] : [heading(T("no_match"))]),
    ...(site ? [h("p", { role: "presentation" }, within(inLanguage(`/entities?q=${encodeURIComponent($("query").value)}`), T("elsewhere"), { mousedown: (event) => event.preventDefault() }))] : []));
  options().forEach((element, position) => { element.id = `option-${position}`; });
  openResults($("query").value.trim() !== "");
  if (options().length) mark(0);
}

function openResults(yes) {
  $("results").hidden = !yes;
  $("query").setAttribute("aria-expanded", String(yes));
  if (!yes) $("query").removeAttribute("aria-activedescendant");
}

function mark(position) {
  const list = options();
  const here = (position + list.length) % list.length;
  list.forEach((element, place) => element.setAttribute("aria-selected", String(place === here)));
  list[here].scrollIntoView({ block: "nearest" });
  $("query").setAttribute("aria-activedescendant", list[here].id);
}

function choose(item) {
  const from = askedFrom;
  endSearch();
  if (from !== null && item.entity !== undefined) findPath(from, item.entity);
  else if (item.entity !== undefined) select({ entity: item.entity }, { focus: true });
  else select({ line: lineOf[item.claim] }, { focus: true });
}

function endSearch() {
  openResults(false);
  askedFrom = null;
  $("query").value = "";
  $("query").placeholder = T("search_hint");
}

function askPath(id) {
  askedFrom = id;
  $("query").placeholder = T("path_hint", { name: brief(name(id), 30) });
  $("query").focus();
}

function startSearch() {
  const query = $("query");
  query.addEventListener("input", suggest);
  query.addEventListener("focus", () => query.value.trim() && suggest());
  query.addEventListener("blur", endSearch);
  query.addEventListener("keydown", (event) => {
    const list = options();
    const here = list.findIndex((element) => element.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" && list.length) mark(here + 1);
    else if (event.key === "ArrowUp" && list.length) mark(here - 1);
    else if (event.key === "Enter" && here >= 0 && !$("results").hidden) list[here].click();
    else if (event.key === "Escape") endSearch();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
