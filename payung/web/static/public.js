/* What the browser adds to the public pages: the code of a scanned slip, and a slider beside the sum. */
"use strict";
(() => {
  const code = document.querySelector("[data-from-address]");
  const takeCode = () => {
    if (!code || location.hash.length < 2) return;
    try { code.value = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    history.replaceState(null, "", location.pathname + location.search); // it does not stay in the address
    code.form.querySelector("button[type=submit]").focus();
  };
  takeCode();
  window.addEventListener("hashchange", takeCode);

  const slider = document.querySelector("[data-slider]");
  const sum = document.querySelector("[data-sum]");
  if (!slider || !sum) return;
  const range = slider.querySelector("input");
  const written = () => Number(sum.value.replace(/\D/g, ""));
  slider.hidden = false;
  range.value = written();
  range.setAttribute("aria-valuetext", sum.value);
  range.addEventListener("input", () => {
    sum.value = Number(range.value).toLocaleString("id-ID");
    range.setAttribute("aria-valuetext", `Rp${sum.value}`);
  });
  sum.addEventListener("input", () => { range.value = written(); });
})();
