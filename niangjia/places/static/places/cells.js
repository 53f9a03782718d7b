// Lays the cells in which people are counted on the map: darker where more of them are reached, hatched
// where hardly anybody is, so that nothing hangs on colour alone. The tables beside say the same.

const METRES_A_DEGREE = 111195;
const SHADES = ["--shade-1", "--shade-2", "--shade-3", "--shade-4", "--shade-5"];
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** A square of so many metres around its middle; what it says stands in its properties. */
function square([longitude, latitude, side, count, share]) {
  const high = side / METRES_A_DEGREE / 2;
  const wide = high / Math.cos((latitude * Math.PI) / 180);
  const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]];
  const ring = corners.map(([x, y]) => [longitude + x * wide, latitude + y * high]);
  return {
    type: "Feature",
    properties: { count, share, shade: Math.min(4, Math.floor(share / 20)) },
    geometry: { type: "Polygon", coordinates: [ring] },
  };
}

const collection = (features) => ({ type: "FeatureCollection", features });

/** Thin slanted lines, for squares that hardly anybody is reached in. */
function hatch() {
  const size = 8;
  const data = new Uint8Array(size * size * 4);
  for (let x = 0; x < size; x += 1) {
    const at = (((size - 1 - x) * size) + x) * 4;
    data.set([29, 26, 22, 255], at);
  }
  return { width: size, height: size, data };
}

function lay(map, { cells, stations }) {
  map.addImage("hatch", hatch());
  map.addSource("cells", { type: "geojson", data: collection(cells.map(square)) });
  const colours = SHADES.flatMap((name, n) => [n, token(name)]);
  map.addLayer({
    id: "cells",
    type: "fill",
    source: "cells",
    paint: {
      "fill-color": ["match", ["get", "shade"], ...colours.slice(0, -2), colours.at(-1)],
      "fill-outline-color": "#6b6357",
      "fill-opacity": 0.85,
    },
  });
  map.addLayer({
    id: "cells-hatched",
    type: "fill",
    source: "cells",
    filter: ["==", ["get", "shade"], 0],
    paint: { "fill-pattern": "hatch" },
  });
  const points = stations.map((coordinates) => ({
    type: "Feature",
    properties: {},
    geometry: { type: "Point", coordinates },
  }));
  map.addSource("stations", { type: "geojson", data: collection(points) });
  map.addLayer({
    id: "stations",
    type: "circle",
    source: "stations",
    paint: {
      "circle-radius": 4,
      "circle-color": "#14665c",
      "circle-stroke-color": "#fff",
      "circle-stroke-width": 2,
    },
  });
}

/** Look at all of the squares, nearer than a map of places without tiles goes. */
function look(map, library, { cells, stations }) {
  const bounds = new library.LngLatBounds();
  for (const [longitude, latitude] of cells.length ? cells : stations) bounds.extend([longitude, latitude]);
  if (!bounds.isEmpty()) map.fitBounds(bounds, { padding: 24, maxZoom: 13, animate: false });
}

document.addEventListener("map:made", ({ target, detail: { map, library } }) => {
  const data = document.getElementById(target.id.replace("-map", "-cells"));
  if (!data) return;
  const told = JSON.parse(data.textContent);
  look(map, library, told);
  // The map has loaded by now. Whether something else is being added to it just then does not matter,
  // and "load" does not come twice.
  lay(map, told);
  target.dataset.cells = told.cells.length;
});
