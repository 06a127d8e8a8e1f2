"use strict";
(() => {
  const EVERY = 2000;
  const NAMES = ["numbers", "list", "more"];
  const part = (name) => document.getElementById(name);
  const words = part("by-text");
  const live = part("live");
  const state = part("state");
  const pause = part("pause");
  const form = part("filters");
  let paused = false;
  let drawn = Date.now();

  addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      words.focus();
    }
  });
  form.addEventListener("change", (event) => { if (event.target.tagName === "SELECT") form.requestSubmit(); });

  if (form.hasAttribute("data-fixed")) return;
  live.hidden = false;
  const say = (text, look) => {
    live.className = "live " + look;
    if (state.textContent !== text) state.textContent = text;
  };
  const seen = () => Number(part("list").dataset.seen);
  const inUse = () => {
    const chosen = getSelection();
    return chosen && !chosen.isCollapsed && NAMES.some((name) => part(name).contains(chosen.anchorNode));
  };

  const put = (text) => {
    const before = seen();
    // Our own server's answer, escaped there; the page's policy lets no script in it run.
    const made = document.createElement("template");
    made.innerHTML = text;
    NAMES.forEach((name) => swap(part(name), made.content.getElementById(name)));
    part("list").querySelectorAll("tr[data-number]").forEach((row) => {
      row.classList.toggle("fresh", Number(row.dataset.number) > before);
    });
    const held = part("held");
    held.textContent = part("list").dataset.held;
    held.classList.toggle("some", held.textContent !== "0");
  };
  const swap = (old, fresh) => {
    old.querySelectorAll("details[open]").forEach((one) => {
      const same = fresh.querySelector("#" + one.id);
      if (same) same.open = true;
    });
    const link = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    old.replaceWith(fresh);
    const again = link && Array.from(fresh.querySelectorAll("a")).find((one) => one.getAttribute("href") === link);
    if (again) again.focus({ preventScroll: true });
  };

  const look = async () => {
    if (paused || document.hidden || inUse()) return;
    const query = new URLSearchParams(location.search);
    // Once a minute in any case: what is shown grows older.
    if (Date.now() - drawn < 60000) query.set("seen", seen());
    const answer = await fetch("/console/events?" + query, { credentials: "same-origin", redirect: "error" });
    if (answer.status === 401 || answer.status === 403) {
      location.reload();
      return;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    if (answer.status === 200) {
      const text = await answer.text();
      if (paused || inUse()) return;
      put(text);
      drawn = Date.now();
    }
    say("live", "");
  };
  const turn = () => look().catch(() => say("no answer, trying again", "lost")).finally(() => setTimeout(turn, EVERY));

  pause.addEventListener("click", () => {
    paused = !paused;
    pause.setAttribute("aria-pressed", String(paused));
    pause.textContent = paused ? "Go on" : "Pause";
    say(paused ? "paused" : "live", paused ? "paused" : "");
  });
  say("live", "");
  setTimeout(turn, EVERY);
})();
