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

// On a phone the list or the map: the map is not even fetched before it is asked for.
const both = document.querySelector(".find-both");
const views = document.querySelector(".find-view");

function view(name) {
  both.dataset.showing = name;
  for (const button of views.querySelectorAll("[data-view]")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === name));
  }
}

if (views) {
  views.hidden = false;
  both.classList.add("switched");
  views.addEventListener("click", (event) => {
    const button = event.target.closest("[data-view]");
    if (!button) return;
    view(button.dataset.view);
    if (button.dataset.view === "map") views.scrollIntoView({ block: "start" });
  });
  // A marker leads to its card, which is in the list.
  window.addEventListener("hashchange", () => {
    view("list");
    document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: "center" });
  });
}
