// The card's countdown, and patience with a bad network. Without this file the code still changes
// with each visit of the page.

const seconds = (card) => Number(card.dataset.seconds);
let due = 0;

/** Start counting for the code that is shown now. */
function begin() {
  const card = document.getElementById("card-code");
  if (card) due = Date.now() + seconds(card) * 1000;
}

function tick() {
  const words = document.querySelector("#card-code [data-countdown]");
  if (!words) return;
  words.dataset.words ??= words.textContent;
  const left = Math.max(0, Math.ceil((due - Date.now()) / 1000));
  words.textContent = `${words.dataset.words} · ${left}`;
}

/** Lost connection: say so, keep what is shown, try again in three seconds. */
function retry(event) {
  const card = event.target.closest?.("#card-code");
  if (!card) return;
  card.querySelector("[data-offline]").hidden = false;
  setTimeout(() => window.htmx.trigger(card, "retry"), 3000);
}

document.addEventListener("htmx:sendError", retry);
document.addEventListener("htmx:responseError", retry);
document.addEventListener("htmx:timeout", retry);
document.addEventListener("htmx:afterSwap", begin);
document.addEventListener("visibilitychange", () => {
  const card = document.getElementById("card-code");
  if (card && !document.hidden && Date.now() > due) window.htmx.trigger(card, "retry");
});
begin();
setInterval(tick, 1000);
