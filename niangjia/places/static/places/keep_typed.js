// What is ticked and typed into a form stays on this device until the form has been sent: no
// network, a closed tab or an empty battery loses nothing. Kept by the form's name, so that two
// places are never mixed up; forgotten when the server has taken it.

const FORGOTTEN_AFTER_MS = 7 * 24 * 60 * 60 * 1000;

function fieldsOf(form) {
  return [...form.elements].filter((field) => field.name && field.type !== "hidden");
}

function valuesOf(form) {
  const values = {};
  for (const field of fieldsOf(form)) {
    if (field.type === "radio" || field.type === "checkbox") {
      if (field.checked) (values[field.name] ??= []).push(field.value);
    } else if (field.type !== "file") {
      values[field.name] = field.value;
    }
  }
  return values;
}

function fill(form, values) {
  for (const field of fieldsOf(form)) {
    if (!(field.name in values)) continue;
    if (field.type === "radio" || field.type === "checkbox") {
      field.checked = values[field.name].includes(field.value);
    } else if (field.type !== "file" && !field.value) {
      field.value = values[field.name];
    }
  }
}

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null");
    return kept && Date.now() - kept.at < FORGOTTEN_AFTER_MS ? kept : null;
  } catch {
    return null;
  }
}

function write(key, kept) {
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // A full or forbidden store: the form works as any other.
  }
}

for (const form of document.querySelectorAll("form[data-keep]")) {
  const key = `kept:${form.dataset.keep}`;
  const kept = read(key);
  if (kept) fill(form, kept.values);
  const keep = () => write(key, { at: Date.now(), values: valuesOf(form) });
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("submit", (event) => {
    keep();
    if (navigator.onLine) return;
    event.preventDefault();
    const status = document.querySelector("[data-kept-offline]");
    if (status) status.hidden = false;
  });
}

// The page that a sent form leads to says which one has been taken.
for (const done of document.querySelectorAll("[data-kept-done]")) {
  localStorage.removeItem(`kept:${done.dataset.keptDone}`);
}
