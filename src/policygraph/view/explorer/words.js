// The reader's language: words, numbers, dates, names.
const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_, key) => values[key]);
const T = (key, values) => (values ? fill(data.words[state.lang][key], values) : data.words[state.lang][key]);
const locale = () => ({ en: "en-GB", fr: "fr-FR" })[state.lang];
const number = (value) => new Intl.NumberFormat(locale()).format(value);
const percent = (value) => new Intl.NumberFormat(locale(), { style: "percent" }).format(value);
const count = (value) => (value === 1 ? T("one_claim") : T("claims", { count: number(value) }));
const name = (id) => entities[id].names[state.lang];
const typeName = (type) => types[type].label[state.lang];
const statusName = (status) => statuses[status].label[state.lang];

function said(what) { // a line's or a claim's predicate in words
  const label = predicates[what.predicate ?? what.p].label[state.lang];
  return what.negated ? fill(data.negated[state.lang], { label }) : label;
}

function day(value, short = false) {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?$/.exec(value || "");
  if (!match) return value;
  const [, year, month, date] = match;
  const options = { timeZone: "UTC", year: "numeric" };
  if (month) options.month = short ? "short" : "long";
  if (date) options.day = "numeric";
  const time = Date.UTC(+year, (month || 1) - 1, date || 1);
  return Number.isNaN(time) ? value : new Intl.DateTimeFormat(locale(), options).format(time);
}

function money(value) {
  const match = /^(\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(value || "");
  if (!match) return value;
  const notation = +match[1] < 1e6 ? "standard" : "compact";
  const format = new Intl.NumberFormat(locale(), { notation, compactDisplay: "long", maximumFractionDigits: 2 });
  return `${format.format(+match[1])}\u00a0${match[2]}`;
}

const countryName = (code) => {
  try {
    return new Intl.DisplayNames(locale(), { type: "region" }).of(code.toUpperCase());
  } catch {
    return code;
  }
};

// control and direction marks would reorder what stands around them on the canvas
const clean = (value) => value.slice(0, 400).replace(/\s+/g, " ").replace(/\p{C}/gu, "").trim() || "?";

function wrap(value, width = 20, most = 3) {
  const result = [];
  for (const word of clean(value).split(" ")) {
    const last = result.at(-1);
    if (last !== undefined && last.length + word.length < width) result[result.length - 1] = `${last} ${word}`;
    else result.push(word.length > width ? `${word.slice(0, width - 1)}…` : word);
  }
  if (result.length > most) result[most - 1] += "…";
  return result.slice(0, most);
}

const fold = (value) => value.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const brief = (value, most = 60) => (clean(value).length > most ? `${clean(value).slice(0, most - 1)}…` : clean(value));
