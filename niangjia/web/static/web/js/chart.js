// Draws each [data-chart] with ECharts from the JSON beside it. The table says the same. A chart is
// drawn at once, also where nobody has scrolled to yet, so that a print shows it; it follows its
// data when a fragment brings new ones, and its colours when the screen or the paper changes.

const style = getComputedStyle(document.documentElement);
const token = (name) => style.getPropertyValue(name).trim();
const pixels = (name) => {
  const value = token(name);
  return parseFloat(value) * (value.endsWith("rem") ? parseFloat(style.fontSize) : 1);
};
const written = (number) => number.toLocaleString("en-US");

/** Narrower than this a chart is on a phone: ten bars, and three names on the map. */
const NARROW = 480;
const BARS_ON_A_PHONE = 10;
const NAMES_ON_A_PHONE = 3;
/** Shades of a map, told apart without colour vision: each is darker (at night: lighter). */
const SHADES = ["--shade-1", "--shade-2", "--shade-3", "--shade-4", "--shade-5"];

const BAR = { type: "bar", barCategoryGap: "36%", barMaxWidth: 40 };
/** Of what several parts of a bar are drawn, the first the most striking. */
const PARTS = ["--shade-4", "--shade-2", "--shade-1"];

/** Bars with their values written at the end, or, where they have `parts`, in each of those: no
    axis to read off. */
function bars(canvas, { points, parts }, font) {
  const narrow = canvas.clientWidth < NARROW;
  const shown = narrow ? points.slice(0, BARS_ON_A_PHONE) : points;
  const legend = legendHeight(canvas, parts, font);
  const least = shown.length * font.fontSize * 2.2 + legend;
  if (parts.length) {
    canvas.style.height = "";
    if (least > canvas.clientHeight) canvas.style.height = `${least}px`;
  } else {
    canvas.style.height = narrow ? `${Math.max(120, least)}px` : `max(100%, ${least}px)`;
  }
  const most = Math.max(...shown.map((point) => point.parts.reduce((sum, each) => sum + each, 0)));
  const widest = Math.max(...shown.map((point) => point.name.length)) * font.fontSize;
  const wide = canvas.clientWidth - Math.min(widest, narrow ? 140 : 200) - 24;
  const room = (value) => (value / most) * wide > written(value).length * font.fontSize * 0.62;
  return {
    grid: { left: 0, right: parts.length ? 4 : 64, top: legend, bottom: 0, outerBoundsMode: "same" },
    legend: { show: parts.length > 0, top: 0, left: 0, textStyle: font, selectedMode: false },
    xAxis: { type: "value", show: false, max: parts.length ? "dataMax" : undefined },
    yAxis: {
      type: "category",
      inverse: true,
      data: shown.map((point) => point.name),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...font, width: narrow ? 140 : 200, overflow: "truncate" },
    },
    series: parts.length
      ? parts.map((name, place) => part(name, shown.map((point) => point.parts[place]), place, font, room))
      : [
          {
            ...BAR,
            data: shown.map((point) => point.value),
            itemStyle: { color: token("--shade-3"), borderRadius: 3 },
            label: {
              ...font,
              show: true,
              position: "right",
              formatter: ({ value }) => written(value),
            },
          },
        ],
  };
}

/** The names of the parts stand above the bars, in as many lines as they need. */
function legendHeight(canvas, parts, font) {
  const widths = parts.map((name) => name.length * font.fontSize + 48);
  const lines = Math.ceil(widths.reduce((sum, each) => sum + each, 0) / canvas.clientWidth);
  return 4 + lines * font.fontSize * 2;
}

/** One part of every bar, with how much it is where there is room for that. */
function part(name, data, place, font, room) {
  return {
    ...BAR,
    name,
    data,
    stack: "whole",
    itemStyle: { color: token(PARTS[place]), borderColor: token("--surface"), borderWidth: 1 },
    label: {
      ...font,
      show: true,
      textBorderColor: token("--surface"),
      textBorderWidth: 3,
      formatter: ({ value }) => (room(value) ? written(value) : ""),
    },
    labelLayout: { hideOverlap: true },
  };
}

/** How something went on, month by month or day by day, with its values written beside it: a score
    between 1 and 5, or (`count`) how many. */
function line(points, font, isCount) {
  return {
    grid: { left: 12, right: 24, top: 28, bottom: 0, outerBoundsMode: "same" },
    xAxis: {
      type: "category",
      data: points.map((point) => point.name),
      boundaryGap: false,
      axisTick: { show: false },
      axisLabel: { ...font, hideOverlap: true },
    },
    yAxis: { type: "value", min: isCount ? 0 : 1, max: isCount ? undefined : 5, show: false },
    series: [
      {
        type: "line",
        data: points.map((point) => point.value),
        symbolSize: 8,
        lineStyle: { color: token("--shade-4"), width: 2 },
        itemStyle: { color: token("--shade-4") },
        label: { ...font, show: true, position: "top" },
        labelLayout: { hideOverlap: true },
      },
    ],
  };
}

