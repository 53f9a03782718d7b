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

/** What to show: what came with the last fragment, else what the page began with. */
function read(box) {
  const data = document.getElementById(`${box.id}-fresh`) ?? document.getElementById(box.dataset.map);
  return JSON.parse(data.textContent);
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
function label(map, library, divisions, className = "map-label") {
  for (const { properties } of divisions.features) {
    const element = document.createElement("span");
    element.className = className;
    element.textContent = properties.name;
    // The same names stand in the list of places; a screen reader need not hear them twice.
    element.setAttribute("aria-hidden", "true");
    new library.Marker({ element }).setLngLat(properties.label).addTo(map);
  }
}

/** Each place is a link, numbered as in the list. */
function single(place, index) {
  const element = document.createElement(place.url ? "a" : "span");
  element.className = place.is_here ? "map-marker map-here" : "map-marker";
  element.textContent = place.number ?? index + 1;
  element.title = place.label;
  if (place.url) element.href = place.url;
  return element;
}

/** Places too close to be told apart are one marker that opens a list of them. */
function several(places, library, map, words) {
  const element = document.createElement("button");
  const numbers = places.map((place) => place.number);
  const last = numbers.at(-1);
  const run = last - numbers[0] === numbers.length - 1;
  element.type = "button";
  element.className = "map-marker map-group";
  element.textContent = run
    ? `${numbers[0]}–${last}`
    : words["Niangjia.Places"].replace("{count}", numbers.length);
  element.addEventListener("click", (event) => {
    event.stopPropagation();
    const list = document.createElement("ul");
    list.className = "map-list";
    for (const place of places) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = place.url;
      link.textContent = `${place.number} ${place.label}`;
      item.append(link);
      list.append(item);
    }
    const popup = new library.Popup({ maxWidth: "min(320px, 80vw)", offset: 20, focusAfterOpen: true });
    popup.setLngLat([places[0].longitude, places[0].latitude]).setDOMContent(list).addTo(map);
    popup.on("close", () => element.focus());
  });
  return element;
}

/** Where a place is on the screen; what is where one stands goes above whoever is looking. */
function spotOf(place, here, map) {
  const [at, there] = [place, here ?? place].map(({ longitude, latitude }) => map.project([longitude, latitude]));
  const size = elder ? 60 : 28;
  if (here && place !== here && Math.hypot(at.x - there.x, at.y - there.y) < size) at.y = there.y - size;
  return at;
}

/** Places by how near each other they are on the screen; who is looking stays alone. */
function grouped(places, map) {
  const [width, height] = elder ? [72, 60] : [56, 28];
  const here = places.find(({ is_here }) => is_here);
  const groups = [];
  for (const place of places) {
    const at = spotOf(place, here, map);
    const alone = place.is_here || !place.url;
    const near = groups.find(
      (group) => !group.alone && Math.abs(group.at.x - at.x) < width && Math.abs(group.at.y - at.y) < height,
    );
    if (near && !alone) near.places.push(place);
    else groups.push({ at, alone, places: [place] });
  }
  return groups;
}

function place(map, library, state) {
  for (const old of state.markers) old.remove();
  state.markers = grouped(state.places, map).map(({ at, places }) => {
    const [first] = places;
    const made = places.length > 1 ? several(places, library, map, state.words) : single(first, first.index);
    const drawn = new library.Marker({ element: made })
      .setLngLat([first.longitude, first.latitude])
      .setOffset(at.sub(map.project([first.longitude, first.latitude])))
      .addTo(map);
    // MapLibre calls every marker "Map marker" and a button; ours have names of their own.
    const element = drawn.getElement();
    const labels = places.map(({ label }) => label).join("、");
    element.setAttribute("aria-label", `${element.textContent} ${labels}`);
    if (places.length > 1) element.removeAttribute("role");
    else element.setAttribute("role", first.url ? "link" : "img");
    drawn.numbers = places.map(({ number }) => number);
    return drawn;
  });
}

/** What lies within so many metres of a place, as a line around it. */
function circle({ longitude, latitude }, metres) {
  const up = metres / 111_195;
  const across = up / Math.cos((latitude * Math.PI) / 180);
  const points = Array.from({ length: 65 }, (_, n) => {
    const turn = (n / 32) * Math.PI;
    return [longitude + across * Math.sin(turn), latitude + up * Math.cos(turn)];
  });
  return { type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: points } };
}

