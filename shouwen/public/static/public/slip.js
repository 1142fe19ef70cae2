// At the machine the slip is printed once, by itself (a kiosk browser prints without asking).
(() => {
  "use strict";
  const key = "printed:" + location.pathname;
  if (sessionStorage.getItem(key)) return;
  sessionStorage.setItem(key, "1");
  window.print();
})();
