// Comfort only: every page works without this file.
(() => {
  "use strict";
  // On a phone the rail and the tabs are strips: the place one is at comes into view.
  document.querySelectorAll(".rail [aria-current], .tabs [aria-current]").forEach((link) => link.scrollIntoView({ block: "nearest", inline: "center" }));
  document.addEventListener("keydown", (event) => {
    const typing = /^(input|textarea|select)$/i.test(event.target.tagName);
    if (event.key === "/" && !typing) {
      const box = document.querySelector("[data-search]") || document.querySelector("[data-search-all]");
      if (box) { event.preventDefault(); box.focus(); box.select(); }
    }
    // One key a step: the button or link that names the key is pressed, a field is opened and entered.
    const keyed = !typing && !event.ctrlKey && !event.metaKey && !event.altKey && /^[a-z]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
    if (keyed) {
      event.preventDefault();
      const menu = keyed.closest("details");
      if (menu && !menu.open) menu.open = true;
      if (/^(input|select|textarea)$/i.test(keyed.tagName)) keyed.focus(); else keyed.click();
    }
    // A list reached by its key is chosen with a digit and sent with Enter, as a text field is.
    if (event.key === "Enter" && event.target.matches("select[data-key]")) { event.preventDefault(); event.target.form.requestSubmit(); }
    if (event.key === "Escape") document.querySelectorAll("details.menu[open]").forEach((menu) => menu.removeAttribute("open"));
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.removeAttribute("open"); });
    if (event.target.closest("[data-print]")) window.print();
    const full = event.target.closest("[data-fullscreen]");
    if (full && document.documentElement.requestFullscreen) document.documentElement.requestFullscreen();
  });
  document.addEventListener("submit", (event) => {
    const ask = (event.submitter && event.submitter.dataset.confirm) || event.target.dataset.confirm;
    if (ask && !window.confirm(ask)) { event.preventDefault(); return; }
    // A second press of the same button within the same page does nothing: the server decides too.
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    if (event.target.method === "post" && !event.target.hasAttribute("data-again")) event.target.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-autosubmit]")) event.target.form.requestSubmit();
    // "Another one …" in a list opens the fields for it.
    if (event.target.matches("[data-opens]")) document.querySelector(event.target.dataset.opens).open = event.target.value === "";
    if (event.target.matches("input[type=file][data-preview]") && event.target.files[0]) {
      const image = document.querySelector(event.target.dataset.preview);
      if (image) { image.src = URL.createObjectURL(event.target.files[0]); image.hidden = false; }
    }
  });
})();
