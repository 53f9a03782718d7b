// Lays the streets that this node knows under a map without tiles (ADR 173): a square of 0.05° at a
// time, as each comes into view, once one looks near enough to tell streets apart.

const TILE = 0.05;
/** Steps of a line are in hundred-thousandths of a degree. */
const STEP = 1e-5;
const NEAR = 11;
/** One place alone is shown so near where its streets are known. */
const STREET_ZOOM = 14.5;
/** More squares than this at once are a map of a province, not of streets. */
const MOST = 24;
const LINE = {
  "line-color": "#d8cdbb",
  "line-width": ["interpolate", ["linear"], ["zoom"], NEAR, 0.5, 14, 1.8, 17, 6],
};

function feature(lines, col, line) {
  const coordinates = lines.map((numbers) => {
    let [x, y] = numbers;
    const points = [];
    for (let n = 0; n < numbers.length; n += 2) {
      if (n) [x, y] = [x + numbers[n], y + numbers[n + 1]];
      points.push([col * TILE + x * STEP, line * TILE + y * STEP]);
    }
    return points;
  });
  return { type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates } };
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
    if (!tile.lines.length) return false;
    const id = `streets-${col}-${line}`;
    map.addSource(id, { type: "geojson", data: feature(tile.lines, col, line) });
    map.addLayer({ id, type: "line", source: id, paint: LINE }, map.getLayer("walk") && "walk");
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
