/* What the browser adds to pages that work without it: menus that close, dropped files, copied text, waiting buttons. */
"use strict";
(() => {
  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details.menu-closes[open]")) if (menu !== except) menu.open = false;
  };
  document.addEventListener("click", (event) => {
    closeMenus(event.target.closest("details.menu-closes"));
    const copy = event.target.closest("[data-copy]");
    if (copy) navigator.clipboard.writeText(copy.dataset.copy);
    const print = event.target.closest("[data-print]");
    if (print) window.print();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.menu-closes[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const asked = `sent ${event.submitter?.name ?? ""} ${event.submitter?.value ?? ""}`;
    if (form.dataset.sent === asked) return event.preventDefault(); // a double click sends once, another button is heard
    if (form.method === "post" && !form.hasAttribute("hx-post")) {
      form.dataset.sent = asked;
      setTimeout(() => delete form.dataset.sent, 4000);
    }
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
  const prepare = (root) => {
    for (const button of root.querySelectorAll("[data-copy][hidden], [data-print][hidden]")) button.hidden = false;
    for (const drop of root.querySelectorAll("[data-drop]:not([data-ready])")) {
      drop.dataset.ready = "1";
      const input = drop.querySelector("input[type=file]");
      const chosen = drop.querySelector("[data-chosen]");
      input.addEventListener("change", () => { chosen.textContent = [...input.files].map((file) => file.name).join(", "); });
      for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, () => drop.classList.add("over"));
      for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
    }
    for (const select of root.querySelectorAll("[data-submits]:not([data-ready])")) {
      select.dataset.ready = "1";
      select.addEventListener("change", () => select.form.requestSubmit());
    }
    for (const range of root.querySelectorAll("input[type=range][data-shows]:not([data-ready])")) {
      range.dataset.ready = "1";
      const shown = document.getElementById(range.dataset.shows);
      range.addEventListener("input", () => { shown.value = range.value; });
    }
  };
  // A passkey belongs to a name; an address in numbers has none.
  if (window.PublicKeyCredential && !/^[\d.]+$|:/.test(location.hostname)) for (const part of document.querySelectorAll("[data-needs-passkey]")) part.hidden = false;
  prepare(document);
  document.addEventListener("htmx:after:swap", () => prepare(document));
})();
