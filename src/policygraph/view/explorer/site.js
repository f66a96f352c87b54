// Shown by policygraph serve: ways to the pages about things, and to maps of what is not here.
const site = data.site || null;

function inLanguage(path) { // the server's pages speak the reader's language
  const [address, fragment] = path.split("#");
  return `${address}${address.includes("?") ? "&" : "?"}lang=${state.lang}${fragment ? `#${fragment}` : ""}`;
}

function pageOf(iri, fragment = "") { // the server's page about a thing
  const own = iri.startsWith(site.ids) && !/[?#]/.test(iri);
  return inLanguage((own ? `/id/${iri.slice(site.ids.length)}.html` : `/resource?iri=${encodeURIComponent(iri)}`) + fragment);
}

const mapOf = (iri, depth = 1) => inLanguage(`/explore?entity=${encodeURIComponent(iri)}&depth=${depth}`);
const within = (href, label, attributes) => h("a", { href, ...attributes }, label);
const hashOf = (iri) => iri.slice(iri.lastIndexOf("/") + 1);

// a page that shows a part knows the surroundings of its centres only
const holds = (id, depth) => !site?.part || (site.part === "entity" && site.centres.includes(entities[id].iri) && depth <= site.depth);
const wholeGraph = () => within(inLanguage("/explore"), T("whole", { count: number(site.claims) }), { class: "plain", id: "whole" });
