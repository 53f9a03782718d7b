// A point picked on a map, for a form that also takes it as numbers: [data-pick] names the map's box, the
// field with "latitude, longitude" and, where they may be of another system than GPS, the field that says
// of which. The marker is dragged
// by mouse and finger, put down by a click, and moved by the arrow keys (with Shift further); the numbers
// follow. What is typed moves the marker. Whether the point can be right is said when the form is sent.

const STEP = 0.0002;
const FAR = 0.005;
const MOVES = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const DECIMALS = 6;
const NEAR_ZOOM = 14;
const WIDE_ZOOM = 9;
const OURS = "wgs84";

/** The point that "latitude, longitude" says; null when it says none on earth. */
function typed(text) {
  const [lat, lng, ...more] = text.split(/[,，]/).map((part) => Number.parseFloat(part));
  const isPoint = !more.length && Math.abs(lat) <= 85 && Math.abs(lng) <= 180;
  return isPoint ? { lat, lng } : null;
}

function pick(part, map, library) {
  const point = document.getElementById(part.dataset.point);
  const system = part.dataset.system ? document.getElementById(part.dataset.system) : null;
  const read = () => (!system || system.value === OURS ? typed(point.value) : null);
  const marker = new library.Marker({ draggable: true, color: "#c8161d" });
  const handle = marker.getElement();

  /** The numbers follow the marker; they are GPS from now on, whatever they were typed in. */
  const write = () => {
    const { lat, lng } = marker.getLngLat();
    point.value = `${lat.toFixed(DECIMALS)}, ${lng.toFixed(DECIMALS)}`;
    if (system) system.value = OURS;
  };
  const put = (at) => {
    marker.setLngLat(at).addTo(map);
    write();
  };

  handle.setAttribute("role", "application");
  handle.setAttribute("aria-label", part.dataset.handle);
  handle.tabIndex = 0;
  const first = read();
  const shown = first ?? typed(part.dataset.begin);
  if (shown) {
    marker.setLngLat(shown).addTo(map);
    map.jumpTo({ center: shown, zoom: first ? NEAR_ZOOM : WIDE_ZOOM });
  }
  marker.on("dragend", write);
  map.on("click", ({ lngLat }) => put(lngLat));
  handle.addEventListener("keydown", (key) => {
    const move = MOVES[key.key];
    if (!move) return;
    key.preventDefault();
    key.stopPropagation();
    const { lat, lng } = marker.getLngLat();
    const step = key.shiftKey ? FAR : STEP;
    put({ lng: lng + move[0] * step, lat: lat + move[1] * step });
    map.panTo(marker.getLngLat(), { duration: 0 });
    handle.focus();
  });
  point.addEventListener("change", () => {
    const at = read();
    if (at) map.panTo(marker.setLngLat(at).addTo(map).getLngLat(), { duration: 0 });
  });

  const here = part.querySelector("[data-here]");
  if ("geolocation" in navigator) {
    here.hidden = false;
    here.addEventListener("click", () => {
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          put({ lng: coords.longitude, lat: coords.latitude });
          map.jumpTo({ center: marker.getLngLat(), zoom: NEAR_ZOOM });
        },
        () => (part.querySelector("[data-here-failed]").hidden = false),
        { enableHighAccuracy: true, timeout: 10_000 },
      );
    });
  }
  part.dataset.ready = "yes";
}

for (const part of document.querySelectorAll("[data-pick]")) {
  const box = document.getElementById(part.dataset.pick);
  box.addEventListener("map:made", ({ detail }) => pick(part, detail.map, detail.library));
}
