// Checking in: whoever ticks it lets the phone say where it is. Nothing is asked before that.

const form = document.querySelector("[data-arrival]");
const ask = form?.querySelector("[data-arrival-ask]");

/** Some ten metres: enough to tell a door from another street. */
const rounded = (degrees) => degrees.toFixed(4);

function locate() {
  const failed = form.querySelector("[data-arrival-failed]");
  const near = form.elements.near;
  near.value = "";
  failed.hidden = true;
  if (!ask.checked) return;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      near.value = `${rounded(coords.latitude)},${rounded(coords.longitude)}`;
    },
    () => {
      failed.hidden = false;
      ask.checked = false;
    },
    { timeout: 10_000, enableHighAccuracy: true },
  );
}

if (ask && "geolocation" in navigator) {
  form.querySelector("[data-arrival-where]").hidden = false;
  ask.addEventListener("change", locate);
}
