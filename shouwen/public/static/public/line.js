// My place in line: asks every few seconds for the piece that changes; hums and says so when called. Works without this file.
(() => {
  "use strict";
  const NEAR = 5000, FAR = 15000;
  const now = document.getElementById("now"), lost = document.getElementById("lost");
  const state = () => now.firstElementChild.dataset.s;
  const title = document.title;
  function tell(before) {
    const after = state();
    document.title = after === "called" ? "请到窗口 · " + title : title;
    if (after === "called" && before !== "called" && navigator.vibrate) navigator.vibrate([300, 150, 300, 150, 600]);
    if (["finished", "left", "passed", "serving"].includes(after) && before !== after) location.reload();
  }
  async function ask() {
    const before = state();
    try {
      const answer = await fetch(location.pathname, { headers: { "HX-Request": "true", "X-Poll": "1" }, cache: "no-store", signal: AbortSignal.timeout(8000) });
      if (!answer.ok) throw new Error(String(answer.status));
      const fresh = document.createElement("template");
      fresh.innerHTML = await answer.text();
      if (fresh.content.querySelector("[data-s]")) now.replaceChildren(fresh.content.querySelector("[data-s]"));
      lost.hidden = true;
      tell(before);
    } catch { lost.hidden = false; }
    again();
  }
  function again() {
    const ahead = Number((now.querySelector("b") || {}).textContent);
    if (!["finished", "left"].includes(state())) setTimeout(ask, state() === "waiting" && ahead > 3 ? FAR : NEAR);
  }
  tell(state());
  again();
})();
