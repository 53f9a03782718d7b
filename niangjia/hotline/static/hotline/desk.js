// The agent's desk by keyboard. Every key presses a button or goes to a field that is there anyway;
// the page works without this file.

const keyOf = (event) => (event.shiftKey ? `Shift+${event.key}` : event.key);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const target = document.querySelector(`[data-key="${CSS.escape(keyOf(event))}"]`);
  if (target) {
    event.preventDefault();
    if (target.matches("button, a")) target.click();
    else target.focus();
  } else if (event.key === "Enter") enter(event);
  else if (event.key === "ArrowDown") down(event);
});

const words = (element) => element.matches?.("#id_topic_words, #id_union");
const offersOf = (field) => document.getElementById(`${field.id}_offers`);
const offers = (field) => [...(offersOf(field)?.querySelectorAll("[type=radio]") ?? [])];
/** Whether what is offered is for what stands in the field now: whoever types fast is ahead of it. */
const isOffered = (field) => (offersOf(field)?.dataset.shown ?? field.defaultValue) === field.value;

/** Enter takes the first thing that is offered and goes on to the next field; it never sends the
    form: that is what F8 and F9 are for. */
function enter(event) {
  const field = event.target;
  if (!field.matches?.("#intake input")) return;
  event.preventDefault();
  if (words(field) && !isOffered(field)) field.dataset.enter = "";
  else take(field);
}

function take(field) {
  const radios = words(field) ? offers(field) : [];
  const chosen = radios.find((radio) => radio.checked) ?? radios[0];
  if (chosen && !chosen.checked) chosen.click();
  if (field.matches("[type=radio]") && !field.checked) field.click();
  goOn(field);
}

/** The field whose offers these are. */
const fieldOf = (element) =>
  element?.id?.endsWith("_offers") && document.getElementById(element.id.slice(0, -"_offers".length));

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  const field = fieldOf(detail.elt);
  if (field) detail.elt.dataset.asked = field.value;
});
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const field = fieldOf(detail.target);
  if (!field) return;
  detail.target.dataset.shown = detail.target.dataset.asked;
  if (field.dataset.enter === undefined || !isOffered(field)) return;
  delete field.dataset.enter;
  take(field);
});
document.addEventListener("input", ({ target }) => delete target.dataset.enter);

function down(event) {
  const radios = words(event.target) ? offers(event.target) : [];
  if (!radios.length) return;
  event.preventDefault();
  const chosen = radios.find((radio) => radio.checked) ?? radios[0];
  chosen.focus();
  if (!chosen.checked) chosen.click();
}

/** The field that follows; a picker or a group of choices counts as one. */
function goOn(field) {
  const group = field.closest(".picker, fieldset") ?? field;
  const after = [...document.querySelectorAll("#intake :is(input, textarea, select, button)")].find(
    (each) =>
      group.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING &&
      !group.contains(each) &&
      each.type !== "hidden" &&
      each.tabIndex >= 0 &&
      each.offsetParent,
  );
  after?.focus();
}

/** A chosen topic brings its questions and articles; what was typed in others stays in the draft. */
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (event.target.name !== "topic" || !form?.dataset.about) return;
  window.htmx.ajax("POST", form.dataset.about, { source: form, target: "#about", swap: "innerHTML" });
});

document.addEventListener("htmx:afterSettle", (event) => {
  // What is offered alone is chosen already.
  if (event.detail.target?.id === "id_topic_words_offers")
    event.detail.target
      .querySelector("[name=topic]:checked")
      ?.dispatchEvent(new Event("change", { bubbles: true }));
  if (event.detail.target?.id !== "about") return;
  document.querySelector("form[data-questions]")?.dispatchEvent(new Event("change"));
  alarm();
});

/** Words that alarm show that something may be urgent; the agent decides. */
function alarm() {
  const said = document.getElementById("id_matter")?.value ?? "";
  for (const note of document.querySelectorAll("[data-urgent]"))
    note.hidden = !note.dataset.urgent.split("|").some((word) => said.includes(word));
}
document.addEventListener("input", (event) => event.target.id === "id_matter" && alarm());
alarm();

/** Leaving the page keeps what was typed in the last second as well. */
let unsaved = false;
document.addEventListener("input", (event) => {
  if (event.target.form?.id === "intake") unsaved = true;
});
document.addEventListener("submit", () => (unsaved = false));
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful && detail.elt.dataset.autosave !== undefined) unsaved = false;
});
window.addEventListener("pagehide", () => {
  const draft = document.querySelector("#intake [data-autosave]");
  if (draft && unsaved)
    navigator.sendBeacon(draft.getAttribute("hx-post"), new FormData(draft.closest("form")));
});

// Whoever has just taken a call begins by typing what it is about.
if (!document.querySelector(".error-summary")) document.getElementById("id_topic_words")?.focus();
