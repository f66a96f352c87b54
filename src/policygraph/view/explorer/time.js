// The time slider: a bar for each month or year, and two handles.
const bins = (() => {
  const dated = claims.map((claim) => claim.when).filter((when) => /^\d{4}/.test(when));
  const years_ = [...new Set(dated.map((when) => when.slice(0, 4)))].sort();
  if (!years_.length) return [];
  const [first, last] = [+years_[0], +years_.at(-1)];
  const result = [];
  const monthly = last - first < 8;
  for (let year = Math.max(first, last - 150); year <= last; year += 1)
    if (!monthly) result.push(String(year));
    else for (let month = 1; month <= 12; month += 1) result.push(`${year}-${String(month).padStart(2, "0")}`);
  const counts = tally(dated, (when) => when.slice(0, monthly && when.length > 4 ? 7 : 4));
  if (monthly) for (const year of years_) counts.set(`${year}-01`, (counts.get(`${year}-01`) || 0) + (counts.get(year) || 0));
  while (result.length > 2 && !counts.get(result[0])) result.shift();
  while (result.length > 2 && !counts.get(result.at(-1))) result.pop();
  return result.map((bin) => [bin, counts.get(bin) || 0]);
})();

function fillTime() {
  $("time").hidden = bins.length < 2;
  if (bins.length < 2) return;
  const top = Math.max(...bins.map(([, total]) => total));
  const bars = svg("svg", { viewBox: `0 0 ${bins.length} 24`, preserveAspectRatio: "none", "aria-hidden": "true" },
    bins.map(([, total], at) => svg("rect", { x: at + 0.08, width: 0.84, y: 24 - (23 * Math.sqrt(total)) / Math.sqrt(top), height: (23 * Math.sqrt(total)) / Math.sqrt(top) })));
  const limits = [0, bins.length - 1];
  const inputs = ["time_from", "time_to"].map((key, side) => h("input", {
    type: "range", min: 0, max: bins.length - 1, step: 1, value: limits[side], id: key, "aria-label": T(key), "aria-valuetext": day(bins[limits[side]][0]),
    input: (event) => {
      limits[side] = side ? Math.max(+event.target.value, limits[0]) : Math.min(+event.target.value, limits[1]);
      event.target.value = limits[side];
      event.target.setAttribute("aria-valuetext", day(bins[limits[side]][0]));
      range.from = limits[0] === 0 ? "" : bins[limits[0]][0];
      range.to = limits[1] === bins.length - 1 ? "" : bins[limits[1]][0];
      showRange();
      soon();
    },
  }));
  const label = h("output", { for: "time_from time_to" });
  function showRange() {
    label.textContent = `${day(bins[limits[0]][0], true)} – ${day(bins[limits[1]][0], true)}`;
    [...bars.children].forEach((bar, at) => bar.classList.toggle("out", at < limits[0] || at > limits[1]));
  }
  if (range.from) limits[0] = Math.max(0, bins.findIndex(([bin]) => bin === range.from));
  if (range.to) limits[1] = Math.max(0, bins.findIndex(([bin]) => bin === range.to));
  inputs.forEach((input, side) => { input.value = limits[side]; });
  showRange();
  $("time").replaceChildren(h("span", { class: "label", title: T("time_note") }, T("time")), h("div", { class: "slider" }, bars, inputs), label);
}
