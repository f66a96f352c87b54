// Building the page: article text reaches it through text nodes and attributes set by name only.
const darkPage = matchMedia("(prefers-color-scheme: dark)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const narrow = matchMedia("(max-width: 760px)");
const root = document.documentElement;
const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : darkPage.matches);
const pick = (look, key) => (isDark() ? look.dark : look[key]);
const theme = () => {
  const style = getComputedStyle(root);
  const names = ["page", "paper", "ink", "soft", "accent", "rule", "red", "against", "for", "review"];
  return Object.fromEntries(names.map((key) => [key, style.getPropertyValue(`--${key}`).trim()]));
};

function h(tag, attributes, ...children) {
  return finish(document.createElement(tag), attributes, children);
}

function svg(tag, attributes, ...children) {
  return finish(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function finish(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes || {})) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value !== null && value !== undefined && value !== false)
      element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const bdi = (value) => h("bdi", null, value);
const button = (label, click, attributes) => h("button", { type: "button", class: "plain", click, ...attributes }, label);
const isWeb = (address) => /^https?:\/\/[^/]/i.test(address || "");
const link = (href, label) =>
  isWeb(href) ? h("a", { href, target: "_blank", rel: "noopener noreferrer" }, label) : h("span", null, label);

function mix(hex, other, part) {
  const parse = (value) => [1, 3, 5].map((at) => parseInt(value.slice(at, at + 2), 16));
  const [a, b] = [parse(hex), parse(other)];
  return `rgb(${a.map((value, index) => Math.round(value + (b[index] - value) * part)).join(",")})`;
}

const SHAPES = { // in a square of side 2 around the origin
  square: "M-.8-.8H.8V.8H-.8Z",
  diamond: "M0-1L1 0L0 1L-1 0Z",
  triangle: "M0-.95L1 .8H-1Z",
  triangleDown: "M0 .95L1-.8H-1Z",
  hexagon: "M1 0L.5.87H-.5L-1 0L-.5-.87H.5Z",
  star: "M0-1L.29-.4L.95-.31L.47.15L.59.81L0 .5L-.59.81L-.47.15L-.95-.31L-.29-.4Z",
  dot: "M-.9 0A.9.9 0 1 0 .9 0A.9.9 0 1 0-.9 0Z",
};

function shapeIcon(type) {
  const look = types[type];
  return svg("svg", { width: 16, height: 16, viewBox: "-1.2 -1.2 2.4 2.4", "aria-hidden": "true" },
    svg("path", { d: SHAPES[look.shape], fill: pick(look, "fill"), "data-type": type }));
}

const lineColor = (what) => pick(statuses[what.negated ? "negated" : what.status], "line");

function lineIcon(what) {
  const color = lineColor(what);
  return svg("svg", { width: 34, height: 12, viewBox: "0 0 34 12", "aria-hidden": "true" },
    svg("path", {
      d: "M0 6H26", fill: "none", stroke: color, "stroke-width": 2,
      "stroke-dasharray": statuses[what.status].dashes.map((length) => length * 0.75).join(" "),
    }),
    svg("path", { d: "M26 2L34 6L26 10Z", fill: color }));
}

const nameButton = (id) =>
  h("button", { type: "button", class: "link", click: () => select({ entity: id }, { focus: true }) }, bdi(name(id)));
