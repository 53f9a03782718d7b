// Without a network: the stations as they were last seen, with what still counts. Until when one was
// open is left as it was said while that moment has not come; afterwards its usual hours stand.

const find = (name) => document.querySelector(`[data-part="${name}"]`);
const words = find("words").dataset;
const when = new Intl.DateTimeFormat(document.documentElement.lang, {
  dateStyle: "long",
  timeStyle: "short",
  timeZone: "Asia/Shanghai",
});

const made = (tag, text, attributes = {}) =>
  Object.assign(document.createElement(tag), { textContent: text, ...attributes });

/** What people said minutes before and how full it was is no news any more. */
function fitState(row) {
  const [hours, ...news] = row.querySelectorAll(".place-state > *");
  for (const each of news) each.remove();
  if (!row.dataset.until || Date.parse(row.dataset.until) > Date.now()) return;
  hours.className = "hint";
  hours.textContent = words.then.replace("{state}", hours.textContent);
}

/** Opens the map app of the phone itself, which may have the town at hand: iPhones know no `geo:`,
 * and theirs wants points shifted as all maps of China. */
const mapOf = ({ point, shifted }, name) =>
  /iPhone|iPad|Macintosh/.test(navigator.userAgent)
    ? `maps://?q=${name}&ll=${shifted}`
    : `geo:${point}?q=${point}(${name})`;

/** Nothing here leads to a page that cannot be had: a telephone and the phone's own map work. */
function fit(row) {
  const { hours, phone } = row.dataset;
  const link = row.querySelector("a.cell");
  const cell = document.createElement("div");
  cell.className = "cell";
  cell.append(...link.childNodes);
  link.replaceWith(cell);
  fitState(row);
  const text = cell.querySelector(".cell-text");
  text.append(made("span", words.hours.replace("{hours}", hours)));
  const ways = made("span", "", { className: "kept-ways" });
  const name = encodeURIComponent(text.querySelector("strong").textContent);
  ways.append(made("a", words.map, { href: mapOf(row.dataset, name) }));
  if (phone) ways.append(made("a", phone, { href: `tel:${phone}` }));
  text.append(ways);
}

function show(kept) {
  document.documentElement.classList.toggle("elder", kept.isElder);
  find("seen").textContent = words.seen.replace("{moment}", when.format(new Date(kept.at)));
  if (kept.asked) find("asked").textContent = words.asked.replace("{words}", kept.asked);
  const rows = new DOMParser().parseFromString(kept.rows, "text/html");
  find("list").replaceChildren(...rows.querySelectorAll("li[data-hours]"));
  for (const row of find("list").children) fit(row);
  find("all").hidden = false;
  // Whoever wanted the page of one of them finds it here.
  const [, code] = /^\/places\/([^/]+)\//.exec(location.pathname) ?? [];
  const wanted = code && document.getElementById(`place-${code}`);
  if (wanted) location.hash = wanted.id;
}

const answer = await caches.match(words.list);
if (answer) show(await answer.json());
else find("none").hidden = false;

find("forget").addEventListener("click", async () => {
  await caches.delete("places");
  find("all").remove();
  find("none").hidden = false;
});
