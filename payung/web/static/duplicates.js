/* Tinjau kembar with the keyboard alone, and drafts that are kept while somebody writes. */
"use strict";
(() => {
  const form = document.querySelector("[data-decision]");
  const here = document.querySelector(".pair-list [aria-current]");
  if (here) here.scrollIntoView({ block: "nearest" });
  const help = document.querySelector("[data-keys]");
  const wanted = document.querySelector("[data-keys-on]");
  const KEPT = "payung-pintasan-kembar";
  if (help) {
    help.hidden = false;
    wanted.checked = localStorage.getItem(KEPT) !== "tidak";
    wanted.addEventListener("change", () => localStorage.setItem(KEPT, wanted.checked ? "ya" : "tidak"));
  }
  const go = (step) => {
    const links = [...document.querySelectorAll(".pair-list li a")];
    const next = links[links.findIndex((link) => link.hasAttribute("aria-current")) + step];
    if (next) next.click();
  };
  const writes = (target) => target.closest("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || (wanted && !wanted.checked)) return;
    if (event.key === "Escape" && form && form.contains(event.target)) return event.target.blur();
    if (writes(event.target)) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      return go(event.key === "ArrowDown" ? 1 : -1);
    }
    const answers = form ? form.querySelectorAll("[name=answer]") : [];
    const chosen = answers[["1", "2", "3"].indexOf(event.key)];
    if (!chosen) return;
    event.preventDefault();
    chosen.checked = true;
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
    form.querySelector("[name=reason]").focus();
  });
  if (!form) return;
  const state = form.querySelector("[data-draft-state]");
  const said = () => `${form.answer.value} ${form.reason.value}`;
  let kept = said();
  let waiting = 0;
  const keep = async () => {
    clearTimeout(waiting);
    const now = said();
    if (now === kept || form.dataset.sent) return;
    kept = now;
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST", body: new FormData(form), keepalive: true, headers: { "X-Requested-With": "fetch" },
      });
      if (!answer.ok) throw new Error(answer.status);
      state.textContent = form.dataset.saved;
    } catch {
      kept = null;
      state.textContent = form.dataset.unsaved;
    }
  };
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(keep, 900); });
  form.addEventListener("change", (event) => { if (event.target.type === "radio") keep(); });
  form.addEventListener("submit", () => clearTimeout(waiting));
  window.addEventListener("pagehide", keep);
})();
