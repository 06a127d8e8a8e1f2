"use strict";
(() => {
  const form = document.getElementById("filters");
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const cards = all("article.card[data-client]");
  const texts = new Map();

  const folds = () => all("article.card > details");
  const saved = new Map();
  all("details[data-quiet]").forEach((one) => { one.open = false; });
  addEventListener("beforeprint", () => folds().forEach((one) => { saved.set(one, one.open); one.open = true; }));
  addEventListener("afterprint", () => saved.forEach((open, one) => { one.open = open; }));

  const text = (card) => {
    if (!texts.has(card)) texts.set(card, card.textContent.toLowerCase());
    return texts.get(card);
  };

  if (form) {
    const [words, client, status, severity] = ["text", "client", "status", "severity"].map((name) => document.getElementById("by-" + name));
    const shown = document.getElementById("shown");
    const rows = new Map(all("tr[data-card]").map((row) => [row.dataset.card, row]));
    const apply = () => {
      const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
      const least = Number(severity.value);
      let count = 0;
      cards.forEach((card) => {
        const fits = (!client.value || card.dataset.client === client.value)
          && (!status.value || card.dataset.status === status.value)
          && Number(card.dataset.severity) >= least
          && wanted.every((word) => text(card).includes(word));
        card.hidden = !fits;
        rows.get(card.id).hidden = !fits;
        count += fits;
        all("li.finding", card).forEach((one) => { one.hidden = Number(one.dataset.severity) < least; });
      });
      shown.textContent = count + " of " + cards.length + " servers";
    };
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", apply);
    form.addEventListener("reset", () => setTimeout(apply));
    const fold = document.getElementById("fold");
    fold.addEventListener("click", () => {
      const open = fold.textContent !== "Fold all";
      folds().forEach((one) => { one.open = open; });
      fold.textContent = open ? "Fold all" : "Unfold all";
    });
    addEventListener("keydown", (event) => {
      if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
        event.preventDefault();
        words.focus();
      }
    });
    apply();
  }

  const target = () => {
    const card = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (card) all("details", card).forEach((one) => { one.open = true; });
  };
  addEventListener("hashchange", target);
  target();

  all(".graph").forEach((graph) => {
    const pick = (number) => {
      graph.classList.toggle("picked", number !== null);
      all(".edge", graph).forEach((edge) => edge.classList.toggle("on", edge.dataset.ways.split(" ").includes(number)));
    };
    all(".way", graph).forEach((way) => {
      ["mouseenter", "focus"].forEach((name) => way.addEventListener(name, () => pick(way.dataset.way)));
      ["mouseleave", "blur"].forEach((name) => way.addEventListener(name, () => pick(null)));
    });
  });
})();
