"""What a careful eye finds wrong with the page that is open: one script, so that a page costs one question."""

from __future__ import annotations

from playwright.sync_api import Page

LOOK = """() => {
  const found = [], name = (el) => `${el.tagName.toLowerCase()}${el.id ? "#" + el.id : ""}.${el.className} "${(el.textContent || "").trim().slice(0, 24)}"`;
  const shown = (el) => el.getClientRects().length > 0 && getComputedStyle(el).visibility !== "hidden";
  const all = (what) => [...document.querySelectorAll(what)].filter(shown);
  if (document.documentElement.scrollWidth > window.innerWidth) found.push(`wider than the screen: ${document.documentElement.scrollWidth}`);
  if (all("h1").length !== 1) found.push(`h1: ${all("h1").length}`);
  if (document.documentElement.lang !== "zh-Hans") found.push("lang");
  if (!document.title.trim() || document.title.startsWith(" ·")) found.push("title");
  for (const el of all("input:not([type=hidden]), select, textarea"))
    if (!el.labels.length && !el.getAttribute("aria-label") && !el.title) found.push(`no label: ${name(el)} ${el.name}`);
  for (const el of all("a[href], button")) if (!(el.textContent.trim() || el.getAttribute("aria-label") || el.querySelector("img[alt]"))) found.push(`no name: ${name(el)}`);
  for (const el of all("img")) { if (!el.hasAttribute("alt")) found.push("img without alt"); if (el.complete && el.src && !el.naturalWidth) found.push(`broken image ${el.src}`); }
  const ids = [...document.querySelectorAll("[id]")].map((el) => el.id);
  for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) found.push(`two of id ${id}`);
  const parts = (text) => { const n = text.match(/[\\d.]+/g).map(Number), k = text.startsWith("color(srgb") ? 255 : 1; return [n[0] * k, n[1] * k, n[2] * k, n[3] === undefined ? 1 : n[3]]; };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const ground = (el) => {
    const layers = [];
    for (let one = el; one; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.backgroundImage !== "none") return null;
      layers.push(parts(style.backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
  };
  const light = (c) => { const f = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; return 0.2126 * f(c[0]) + 0.7152 * f(c[1]) + 0.0722 * f(c[2]); };
  const faint = new Set();
  for (const el of all("body *")) {
    if (![...el.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()) || el.closest("[disabled], option, .skip")) continue;
    const under = ground(el); if (!under) continue;
    const style = getComputedStyle(el), ink = over(parts(style.color), under);
    const [a, b] = [light(ink), light(under)].sort((x, y) => y - x), ratio = (a + 0.05) / (b + 0.05);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) faint.add(`faint ${ratio.toFixed(2)}: ${name(el)}`);
  }
  return found.concat([...faint].slice(0, 5));
}"""


def look(page: Page) -> list[str]:
    """Overflow, headings, labels, names, alternatives, double ids, faint text; [] when all is well."""
    found: list[str] = page.evaluate(LOOK)
    return found
