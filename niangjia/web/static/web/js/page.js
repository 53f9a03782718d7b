// What every page does beyond HTML. Everything here is a convenience: pages work without it.

/** Bring the first thing that went wrong before the reader, also after htmx swapped it in. */
function focusErrors(root) {
  root.querySelector?.(".error-summary")?.focus();
}

document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.detail.target));
focusErrors(document);

/** A form is sent once: a second press while the first is on its way does nothing. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "get" || form.dataset.again !== undefined) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

/** A row that runs off the screen shows the entry one is at. */
for (const here of document.querySelectorAll(":is(.tabs, .chips, .desk-nav) [aria-current]")) {
  const row = here.closest(".tabs, .chips, .desk-nav ul");
  const from = row.getBoundingClientRect();
  const at = here.getBoundingClientRect();
  row.scrollLeft += at.left + at.width / 2 - from.left - from.width / 2;
}

/** `<button data-opens="id">` opens a sheet (a `<dialog>`); `data-closes` closes the one it is in. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-opens], [data-closes]");
  if (button?.dataset.opens) document.getElementById(button.dataset.opens)?.showModal();
  if (button?.dataset.closes !== undefined) button.closest("dialog")?.close();
});

/** `<button data-near="/unions/">`: that page for where the phone is, to about a hundred metres. */
for (const button of document.querySelectorAll("[data-near]")) {
  if (!("geolocation" in navigator)) break;
  button.addEventListener("click", () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const near = `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`;
        const there = new URL(button.dataset.near, location);
        there.searchParams.set("near", near);
        location.assign(there);
      },
      () => location.assign(button.dataset.near),
      { timeout: 10_000, maximumAge: 300_000 },
    );
  });
}
