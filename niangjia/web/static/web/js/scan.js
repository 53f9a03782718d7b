// Reading QR codes by camera (ADR 159): the browser's own reader where it has one, else the one that
// this server keeps, fetched once the camera is opened. Without this file, or a camera, one types.

const WANTED = { audio: false, video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } } };
const KINDS = { formats: ["qr_code"] };
const PAUSE_MS = 150;
/** A code that stays in view, or comes back at once, is read once. */
const SAME_MS = 2000;
const REFUSALS = {
  NotAllowedError: "refused", SecurityError: "refused", NotFoundError: "none", OverconstrainedError: "none",
};

/** The browser's own; null where it has none, or one that cannot read QR: phones without the
 * services of their system's maker. */
async function ownReader() {
  if (!("BarcodeDetector" in window)) return null;
  const kinds = await BarcodeDetector.getSupportedFormats().catch(() => []);
  return kinds.includes("qr_code") ? new BarcodeDetector(KINDS) : null;
}

const tries = {};

/** A browser may remember that a file did not come: the next try asks under another address. */
async function keptReader(address) {
  try {
    const again = tries[address] ? `?try=${tries[address]}` : "";
    const kept = await import(address + again);
    return new kept.BarcodeDetector(KINDS);
  } catch {
    tries[address] = (tries[address] ?? 0) + 1;
    throw new Error("unread");
  }
}

/** The address in a code, or null. */
function addressIn(text) {
  try {
    const address = new URL(text);
    return address.protocol.startsWith("http") ? address : null;
  } catch {
    return null;
  }
}

/** Where one goes on after `field`: what must still be filled in, else the button. */
function nextAfter(field) {
  const rest = [...field.form.elements].filter((each) => field.compareDocumentPosition(each) & 4);
  const empty = rest.find((each) => each.matches("input:required, select:required, textarea:required") && !each.value);
  return empty ?? rest.find((each) => each.matches("button:not([type=button])")) ?? field;
}

function begin(box) {
  const [button, light] = [box.querySelector("[data-scan-open]"), box.querySelector("[data-scan-light]")];
  const [video, says] = [box.querySelector("video"), box.querySelector("[data-scan-says]")];
  const word = (name) => box.querySelector(`[data-word="${name}"]`).textContent.trim();
  const pattern = (name) => (box.dataset[name] ? new RegExp(box.dataset[name]) : null);
  const [takes, elsewhere] = [pattern("takes"), pattern("elsewhere")];
  let stream, seen, turn = 0, isOpen = false;

  function say(name, there) {
    says.dataset.said = name;
    says.textContent = word(name);
    if (!there) return;
    const link = Object.assign(document.createElement("a"), { href: there, textContent: word("there") });
    says.append(" ", link);
  }

  function show(open) {
    isOpen = open;
    turn += 1;
    video.hidden = !open;
    light.hidden = true;
    button.setAttribute("aria-expanded", String(open));
    button.querySelector("span").textContent = word(open ? "close" : "open");
  }

  function stop(said) {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = video.srcObject = null;
    show(false);
    if (said) say(said);
    else says.textContent = "";
  }

  function offerLight(track) {
    light.hidden = !track.getCapabilities?.().torch;
    light.setAttribute("aria-pressed", "false");
    light.onclick = async () => {
      const on = light.getAttribute("aria-pressed") !== "true";
      await track.applyConstraints({ advanced: [{ torch: on }] });
      light.setAttribute("aria-pressed", String(on));
    };
  }

  /** What a code is for: a page that listens takes any; else it is put into a field, or is the
   * address of a page here. Nothing is ever opened on another site. */
  function take(text) {
    const heard = new CustomEvent("scanned", { detail: text, bubbles: true, cancelable: true });
    if (!box.dispatchEvent(heard)) return;
    const address = addressIn(text);
    const isHere = address?.host === location.host;
    const [, value] = takes?.exec(address?.pathname ?? text) ?? [];
    const field = document.getElementById(box.dataset.into);
    if (value && field) fill(field, value);
    else if (value && isHere) location.assign(address.pathname);
    else if (value) say("foreign");
    else if (elsewhere?.test(address?.pathname)) say("other", isHere && address.pathname);
    else say("wrong");
  }

  function fill(field, value) {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    stop("read");
    if (field.type !== "hidden") nextAfter(field).focus();
  }

  function see(text) {
    const isSame = seen?.text === text && Date.now() - seen.at < SAME_MS;
    seen = { text, at: Date.now() };
    if (isSame) return;
    navigator.vibrate?.(50);
    take(text);
  }

  async function watch(reader, mine) {
    while (mine === turn) {
      // A reader of the browser's may turn out not to work; the one that is kept does.
      const found = await reader.detect(video).catch(() => null);
      if (mine === turn && found?.[0]?.rawValue) see(found[0].rawValue);
      if (!found) reader = await keptReader(box.dataset.decoder);
      await new Promise((done) => setTimeout(done, PAUSE_MS));
    }
  }

  async function open() {
    show(true);
    const mine = turn;
    seen = null;
    say("opening");
    try {
      const reader = (await ownReader()) ?? (await keptReader(box.dataset.decoder));
      const given = await navigator.mediaDevices.getUserMedia(WANTED);
      const [track] = given.getVideoTracks();
      if (mine !== turn) return track.stop();
      stream = video.srcObject = given;
      track.onended = () => mine === turn && stop("busy");
      await video.play();
      if (mine !== turn) return;
      offerLight(track);
      say("ready");
      await watch(reader, mine);
    } catch (problem) {
      if (mine === turn) stop(problem.message === "unread" ? "unread" : (REFUSALS[problem.name] ?? "busy"));
    }
  }

  button.addEventListener("click", () => (isOpen ? stop() : open()));
  document.addEventListener("visibilitychange", () => document.hidden && isOpen && stop("away"));
  window.addEventListener("pagehide", () => isOpen && stop("away"));
}

// Shown from the start, so that nothing moves; taken away where no camera can be asked for.
for (const box of document.querySelectorAll("[data-scan]")) {
  if (navigator.mediaDevices?.getUserMedia) begin(box);
  else box.hidden = true;
}
