// The page at "/": named queries with their parameters, YASQE as the editor, answers as a table.
"use strict";
(() => {
  const { lang, ids, prefixes, terms, words, queries } = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const ROWS = 1000; // more would make the page slow
  const TABLES = { CSV: "text/csv", TSV: "text/tab-separated-values", JSON: "application/sparql-results+json", XML: "application/sparql-results+xml" };
  const GRAPHS = { Turtle: "text/turtle", "JSON-LD": "application/ld+json", "N-Triples": "application/n-triples", "RDF/XML": "application/rdf+xml" };
  let running = null;

  // the editor -----------------------------------------------------------------------------

  Yasqe.registerAutocompleter({
    name: "vocabulary",
    bulk: false,
    autoShow: true,
    isValidCompletionPosition: (yasqe) => {
      const token = yasqe.getCompleteToken();
      return /^[a-z]\w*(:\w*)?$/i.test(token.string) && !/string|comment/.test(token.type || "");
    },
    get: (_, token) => {
      const typed = token.string.toLowerCase();
      const wanted = typed.replace(/^pg:/, "");
      return Object.keys(terms).filter((name) =>
        name.toLowerCase().startsWith(typed) ||
        (wanted && (name.toLowerCase().includes(wanted) || terms[name].toLowerCase().includes(wanted))));
    },
  });
  byId("query").hidden = true;
  const yasqe = new Yasqe(byId("editor"), {
    value: "",
    persistenceId: null,
    showQueryButton: false,
    resizeable: true,
    createShareableLink: null,
    autocompleters: ["variables", "vocabulary"],
    extraKeys: { "Ctrl-Enter": run, "Cmd-Enter": run, Esc: () => byId("ask").focus() },
  });
  yasqe.getInputField().setAttribute("aria-labelledby", "query-label");
  yasqe.getInputField().setAttribute("aria-describedby", "editor-help");

  // named queries --------------------------------------------------------------------------

  function setParam(name, value) {
    const literal = '"' + value.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/[\n\r]/g, " ") + '"';
    const text = '"(?:[^"\\\\]|\\\\.)*"', variable = "\\?" + name + "\\b";
    const spot = new RegExp("VALUES\\s+" + variable + "\\s*\\{\\s*(?:UNDEF|<[^<>]*>|" + text + ")\\s*\\}" +
      "|\\{ SELECT DISTINCT " + variable + " \\{[^{}]*LCASE\\(" + text + "\\)\\) \\} \\}");
    yasqe.setValue(yasqe.getValue().replace(spot, (found) => {
      if (/^VALUES[^{]*\{\s*"/.test(found)) return "VALUES ?" + name + " { " + literal + " }";
      if (!value.trim()) return "VALUES ?" + name + " { UNDEF }";
      if (/^https?:[^<>"{}|\\^`\s]+$/.test(value)) return "VALUES ?" + name + " { <" + value + "> }";
      // a name: the entities that are so called
      return "{ SELECT DISTINCT ?" + name + " { ?" + name + " rdfs:label|skos:altLabel ?named " +
        "FILTER(LCASE(STR(?named)) = LCASE(" + literal + ")) } }";
    }));
  }

  function choose(name, values) {
    const query = queries.find((q) => q.name === name);
    byId("params").replaceChildren();
    if (!query) return;
    yasqe.setValue(query.text);
    for (const [param, usual] of Object.entries(query.params)) {
      const label = document.createElement("label"), input = document.createElement("input");
      input.name = param;
      input.value = values.get(param) ?? (param === "lang" ? lang : usual);
      input.addEventListener("input", () => setParam(param, input.value));
      label.append(param + " ", input);
      byId("params").append(label);
      setParam(param, input.value);
    }
  }

  function address() {
    const params = new URLSearchParams();
    const query = queries.find((q) => q.name === byId("named").value);
    const chosen = new URLSearchParams(location.search).get("lang");
    const inputs = [...byId("params").querySelectorAll("input")];
    if (query && filled(query, inputs) === yasqe.getValue()) {
      params.set("name", query.name);
      for (const input of inputs) if (input.name !== "lang" && input.value !== query.params[input.name]) params.set(input.name, input.value);
    } else params.set("query", yasqe.getValue());
    if (chosen) params.set("lang", chosen);
    return "/?" + params;
  }

  function filled(query, inputs) {
    const kept = yasqe.getValue();
    yasqe.setValue(query.text);
    for (const input of inputs) setParam(input.name, input.value);
    const text = yasqe.getValue();
    if (text !== kept) yasqe.setValue(kept);
    return text;
  }

  // asking ---------------------------------------------------------------------------------

  function ask(accept) {
    running = new AbortController();
    return fetch("/sparql", { method: "POST", body: yasqe.getValue(), signal: running.signal,
      headers: { "Content-Type": "application/sparql-query", Accept: accept } });
  }

  async function run() {
    if (running) running.abort();
    byId("stop").hidden = false;
    byId("message").textContent = words.asking;
    byId("downloads").hidden = true;
    history.replaceState(null, "", address());
    byId("link").href = address();
    byId("link").hidden = false;
    let message = "";
    try {
      const answer = await ask("application/sparql-results+json, text/turtle;q=0.9");
      const text = await answer.text();
      if (!answer.ok) fail(text);
      else if (answer.headers.get("Content-Type").startsWith("text/turtle")) {
        const node = document.createElement("pre");
        node.textContent = text;
        byId("result").replaceChildren(node);
        offer(GRAPHS);
      } else message = show(JSON.parse(text));
    } catch (error) { if (error.name !== "AbortError") fail(words.unreachable); }
    running = null;
    byId("message").textContent = message;
    byId("stop").hidden = true;
  }

  function fail(text) {
    const node = document.createElement("p");
    node.className = "error";
    node.textContent = text;
    byId("result").replaceChildren(node);
  }

  function offer(formats) {
    byId("downloads").hidden = false;
    byId("downloads").querySelector("span").replaceChildren(...Object.entries(formats).map(([name, type]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      button.addEventListener("click", () => download(type, name.toLowerCase()));
      return button;
    }));
  }

  async function download(type, suffix) {
    const answer = await ask(type);
    running = null;
    if (!answer.ok) { fail(await answer.text()); return; }
    const link = document.createElement("a");
    const endings = { turtle: "ttl", "json-ld": "jsonld", "n-triples": "nt", "rdf/xml": "rdf" };
    link.href = URL.createObjectURL(await answer.blob());
    link.download = (byId("named").value || "policygraph") + "." + (endings[suffix] || suffix);
    link.click();
    URL.revokeObjectURL(link.href);
  }

  // answers --------------------------------------------------------------------------------

  function show(data) {
    if ("boolean" in data) { byId("result").replaceChildren(); return data.boolean ? words.yes : words.no; }
    const all = data.results.bindings;
    byId("result").replaceChildren(table(data.head.vars, all));
    offer(TABLES);
    const one = all.length === 1 || (lang === "fr" && all.length === 0);
    const count = (one ? words.answers_one : words.answers_many).replace("{n}", all.length.toLocaleString(lang));
    return all.length > ROWS ? count + ". " + words.shortened.replace("{n}", ROWS.toLocaleString(lang)) : count;
  }

  function table(names, all) {
    const node = document.createElement("table"), head = node.createTHead().insertRow(), body = node.createTBody();
    const fill = (rows) => body.replaceChildren(...rows.slice(0, ROWS).map((row) => {
      const line = document.createElement("tr");
      line.append(...names.map((name) => cell(row[name])));
      return line;
    }));
    for (const name of names) {
      const column = document.createElement("th"), button = document.createElement("button");
      column.scope = "col";
      button.type = "button";
      button.textContent = name.replace(/_/g, " ");
      button.addEventListener("click", () => {
        const down = column.getAttribute("aria-sort") === "ascending";
        for (const other of head.cells) other.removeAttribute("aria-sort");
        column.setAttribute("aria-sort", down ? "descending" : "ascending");
        fill([...all].sort((a, b) => (down ? -1 : 1) * compare(a[name], b[name])));
      });
      column.append(button);
      head.append(column);
    }
    fill(all);
    return node;
  }

  function compare(a, b) {
    const left = a ? a.value : "", right = b ? b.value : "";
    return left.localeCompare(right, lang, { numeric: true });
  }

  function cell(term) {
    const node = document.createElement("td");
    if (!term) return node;
    if (term.type !== "uri") {
      const text = document.createElement("bdi");
      text.textContent = term.value;
      if (term["xml:lang"]) text.lang = term["xml:lang"];
      node.append(text);
      return node;
    }
    const link = document.createElement("a");
    link.textContent = short(term.value);
    link.title = term.value;
    if (term.value.startsWith(ids)) {
      const path = term.value.slice(ids.length);
      link.href = path.includes("#") ? "/resource?iri=" + encodeURIComponent(term.value) : "/id/" + path + ".html";
    } else if (/^https?:/i.test(term.value)) {
      link.href = term.value;
      link.rel = "noreferrer noopener external";
    }
    node.append(link);
    return node;
  }

  function short(iri) {
    if (iri.startsWith(ids)) return iri.slice(ids.length);
    for (const [prefix, start] of Object.entries(prefixes))
      if (iri.startsWith(start) && /^[\w-]+$/.test(iri.slice(start.length))) return prefix + ":" + iri.slice(start.length);
    return iri;
  }

  // the start ------------------------------------------------------------------------------

  const named = byId("named"), params = new URLSearchParams(location.search);
  named.replaceChildren(...queries.map((q) => new Option(q.question, q.name)), new Option(words.own_query, ""));
  named.closest("p").hidden = false;
  named.addEventListener("change", () => choose(named.value, new URLSearchParams()));
  byId("form").addEventListener("submit", (event) => { event.preventDefault(); run(); });
  byId("stop").addEventListener("click", () => running && running.abort());
  if (params.has("query")) {
    named.value = "";
    yasqe.setValue(params.get("query"));
  } else {
    named.value = queries.some((q) => q.name === params.get("name")) ? params.get("name") : queries[0].name;
    choose(named.value, params);
  }
  if (params.has("query") || params.has("name")) run();
})();
