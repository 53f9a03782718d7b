// Lays the streets that this node knows under a map without tiles (ADR 173): a square of 0.05° at a
// time, as each comes into view, once one looks near enough to tell streets apart. Names are written by
// the browser with its own fonts: no server of glyphs is needed.

const TILE = 0.05;
/** Steps of a line are in hundred-thousandths of a degree. */
const STEP = 1e-5;
const NEAR = 11;
/** One place alone is shown so near where its streets are known. */
const STREET_ZOOM = 14.5;
/** More squares than this at once are a map of a province, not of streets. */
const MOST = 24;
/** By how large a street is: small, middle, main. */
const bySize = (small, middle, main) => ["match", ["get", "size"], 2, main, 1, middle, small];
const LINE = {
  "line-color": bySize("#ddd3c3", "#d3c6b1", "#c9b99f"),
  "line-width": [
    "interpolate",
    ["linear"],
    ["zoom"],
    NEAR,
    bySize(0.5, 0.8, 1.4),
    14,
    bySize(1.6, 2.6, 4),
    17,
    bySize(6, 9, 13),
  ],
};
const NAMED_FROM = 12.5;
const elder = document.documentElement.classList.contains("elder");
const NAME = {
  "symbol-placement": "line",
  "symbol-spacing": 300,
  "symbol-sort-key": ["-", ["get", "size"]],
  "text-field": ["get", "name"],
  "text-size": elder ? 18 : 12,
  "text-padding": 6,
};
const INK = { "text-color": "#5c5346", "text-halo-color": "#fbf8f1", "text-halo-width": 1.5 };

function feature({ name, size, lines }, col, line) {
  const coordinates = lines.map((numbers) => {
    let [x, y] = numbers;
    const points = [];
    for (let n = 0; n < numbers.length; n += 2) {
      if (n) [x, y] = [x + numbers[n], y + numbers[n + 1]];
      points.push([col * TILE + x * STEP, line * TILE + y * STEP]);
    }
    return points;
  });
  return { type: "Feature", properties: { name, size }, geometry: { type: "MultiLineString", coordinates } };
}

const tileOf = ({ longitude, latitude }) => [Math.floor(longitude / TILE), Math.floor(latitude / TILE)];

/** The squares in view; none where one looks from too far. */
function inView(map) {
  if (map.getZoom() < NEAR) return [];
  const bounds = map.getBounds();
  const [west, south] = tileOf({ longitude: bounds.getWest(), latitude: bounds.getSouth() });
  const [east, north] = tileOf({ longitude: bounds.getEast(), latitude: bounds.getNorth() });
  if ((east - west + 1) * (north - south + 1) > MOST) return [];
  const tiles = [];
  for (let col = west; col <= east; col++) for (let line = south; line <= north; line++) tiles.push([col, line]);
  return tiles;
}

function lay(box, { map, library, places, words }) {
  const asked = new Map();
  const named = new Set();

  /** Whose streets they are is said in the corner, once. */
  function credit(tile) {
    const said = [];
    if (tile.is_osm) said.push("© OpenStreetMap contributors");
    if (tile.is_made_up) said.push(words["Niangjia.MadeUpStreets"]);
    for (const customAttribution of said.filter((each) => !named.has(each))) {
      named.add(customAttribution);
      map.addControl(new library.AttributionControl({ compact: false, customAttribution }));
    }
  }

  async function fetched([col, line]) {
    const answer = await fetch(box.dataset.streets.replace("/0/0/", `/${col}/${line}/`));
    const tile = await answer.json();
    if (!tile.streets.length) return false;
    const source = `streets-${col}-${line}`;
    const features = tile.streets.map((street) => feature(street, col, line));
    map.addSource(source, { type: "geojson", data: { type: "FeatureCollection", features } });
    // Names above the lines of every square, and lines below whatever else is drawn.
    const [lowest] = map.getStyle().layers.filter(({ id, type }) => id === "walk" || type === "symbol");
    map.addLayer({ id: source, type: "line", source, paint: LINE }, lowest?.id);
    map.addLayer({ id: `${source}-names`, type: "symbol", source, minzoom: NAMED_FROM, layout: NAME, paint: INK });
    credit(tile);
    return true;
  }

  /** Asked once; again after the network was away. Says whether streets are known there. */
  function ask(tile) {
    const key = tile.join();
    if (!asked.has(key)) {
      asked.set(key, fetched(tile).catch(() => asked.delete(key) && false));
    }
    return asked.get(key);
  }

  const look = () => inView(map).forEach(ask);
  map.on("moveend", look);
  look();
  const [only, other] = places;
  if (only && !other) {
    ask(tileOf(only)).then((known) => {
      if (known) map.jumpTo({ center: [only.longitude, only.latitude], zoom: STREET_ZOOM });
    });
  }
}

document.addEventListener("map:made", (event) => lay(event.target, event.detail));
