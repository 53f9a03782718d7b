// Shows a question only where it is asked. Without this file every question stands there, and the
// server drops what is not asked of somebody who answers like this.

const form = document.querySelector("form[data-questions]");

const given = (name) =>
  [...form.elements]
    .filter((field) => field.name === name)
    .filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked)
    .map((field) => field.value);

const showWhatIsAsked = () => {
  for (const question of form.querySelectorAll(".question[data-show-field]")) {
    const above = form.querySelector(`.question:has([name="${question.dataset.showField}"])`);
    const asked = given(question.dataset.showField).includes(question.dataset.showEquals);
    question.hidden = !asked || Boolean(above?.hidden);
  }
};

if (form) {
  form.addEventListener("change", showWhatIsAsked);
  showWhatIsAsked();
}
