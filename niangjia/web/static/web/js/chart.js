// Draws each [data-chart] with ECharts from the JSON beside it. The table below says the same.
// ECharts is fetched only when a chart comes into view.

const style = getComputedStyle(document.documentElement);
const token = (name) => style.getPropertyValue(name).trim();
const pixels = (name) => {
  const value = token(name);
  return parseFloat(value) * (value.endsWith("rem") ? parseFloat(style.fontSize) : 1);
};

/** Bars with their values written at the end: no axis to read off. */
function bars(points, font) {
  return {
    grid: { left: 0, right: 64, top: 4, bottom: 0, outerBoundsMode: "same" },
    xAxis: { type: "value", show: false },
    yAxis: {
      type: "category",
      inverse: true,
      data: points.map((point) => point.name),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...font, width: 140, overflow: "truncate" },
    },
    series: [
      {
        type: "bar",
        data: points.map((point) => point.value),
        barCategoryGap: "36%",
        itemStyle: { color: token("--line-strong"), borderRadius: 3 },
        label: { ...font, show: true, position: "right" },
      },
    ],
  };
}

/** A map shaded by value. Shades are one ink from pale to full, told apart without colour vision. */
async function choropleth(echarts, canvas, points, font) {
  const name = canvas.dataset.boundaries;
  echarts.registerMap(name, await (await fetch(name)).json());
  const values = points.map((point) => point.value);
  const wide = canvas.clientWidth >= 640;
  return {
    visualMap: {
      min: Math.min(0, ...values),
      max: Math.max(1, ...values),
      calculable: false,
      left: 0,
      bottom: 0,
      itemHeight: 88,
      inRange: { color: [token("--sunken"), token("--line-strong"), token("--ink")] },
      textStyle: font,
      text: [String(Math.max(0, ...values)), String(Math.min(0, ...values))],
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
        bottom: 0,
        label: { show: false },
        itemStyle: { areaColor: token("--surface"), borderColor: token("--line-strong") },
        emphasis: {
          label: {
            ...font,
            show: wide,
            formatter: ({ data }) => (data ? `${data.title} ${data.value}` : ""),
            backgroundColor: token("--surface"),
            padding: 4,
          },
          itemStyle: { areaColor: token("--wait-ground") },
        },
      },
    ],
  };
}

async function draw(canvas) {
  const echarts = await import(canvas.dataset.library);
  const { points } = JSON.parse(document.getElementById(canvas.dataset.chart).textContent);
  const font = { color: token("--ink"), fontSize: pixels("--small"), fontFamily: token("--font") };
  if (canvas.dataset.kind === "bar") {
    canvas.style.height = `${Math.max(120, points.length * pixels("--small") * 2.4)}px`;
  }
  const chart = echarts.init(canvas);
  const option =
    canvas.dataset.kind === "choropleth"
      ? await choropleth(echarts, canvas, points, font)
      : bars(points, font);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  chart.setOption({ animation: !still, animationDuration: 160, ...option });
  chart.on("click", ({ dataIndex }) => {
    const url = points[dataIndex]?.url;
    if (url) location.assign(url);
  });
  new ResizeObserver(() => chart.resize()).observe(canvas);
  canvas.dataset.drawn = "yes";
}

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    seen.unobserve(entry.target);
    draw(entry.target);
  }
});
for (const canvas of document.querySelectorAll("[data-chart]")) seen.observe(canvas);
