// A part of a page that asks for itself again ([data-live]) is swapped only when it has changed, so
// that nobody loses their place, their selection or their focus for nothing.

const seen = new WeakMap();

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr } = event.detail;
  if (target.dataset.live === undefined) return;
  if (xhr.status === 304 || seen.get(target) === xhr.responseText) event.detail.shouldSwap = false;
  seen.set(target, xhr.responseText);
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  for (const part of document.querySelectorAll("[data-live]")) part.dispatchEvent(new Event("seen"));
});
