// Sends each file as soon as it is chosen, says how far it is, and tries again when the line breaks.
// Without this file files go with the form, and the server keeps them just the same.

const STAYING = ["keep", "receipt", "csrfmiddlewaretoken"];
const waiting = new Set();

/** What has to stand in the body of each request besides the file. */
function about(field, file) {
  const body = new FormData();
  for (const name of STAYING) {
    const input = field.form.querySelector(`input[name=${name}]`);
    if (input) body.append(name, input.value);
  }
  const files = field.closest("[data-files]");
  body.append("slot", files.dataset.slot);
  body.append("name", files.dataset.files);
  body.append("file", file);
  return body;
}

/** The line of a file on its way. */
function line(file) {
  const row = document.createElement("li");
  const words = document.createElement("span");
  const bar = document.createElement("progress");
  words.textContent = file.name;
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  row.append(document.createElement("span"), words, bar);
  return { row, words, bar };
}

function send(field, file, made = line(file)) {
  const files = field.closest("[data-files]");
  const { row, words, bar } = made;
  if (!row.isConnected) files.querySelector(".kept").append(row);
  const request = new XMLHttpRequest();
  const failed = () => retryLater(field, file, made);
  request.open("POST", field.form.dataset.upload);
  request.upload.addEventListener("progress", ({ loaded, total }) => (bar.value = loaded / total));
  request.addEventListener("load", () => {
    const isLine = request.responseText.trimStart().startsWith("<li");
    if (isLine) arrived(field, row, request.responseText);
    else failed();
  });
  request.addEventListener("error", failed);
  request.addEventListener("timeout", failed);
  request.timeout = 180_000;
  words.textContent = file.name;
  request.send(about(field, file));
}

/** The server's own line takes the place of ours, and the form has changed. */
function arrived(field, row, text) {
  const made = document.createElement("template");
  made.innerHTML = text.trim();
  row.replaceWith(made.content.firstElementChild);
  field.form.dispatchEvent(new Event("change"));
}

/** A line that broke: a button tries again, and so does the network when it is back. */
function retryLater(field, file, made) {
  const again = document.createElement("button");
  const texts = document.querySelector("[data-upload-words]").dataset;
  const retry = () => {
    waiting.delete(retry);
    again.replaceWith(made.bar);
    made.bar.value = 0;
    send(field, file, made);
  };
  again.type = "button";
  again.className = "button";
  again.textContent = texts.again;
  again.addEventListener("click", retry);
  made.words.textContent = `${file.name} · ${texts.failed}`;
  made.bar.replaceWith(again);
  waiting.add(retry);
}

window.addEventListener("online", () => [...waiting].forEach((retry) => retry()));

document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.type !== "file" || !field.form?.dataset.upload) return;
  for (const file of field.files) send(field, file);
  field.value = "";
});

for (const form of document.querySelectorAll("form[data-upload]")) form.classList.add("sends");
