// Shows which words belong to which claim: where the mouse or the keyboard is, both light up.
"use strict";
(() => {
  const marks = [...document.querySelectorAll(".text mark")];
  const items = [...document.querySelectorAll("[data-claim]")];
  const numbers = (mark) => mark.dataset.claims.trim().split(" ");

  function choose(chosen) {
    for (const mark of marks) mark.classList.toggle("chosen", numbers(mark).some((n) => chosen.includes(n)));
    for (const item of items) item.classList.toggle("chosen", chosen.includes(item.dataset.claim));
  }

  for (const item of items) {
    for (const event of ["mouseenter", "focusin"]) item.addEventListener(event, () => choose([item.dataset.claim]));
    item.addEventListener("mouseleave", () => choose(arrived()));
  }
  for (const mark of marks) {
    mark.addEventListener("mouseenter", () => choose(numbers(mark)));
    mark.addEventListener("mouseleave", () => choose(arrived()));
    mark.addEventListener("click", (event) => {
      if (!event.target.closest("a")) document.getElementById("claim-" + numbers(mark)[0]).scrollIntoView({ block: "nearest" });
    });
  }

  // the claim that the address names, by its words or by its place in the list
  function arrived() {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return [];
    if (target.dataset.claim) return [target.dataset.claim];
    const item = items.find((one) => one.querySelector(`a[href="#${CSS.escape(target.id)}"]`));
    return item ? [item.dataset.claim] : [];
  }

  addEventListener("hashchange", () => choose(arrived()));
  choose(arrived());
})();