/** Steps a reader can say aloud, at most as many as there are shades: 0–500, 500–1,000 … */
function steps(most) {
  const rough = Math.max(1, most) / SHADES.length;
  const power = 10 ** Math.floor(Math.log10(rough));
  const width = Math.max(1, [1, 2, 2.5, 5, 10].find((n) => n * power >= rough) * power);
  const pieces = [];
  for (let low = 0, n = 0; low < most; low += width, n += 1) {
    const high = low + width;
    const label = `${written(low)}–${written(high)}`;
    pieces.push({ gt: n ? low : -1, lte: high, label, color: token(SHADES[n]) });
  }
  return pieces.reverse();
}

/** A map shaded by value, with the names of its divisions where there is room. */
async function choropleth(echarts, canvas, points, font) {
  const name = canvas.dataset.boundaries;
  if (!echarts.getMap(name)) echarts.registerMap(name, await (await fetch(name)).json());
  const places = echarts.getMap(name).geoJSON.features.map(({ properties }) => properties);
  const called = new Map(places.map((place) => [place.code, place.name]));
  const narrow = canvas.clientWidth < NARROW;
  const named = new Set(points.slice(0, narrow ? NAMES_ON_A_PHONE : points.length).map((p) => p.code));
  const outlined = { ...font, textBorderColor: token("--surface"), textBorderWidth: 3 };
  return {
    visualMap: {
      type: "piecewise",
      pieces: steps(Math.max(1, ...points.map((point) => point.value))),
      left: 0,
      bottom: 0,
      itemWidth: 16,
      itemHeight: 14,
      itemGap: 4,
      padding: 0,
      textStyle: font,
      selectedMode: false,
      outOfRange: { color: token("--sunken") },
    },
    series: [
      {
        type: "map",
        map: name,
        nameProperty: "code",
        data: points.map((point) => ({ name: point.code, value: point.value, title: point.name })),
        selectedMode: false,
        left: 0,
        right: 0,
        top: 0,
        bottom: narrow ? 56 : 24,
        label: {
          ...outlined,
          show: true,
          formatter: ({ name: code }) => (named.has(code) ? called.get(code) : ""),
        },
        labelLayout: { hideOverlap: true },
        itemStyle: { areaColor: token("--sunken"), borderColor: token("--surface") },
        emphasis: {
          label: {
            ...font,
            show: true,
            formatter: ({ data }) => (data?.title ? `${data.title} ${written(data.value)}` : ""),
            backgroundColor: token("--surface"),
            borderRadius: 4,
            padding: 6,
          },
          itemStyle: { areaColor: token("--wait-ground"), borderColor: token("--ink") },
        },
      },
    ],
  };
}

const drawn = new Map();

async function draw(canvas) {
  const echarts = await import(canvas.dataset.library);
  const text = document.getElementById(canvas.dataset.chart).textContent;
  const data = JSON.parse(text);
  const { points } = data;
  const font = { color: token("--ink"), fontSize: pixels("--small"), fontFamily: token("--font") };
  const option =
    canvas.dataset.kind === "choropleth"
      ? await choropleth(echarts, canvas, points, font)
      : ["line", "count"].includes(canvas.dataset.kind)
        ? line(points, font, canvas.dataset.kind === "count")
        : bars(canvas, data, font);
  const known = drawn.get(canvas);
  const chart = known?.chart ?? begin(echarts, canvas);
  // Only new data moves; at first, and in other colours, everything stands where it is.
  const still = !known || known.text === text || matchMedia("(prefers-reduced-motion: reduce)").matches;
  chart.setOption({ animation: !still, animationDurationUpdate: 160, ...option });
  drawn.set(canvas, { chart, text, points });
  canvas.dataset.drawn = "yes";
}

function begin(echarts, canvas) {
  const chart = echarts.init(canvas);
  chart.on("click", ({ dataIndex }) => {
    const url = drawn.get(canvas).points[dataIndex]?.url;
    if (url) location.assign(url);
  });
  // Resizing draws anew, with labels fading in: only where the size has really changed.
  new ResizeObserver(() => {
    const same = chart.getWidth() === canvas.clientWidth && chart.getHeight() === canvas.clientHeight;
    if (!same) chart.resize();
  }).observe(canvas);
  return chart;
}

/** Draw what is new on the page or has new data; `all` draws every chart anew. */
function drawAll(all) {
  for (const canvas of document.querySelectorAll("[data-chart]")) {
    const text = document.getElementById(canvas.dataset.chart).textContent;
    if (all || drawn.get(canvas)?.text !== text) draw(canvas);
  }
}

drawAll(false);
document.addEventListener("htmx:afterSettle", () => drawAll(false));
for (const query of ["print", "(prefers-color-scheme: dark)", "(max-width: 899px)"]) {
  matchMedia(query).addEventListener("change", () => drawAll(true));
}
