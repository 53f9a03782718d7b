// The desk by keyboard: j k Enter x, Ctrl-K, and ? for the list. Everything is a link or a form first.

const rows = () => [...document.querySelectorAll("[data-row]")];
const typing = (element) => element?.closest("input:not([type=checkbox]), textarea, select, dialog");
let current = -1;

/** Make one row the current one; its link takes the focus, so that Enter opens it by itself. */
function goTo(index) {
  const all = rows();
  if (!all.length) return;
  current = Math.max(0, Math.min(index, all.length - 1));
  for (const row of all) row.classList.toggle("current", row === all[current]);
  all[current].querySelector("[data-open]").focus();
  all[current].scrollIntoView({ block: "nearest" });
}

const keys = {
  j: () => goTo(current + 1),
  k: () => goTo(current - 1),
  x: () => rows()[current]?.querySelector("input[type=checkbox]")?.click(),
  a: () => document.querySelector("[data-all]")?.click(),
  "?": () => document.getElementById("shortcuts")?.showModal(),
  Escape: closePanel,
};

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openPalette();
  } else if (!typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    keys[event.key]?.();
  }
});

document.addEventListener("focusin", (event) => {
  const at = rows().indexOf(event.target.closest?.("[data-row]"));
  if (at < 0) return;
  current = at;
  rows().forEach((row, index) => row.classList.toggle("current", index === at));
});

/** Put the open application away; the focus goes back to its row. */
function closePanel() {
  const panel = document.getElementById("panel");
  if (!panel?.querySelector("[data-close-panel]")) return;
  panel.replaceChildren();
  rows()[Math.max(0, current)]?.querySelector("[data-open]")?.focus();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close-panel]")) closePanel();
});

/** Beside the list there is room on a wide screen only; elsewhere a link opens its page. */
document.addEventListener("htmx:beforeRequest", (event) => {
  const link = event.detail.elt;
  if (!link.matches("[data-open]") || matchMedia("(min-width: 1024px)").matches) return;
  event.preventDefault();
  location.assign(link.href);
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "panel") event.detail.target.scrollTop = 0;
});

/** The list is fetched anew after each answer: what was ticked and written for all stays. */
let kept = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "inbox-list") return;
  const form = document.querySelector("[data-selects]");
  kept = form && new FormData(form);
});

/** After a swap the row that was current may be gone: stay at its place. */
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id !== "inbox-list") return;
  current = Math.min(current, rows().length - 1);
  rows()[current]?.classList.add("current");
  const form = document.querySelector("[data-selects]");
  if (form && kept) {
    const ticked = new Set(kept.getAll("numbers"));
    for (const box of boxes()) box.checked = ticked.has(box.value);
    for (const radio of form.elements.verdict) radio.checked = radio.value === kept.get("verdict");
    form.elements.reason.value = kept.get("reason") ?? "";
  }
  showChosen();
});

const boxes = () => [...document.querySelectorAll("[data-selects] [name=numbers]")];

/** Say how many are ticked, and let the box above them stand for all of them. */
function showChosen() {
  const all = document.querySelector("[data-all]");
  if (!all) return;
  const chosen = boxes().filter((box) => box.checked).length;
  all.hidden = false;
  all.checked = chosen > 0 && chosen === boxes().length;
  all.indeterminate = chosen > 0 && !all.checked;
  const count = document.querySelector("[data-chosen]");
  count.textContent = count.dataset.chosen.replace("{n}", chosen);
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-all]"))
    for (const box of boxes()) box.checked = event.target.checked;
  if (event.target.closest("[data-selects]")) showChosen();
});
showChosen();

for (const button of document.querySelectorAll("[data-scripted]")) button.hidden = false;

const palette = document.getElementById("palette");
const words = document.getElementById("palette-words");
const entries = () => [...palette.querySelectorAll("li")];

function openPalette() {
  if (!palette || palette.open) return;
  words.value = "";
  document.getElementById("palette-found").replaceChildren();
  narrow();
  palette.showModal();
  words.focus();
}

/** Show the entries that contain what is typed; what the server found (by pinyin, by number) stays. */
function narrow() {
  const typed = words.value.trim().toLowerCase();
  for (const entry of entries())
    entry.hidden =
      entry.dataset.found === undefined && !entry.textContent.toLowerCase().includes(typed);
}

document.querySelector("[data-palette]")?.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openPalette();
});

words?.addEventListener("input", narrow);
palette?.addEventListener("keydown", (event) => {
  const links = entries().filter((entry) => !entry.hidden).map((entry) => entry.firstElementChild);
  const at = links.indexOf(document.activeElement);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    // The words are the place before the first and after the last.
    const places = [words, ...links];
    const step = event.key === "ArrowDown" ? 1 : places.length - 1;
    places[(at + 1 + step) % places.length].focus();
  } else if (event.key === "Enter" && at < 0 && links.length) {
    event.preventDefault();
    links[0].click();
  }
});
