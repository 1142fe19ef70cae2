// The hall screen: follow the stream, ask every five seconds without it, stay up alone, and say each call once.
(() => {
  "use strict";
  const POLL = 5000, QUIET = 12000, LOST = 17000, AGAIN = 30000, PATIENCE = 9000, RECENT = 40;
  const body = document.body, shown = document.getElementById("shown"), lost = document.getElementById("lost");
  const clock = document.getElementById("clock"), voice = document.getElementById("voice");
  // The hall's own time: the screen's computer may be wrong, or a demo runs on another day.
  const ahead = Number(body.dataset.now) * 1000 - Date.now();
  const now = () => new Date(Date.now() + ahead);
  const hm = (date) => date.toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hour12: false });
  let heard = Date.now(), polled = Date.now(), opened = 0, stream = null, broken = false, asking = false;

  // --- what is shown ---
  function good() {
    heard = Date.now();
    lost.querySelector("b").textContent = hm(now());
    lost.hidden = true;
  }
  function show(html) {
    good();
    const day = shown.querySelector("[data-day]").dataset.day;
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    const found = fresh.content.querySelector("[data-day]");
    if (!found) return;
    if (found.dataset.day !== day) { location.reload(); return; }
    shown.replaceChildren(fresh.content);
    announce();
  }

  // --- where it comes from ---
  function listen() {
    opened = Date.now();
    if (stream) stream.close();
    stream = new EventSource(body.dataset.stream);
    stream.addEventListener("news", (event) => { broken = false; show(event.data); });
    stream.addEventListener("beat", () => { broken = false; good(); });
    stream.addEventListener("error", () => { broken = true; });
  }
  async function ask() {
    polled = Date.now();
    if (asking) return;
    asking = true;
    try {
      const answer = await fetch(location.pathname, { headers: { "HX-Request": "true", "X-Poll": "1" }, cache: "no-store", signal: AbortSignal.timeout(8000) });
      if (answer.ok) show(await answer.text());
    } catch { /* the server is away: what is shown stays */ } finally { asking = false; }
  }
  setInterval(() => {
    const at = Date.now();
    clock.textContent = hm(now());
    if ((broken || at - heard > QUIET) && at - polled >= POLL) ask();
    if (at - heard > LOST) lost.hidden = false;
    if (stream && at - opened > AGAIN && (stream.readyState === EventSource.CLOSED || at - heard > LOST)) listen();
  }, 1000);

  // --- what is said ---
  const KEY = "said:" + location.pathname;
  const said = new Set(JSON.parse(sessionStorage.getItem(KEY) || "[]"));
  const line = [];
  let sound = null, saying = false;
  function calls() { return [...shown.querySelectorAll("[data-call]")].reverse(); }
  function remember(name) {
    said.add(name);
    sessionStorage.setItem(KEY, JSON.stringify([...said].slice(-60)));
  }
  function announce() {
    for (const call of calls()) {
      if (said.has(call.dataset.call)) continue;
      remember(call.dataset.call);
      // A screen that was away does not read out what was long ago.
      if (sound && now() / 1000 - Number(call.dataset.at) < RECENT) line.push(call.textContent);
    }
    if (!saying) next();
  }
  async function next() {
    saying = true;
    while (line.length) {
      const text = line.shift();
      await chime();
      await speak(text);
    }
    saying = false;
  }
  function chime() {
    const start = sound.currentTime;
    [[659.25, 0], [523.25, 0.35]].forEach(([pitch, after]) => {
      const tone = sound.createOscillator(), loud = sound.createGain();
      tone.frequency.value = pitch;
      loud.gain.setValueAtTime(0, start + after);
      loud.gain.linearRampToValueAtTime(0.35, start + after + 0.02);
      loud.gain.exponentialRampToValueAtTime(0.001, start + after + 0.6);
      tone.connect(loud).connect(sound.destination);
      tone.start(start + after);
      tone.stop(start + after + 0.65);
    });
    return new Promise((done) => setTimeout(done, 900));
  }
  function speak(text) {
    voice.dataset.said = text;
    voice.dataset.count = Number(voice.dataset.count || 0) + 1;
    if (!("speechSynthesis" in window)) return Promise.resolve();
    return new Promise((done) => {
      const words = new SpeechSynthesisUtterance(text);
      words.lang = "zh-CN";
      words.rate = 0.9;
      words.voice = speechSynthesis.getVoices().find((one) => one.lang.replace("_", "-").startsWith("zh-CN")) || null;
      words.onend = words.onerror = () => done();
      // Some machines have no voice and never say that they have ended.
      setTimeout(done, words.voice ? PATIENCE : 1500);
      speechSynthesis.speak(words);
    });
  }
  function speaks() {
    if (!sound) return;
    const able = "speechSynthesis" in window && speechSynthesis.getVoices().some((one) => one.lang.toLowerCase().startsWith("zh"));
    voice.textContent = able ? "语音已开启" : "只响铃（本机没有中文语音）";
  }
  voice.hidden = false;
  voice.addEventListener("click", () => {
    if (sound) return;
    sound = new AudioContext();
    speaks();
    if ("speechSynthesis" in window) speechSynthesis.addEventListener("voiceschanged", speaks);
  });

  calls().forEach((call) => remember(call.dataset.call));
  good();
  if (window.EventSource) listen(); else broken = true;
})();
