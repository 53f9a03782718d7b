// The find page and the guide: where somebody is, and a map that shows what the list shows.

/** About a hundred metres is near enough, and nobody's doorstep ends up in a log. */
const rounded = (degrees) => degrees.toFixed(3);

function locate(button) {
  const form = button.form;
  const failed = form.querySelector("[data-locate-failed]");
  button.disabled = true;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      form.elements.near.value = `${rounded(coords.latitude)},${rounded(coords.longitude)}`;
      form.elements.address.value = "";
      failed.hidden = true;
      button.disabled = false;
      form.requestSubmit();
    },
    () => {
      failed.hidden = false;
      button.disabled = false;
      form.elements.address.focus();
    },
    { timeout: 10_000, maximumAge: 300_000 },
  );
}

if ("geolocation" in navigator) {
  for (const button of document.querySelectorAll("[data-locate]")) {
    button.hidden = false;
    button.addEventListener("click", () => locate(button));
  }
}

// A typed address takes the place of the phone's.
document.querySelector("#address")?.addEventListener("input", (event) => {
  event.target.form.elements.near.value = "";
});

// Before the map looks at its places again: those that came with the fresh list.
document.addEventListener("htmx:afterSwap", () => {
  const fresh = document.getElementById("find-map-fresh");
  const shown = document.getElementById("find-map-data");
  if (fresh && shown) shown.textContent = fresh.textContent;
});