/** Around whoever is looking: how far a walk gets them. Says the corners of what is drawn. */
function walk(map, library, state, here) {
  state.walk?.remove();
  const drawn = here?.walk ? [circle(here, here.walk.metres)] : [];
  const data = { type: "FeatureCollection", features: drawn };
  if (map.getSource("walk")) map.getSource("walk").setData(data);
  else {
    map.addSource("walk", { type: "geojson", data });
    const paint = { "line-color": "#6b6355", "line-width": 2, "line-dasharray": [2, 2] };
    map.addLayer({ id: "walk", type: "line", source: "walk", paint });
  }
  if (!drawn.length) return [];
  const [top, ...others] = drawn[0].geometry.coordinates;
  const element = document.createElement("span");
  element.className = "map-label";
  element.textContent = here.walk.label;
  // Said above the list as well; MapLibre would call it "Map marker" and a button.
  element.setAttribute("aria-hidden", "true");
  state.walk = new library.Marker({ element, anchor: "bottom" }).setLngLat(top).addTo(map);
  return [top, ...others];
}

/** So many within the walk are a choice: one looks at these first, and further away by zooming out. */
const CHOICE = 3;

/** What to look at first: the circle of the walk where it holds a choice of places, else all. */
function firstSeen(markers, around, here, library) {
  const bounds = new library.LngLatBounds();
  for (const point of around) bounds.extend(point);
  const within = ({ longitude, latitude }) => bounds.contains([longitude, latitude]);
  const isChoice = here?.walk && markers.filter((one) => one !== here && within(one)).length >= CHOICE;
  if (!isChoice) for (const { longitude, latitude } of markers) bounds.extend([longitude, latitude]);
  return bounds;
}

/** Put the places on the map, who looks beneath them. */
function show(box, map, library, state) {
  const { markers, tiles } = read(box);
  const here = markers.find((found) => found.is_here);
  const bounds = firstSeen(markers, walk(map, library, state, here), here, library);
  const numbered = markers.map((found, index) => ({ number: index + 1, ...found, index }));
  state.places = numbered.sort((one, other) => Boolean(other.is_here) - Boolean(one.is_here));
  // Without tiles there is nothing to see around one place alone below the borders of its city;
  // several show how they lie to each other.
  const maxZoom = tiles.length || markers.length > 1 ? 15 : 8;
  if (markers.length) map.fitBounds(bounds, { padding: elder ? 72 : 48, maxZoom, animate: false });
  place(map, library, state);
}

/** Pointing at a place in the list shows it on the map. */
function follow(state) {
  for (const kind of ["mouseover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      const number = Number(event.target.closest?.("[data-marker]")?.dataset.marker);
      for (const drawn of state.markers) {
        drawn.getElement().toggleAttribute("data-current", drawn.numbers.includes(number));
      }
    });
  }
}

/** Near enough, the provinces in view show their cities, borders and names. */
const DETAIL_ZOOM = 5.5;
const MOST_PROVINCES = 4;

function detail(map, library, urls, state) {
  const inView = () => {
    if (map.getZoom() < DETAIL_ZOOM) return [];
    const codes = map.queryRenderedFeatures({ layers: ["land"] }).map((f) => f.properties.code);
    return [...new Set(codes)].filter((code) => code.endsWith("0000")).slice(0, MOST_PROVINCES);
  };
  const add = async (code) => {
    state.detailed.add(code);
    const cities = await (await fetch(urls[code])).json();
    map.addSource(code, { type: "geojson", data: cities });
    map.addLayer({
      id: code,
      type: "line",
      source: code,
      paint: { "line-color": "#b9ad9a", "line-width": 1 },
    });
    label(map, library, cities, "map-label map-city");
  };
  map.on("idle", () => {
    map.getContainer().toggleAttribute("data-near", map.getZoom() >= DETAIL_ZOOM);
    for (const code of inView()) {
      if (urls[code] && !state.detailed.has(code)) add(code);
    }
  });
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
  map.addControl(new library.ScaleControl());
  const state = { words: data.words, markers: [], places: [], detailed: new Set() };
  if (divisions) {
    const bounds = new library.LngLatBounds();
    for (const { geometry } of divisions.features) {
      for (const point of geometry.coordinates.flat(2)) bounds.extend(point);
    }
    map.fitBounds(bounds, { padding: 8, animate: false });
    label(map, library, divisions);
    const provinces = document.getElementById(`${box.id}-provinces`);
    if (provinces) detail(map, library, JSON.parse(provinces.textContent), state);
  }
  await map.once("load");
  show(box, map, library, state);
  follow(state);
  map.on("zoomend", () => place(map, library, state));
  document.addEventListener("htmx:afterSettle", () => show(box, map, library, state));
  // More is laid on it: streets, and by pages squares and lines.
  box.dispatchEvent(new CustomEvent("map:made", { bubbles: true, detail: { map, library, places: state.places, words: data.words } }));
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
