// Which claims pass the filters; every view shows these and no others.
const off = { types: new Set(), statuses: new Set(), predicates: new Set(), languages: new Set(), sources: new Set() };
const range = { confidence: 0, from: "", to: "" };
const publisher = (claim) => articles[claim.article].publisher || "";
const language = (claim) => articles[claim.article].lang || "";

function passes(claim) {
  return !off.predicates.has(claim.p) && !off.statuses.has(claim.status) &&
    !(claim.negated && off.statuses.has("negated")) &&
    !off.types.has(entities[claim.s].type) && !off.types.has(entities[claim.o].type) &&
    !off.languages.has(language(claim)) && !off.sources.has(publisher(claim)) &&
    !(claim.confidence < range.confidence) &&
    // a partial date such as 2020 or 2020-08 lies within a range that it begins in
    !(range.from && claim.when && claim.when < range.from.slice(0, claim.when.length)) &&
    !(range.to && claim.when && claim.when.slice(0, range.to.length) > range.to);
}

let passing = claims.map(passes);
const kept = (list) => list.filter((id) => passing[id]);
const all = () => kept(claims.map((_, id) => id));

function keptLines() { // with the number of their claims that pass
  const result = [];
  for (const line of lines) {
    if (state.hidden.has(line.source) || state.hidden.has(line.target)) continue;
    const own = line.claims.reduce((sum, id) => sum + (passing[id] ? 1 : 0), 0);
    if (own) result.push({ ...line, count: own });
  }
  return result;
}

const tally = (list, key) => {
  const result = new Map();
  for (const item of list) for (const value of [key(item)].flat()) result.set(value, (result.get(value) || 0) + 1);
  return result;
};
const most = (map) => [...map].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
const latestFirst = (a, b) => claims[b].when.localeCompare(claims[a].when) || a - b;
const earliestFirst = (a, b) => claims[a].when.localeCompare(claims[b].when) || a - b;
