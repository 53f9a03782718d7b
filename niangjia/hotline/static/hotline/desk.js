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
const offers = (element) =>
  [...(document.getElementById(`${element.id}_offers`)?.querySelectorAll("[type=radio]") ?? [])];

/** Enter takes the first thing that is offered and goes on; on a chosen one it only goes on. */
function enter(event) {
  const field = event.target;
  if (words(field)) {
    event.preventDefault();
    const radios = offers(field);
    const chosen = radios.find((radio) => radio.checked) ?? radios[0];
    if (!chosen) return;
    if (!chosen.checked) chosen.click();
    goOn(field);
  } else if (field.matches?.(".picker [type=radio]")) {
    event.preventDefault();
    if (!field.checked) field.click();
    goOn(field);
  }
}

function down(event) {
  const radios = words(event.target) ? offers(event.target) : [];
  if (!radios.length) return;
  event.preventDefault();
  const chosen = radios.find((radio) => radio.checked) ?? radios[0];
  chosen.focus();
  if (!chosen.checked) chosen.click();
}

/** The field that follows the picker of `field`. */
function goOn(field) {
  const all = [...document.querySelectorAll("#intake input, #intake textarea, #intake select")];
  const picker = field.closest(".picker");
  const after = all.filter(
    (each) =>
      picker.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING &&
      each.type !== "hidden" &&
      each.offsetParent,
  );
  after[0]?.focus();
}

/** A chosen topic brings its questions and articles; what was typed in others stays in the draft. */
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (event.target.name !== "topic" || !form?.dataset.about) return;
  window.htmx.ajax("POST", form.dataset.about, { source: form, target: "#about", swap: "innerHTML" });
});

document.addEventListener("htmx:afterSettle", (event) => {
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

// Whoever has just taken a call begins by typing what it is about.
if (!document.querySelector(".error-summary")) document.getElementById("id_topic_words")?.focus();
