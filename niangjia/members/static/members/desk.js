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
  x: () => rows()[current]?.querySelector("input[type=checkbox]").click(),
  "?": () => {
    const list = document.getElementById("shortcuts");
    if (list) list.open = !list.open;
  },
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

/** After a swap the row that was current may be gone: stay at its place. */
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id !== "inbox-list") return;
  current = Math.min(current, rows().length - 1);
  rows()[current]?.classList.add("current");
});

const palette = document.getElementById("palette");
const words = document.getElementById("palette-words");
const entries = () => [...palette.querySelectorAll("li")];

function openPalette() {
  if (!palette || palette.open) return;
  words.value = "";
  narrow();
  palette.showModal();
  words.focus();
}

/** Show the entries that contain what is typed. */
function narrow() {
  const typed = words.value.trim().toLowerCase();
  for (const entry of entries()) entry.hidden = !entry.textContent.toLowerCase().includes(typed);
}

words?.addEventListener("input", narrow);
palette?.addEventListener("keydown", (event) => {
  const links = entries().filter((entry) => !entry.hidden).map((entry) => entry.firstElementChild);
  const at = links.indexOf(document.activeElement);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    links[(at + (event.key === "ArrowDown" ? 1 : links.length - 1)) % links.length]?.focus();
  } else if (event.key === "Enter" && at < 0) {
    event.preventDefault();
    links[0]?.click();
  }
});
