// Shows a question only where it is asked, and adds and takes away rows of a group without a trip to
// the server. Without this file every question stands there, the buttons of a group send the form,
// and the server does the same.

const forms = document.querySelectorAll("form[data-questions]");

const given = (form, name) =>
  [...form.elements]
    .filter((field) => field.name === name)
    .filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked)
    .map((field) => field.value);

const SIGNS = {
  "<": (one, other) => one < other,
  "<=": (one, other) => one <= other,
  ">": (one, other) => one > other,
  ">=": (one, other) => one >= other,
};

/** Whether a condition holds (see `rules/eligibility_script.py`); undefined while it is not known. */
const holds = (form, [sign, ...rest]) => {
  if (sign === "not") {
    const answer = holds(form, rest[0]);
    return answer === undefined ? undefined : !answer;
  }
  if (sign === "and" || sign === "or") {
    const answers = rest.map((each) => holds(form, each));
    if (answers.includes(sign === "or")) return sign === "or";
    return answers.includes(undefined) ? undefined : sign === "and";
  }
  const [name, wanted] = rest;
  const answers = given(form, name).filter((answer) => answer !== "");
  if (!answers.length) return undefined;
  if (SIGNS[sign]) return SIGNS[sign](Number(answers[0]), Number(wanted));
  const has = answers.some((answer) => answer === String(wanted) || Number(answer) === wanted);
  return sign === "is" ? has : !has;
};

const showWhatIsAsked = (form) => {
  for (const question of form.querySelectorAll(".question[data-when]"))
    question.hidden = !holds(form, JSON.parse(question.dataset.when));
  for (const question of form.querySelectorAll(".question[data-show-field]")) {
    const above = form.querySelector(`.question:has([name="${question.dataset.showField}"])`);
    const asked = given(form, question.dataset.showField).includes(question.dataset.showEquals);
    question.hidden = !asked || Boolean(above?.hidden);
  }
};

/** The rows counted anew, as they are called and as the button to add one allows. */
const count = (group) => {
  const rows = [...group.querySelectorAll(":scope > .group-rows > li")];
  rows.forEach((row, number) => (row.querySelector("[data-number]").textContent = number + 1));
  group.querySelector("[name=more]").hidden = rows.length >= Number(group.dataset.most);
};

/** A new row, under a number that no row had: where others are missing, the server skips them. */
const add = (group) => {
  const counter = group.querySelector("[data-count]");
  const number = Number(counter.value);
  if (number >= Number(group.dataset.most)) return false;
  const made = document.createElement("template");
  made.innerHTML = group.querySelector("template").innerHTML.replaceAll("__row__", number);
  counter.value = number + 1;
  const row = made.content.firstElementChild;
  group.querySelector(".group-rows").append(row);
  row.querySelector("fieldset").focus();
  return true;
};

const takeAway = (group, button) => {
  button.closest("li").remove();
  group.querySelector("[name=more]").focus();
};

for (const form of forms) {
  form.addEventListener("change", () => showWhatIsAsked(form));
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=more], button[name=less]");
    const group = button?.closest("[data-group]");
    if (!group) return;
    // Where the numbers have run out the form is sent, and comes back with its rows numbered anew.
    if (button.name === "more" && !add(group)) return;
    event.preventDefault();
    if (button.name === "less") takeAway(group, button);
    count(group);
    form.dispatchEvent(new Event("change"));
  });
  showWhatIsAsked(form);
}
