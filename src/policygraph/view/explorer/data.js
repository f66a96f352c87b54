// What the page knows. Places in the lists are the ids: of entities, claims, lines, articles.
const $ = (id) => document.getElementById(id);
const read = (id) => JSON.parse($(id).textContent);
const data = read("data");
const { entities, articles, claims, types, statuses, predicates } = data;

let rows = null;
const text = (claim) => { // IRI, before, evidence, after: read when first wanted
  rows ??= read("texts");
  const [iri, before, evidence, after] = rows[claim];
  return { iri, before, evidence, after };
};

const claimsOf = entities.map(() => []);
claims.forEach((claim, id) => {
  claimsOf[claim.s].push(id);
  if (claim.o !== claim.s) claimsOf[claim.o].push(id);
  claim.when = claim.date || articles[claim.article].published || "";
  claim.negated ??= false;
});

const linesOf = entities.map(() => []);
const lineOf = [];
const lines = data.lines.map(([source, target, own], id) => {
  const { p: predicate, status, negated } = claims[own[0]];
  for (const claim of own) lineOf[claim] = id;
  linesOf[source].push(id);
  if (target !== source) linesOf[target].push(id);
  return { id, source, target, claims: own, predicate, status, negated };
});

const state = {
  view: "graph",
  lang: data.lang,
  selected: null, // { entity } or { line } or { list, title }
  mode: { kind: "all" }, // or summary, community, ego, path
  hidden: new Set(), // entities that the reader hid
  collapsed: new Set(), // entities whose own leaves are hidden
  extra: new Set(), // entities that the reader unfolded
  pinned: new Set(), // entities that stay in the picture whatever else is chosen
};
