// Draws each [data-map] with MapLibre: tiles when the node has a source, else the boundaries it serves
// itself. The list beside the map holds the same places; without WebGL the list is all there is.

const elder = document.documentElement.classList.contains("elder");
const CHINA = [[73.5, 18], [135, 53.6]];

function script(url) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = url;
    element.onload = resolve;
    element.onerror = reject;
    document.head.append(element);
  });
}

function read(box) {
  return JSON.parse(document.getElementById(box.dataset.map).textContent);
}

/** The base: tiles where there are any, boundaries always at hand. */
function baseStyle(data, boundaries) {
  const sources = {};
  const layers = [{ id: "ground", type: "background", paint: { "background-color": "#dfe7e6" } }];
  if (boundaries) {
    sources.divisions = { type: "geojson", data: boundaries };
    layers.push(
      { id: "land", type: "fill", source: "divisions", paint: { "fill-color": "#fbf8f1" } },
      {
        id: "borders",
        type: "line",
        source: "divisions",
        paint: { "line-color": "#a89e8e", "line-width": 1 },
      },
    );
  }
  for (const [index, tiles] of data.tiles.entries()) {
    sources[`tiles${index}`] = { type: "raster", tiles: [tiles], tileSize: 256, maxzoom: 18 };
    layers.push({ id: `tiles${index}`, type: "raster", source: `tiles${index}` });
  }
  return { version: 8, sources, layers };
}

/** Names of the divisions as HTML, so that no server of glyphs is needed. */
function label(map, library, divisions) {
  for (const { properties } of divisions.features) {
    const element = document.createElement("span");
    element.className = "map-label";
    element.textContent = properties.name;
    // The same names stand in the list of places; a screen reader need not hear them twice.
    element.setAttribute("aria-hidden", "true");
    new library.Marker({ element }).setLngLat(properties.label).addTo(map);
  }
}

/** Each place is a link, numbered as in the list. */
function marker(place, index) {
  const element = document.createElement(place.url ? "a" : "span");
  element.className = "map-marker";
  element.textContent = place.number ?? index + 1;
  element.title = place.label;
  if (place.url) element.href = place.url;
  return element;
}

function show(box, map, library, state) {
  for (const old of state.markers) old.remove();
  const { markers } = read(box);
  const bounds = new library.LngLatBounds();
  state.markers = markers.map((place, index) => {
    const at = [place.longitude, place.latitude];
    bounds.extend(at);
    const drawn = new library.Marker({ element: marker(place, index) }).setLngLat(at).addTo(map);
    // MapLibre calls every marker "Map marker" and a button; ours have names of their own.
    const element = drawn.getElement();
    element.setAttribute("aria-label", `${element.textContent} ${place.label}`);
    element.setAttribute("role", place.url ? "link" : "img");
    return drawn;
  });
  if (markers.length) map.fitBounds(bounds, { padding: elder ? 72 : 48, maxZoom: 13, animate: false });
}

/** Pointing at a place in the list shows it on the map. */
function follow(state) {
  for (const kind of ["mouseover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      const item = event.target.closest?.("[data-marker]");
      for (const [index, drawn] of state.markers.entries()) {
        const current = item && Number(item.dataset.marker) === index + 1;
        drawn.getElement().toggleAttribute("data-current", Boolean(current));
      }
    });
  }
}

async function draw(box) {
  await script(box.dataset.library);
  const library = window.maplibregl;
  library.setWorkerUrl(box.dataset.worker);
  const data = read(box);
  const divisions = data.tiles.length ? null : await (await fetch(box.dataset.boundaries)).json();
  const map = new library.Map({
    container: box,
    style: baseStyle(data, divisions),
    bounds: CHINA,
    minZoom: 2,
    attributionControl: false,
    fadeDuration: 0,
    cooperativeGestures: true,
    locale: data.words,
  });
  if (data.attribution) {
    map.addControl(new library.AttributionControl({ customAttribution: data.attribution }));
  }
  map.addControl(new library.NavigationControl({ showCompass: false }));
  const state = { markers: [] };
  if (divisions) {
    const bounds = new library.LngLatBounds();
    for (const { geometry } of divisions.features) {
      for (const point of geometry.coordinates.flat(2)) bounds.extend(point);
    }
    map.fitBounds(bounds, { padding: 8, animate: false });
    label(map, library, divisions);
  }
  show(box, map, library, state);
  follow(state);
  document.addEventListener("htmx:afterSettle", () => show(box, map, library, state));
  map.once("idle", () => (box.dataset.drawn = "yes"));
}

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    seen.unobserve(entry.target);
    draw(entry.target).catch(() => {
      entry.target.closest(".map-figure").dataset.failed = "yes";
    });
  }
});
for (const box of document.querySelectorAll("[data-map]")) seen.observe(box);
