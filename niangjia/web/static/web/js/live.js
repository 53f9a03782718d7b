// A part of a page that asks for itself again ([data-live]) is swapped only when it has changed, so
// that nobody loses their place, their selection or their focus for nothing. Figures marked with
// data-count say by how much they have changed, for as long as one needs to see it.

const seen = new WeakMap();
const SHOWN_MS = 4000;

const figures = (part) =>
  new Map([...part.querySelectorAll("[data-count]")].map((cell) => [cell.id, cell.textContent]));
const number = (text) => Number(text.replaceAll(",", ""));

let before = new Map();

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr } = event.detail;
  if (target.dataset.live === undefined) return;
  if (xhr.status === 304 || seen.get(target) === xhr.responseText) event.detail.shouldSwap = false;
  seen.set(target, xhr.responseText);
  before = figures(target);
});

document.addEventListener("htmx:afterSettle", () => {
  for (const [id, text] of before) {
    const cell = document.getElementById(id);
    if (!cell || cell.textContent === text) continue;
    const change = number(cell.textContent) - number(text);
    if (change) cell.dataset.changed = change > 0 ? `+${change}` : `−${-change}`;
    setTimeout(() => delete cell.dataset.changed, SHOWN_MS);
  }
  before = new Map();
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  for (const part of document.querySelectorAll("[data-live]")) part.dispatchEvent(new Event("seen"));
});
