// The upload page while files are under way: dropping, the progress of each file, and results that arrive one by one.
// Without this script the forms work as they are.
"use strict";

const upload = document.querySelector("form.upload");
const results = document.getElementById("results");
let sent = 0;

for (const zone of document.querySelectorAll(".drop")) {
  const input = zone.querySelector("input[type=file]");
  const mark = (over) => zone.classList.toggle("over", over);
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    mark(true);
  });
  zone.addEventListener("dragleave", () => mark(false));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    input.files = event.dataTransfer.files;
  });
}

// Sends a form and gives the page that answers, or nothing where no answer came.
function send(form, body, onProgress) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.responseType = "document";
    request.upload.addEventListener("progress", onProgress);
    request.addEventListener("loadend", () => resolve(request.response));
    request.send(body);
  });
}

// The result of one file in a page that answers; an error page has its message only.
function resultIn(page) {
  const result = page.querySelector("#results > section");
  if (result) return document.adoptNode(result);
  const section = document.createElement("section");
  section.className = "panel";
  section.append(document.adoptNode(page.querySelector(".message")));
  return section;
}

// Each answer numbers its results from 1; together on one page their names must differ.
function rename(section, number) {
  section.id = `result-${number}`;
  for (const attribute of ["id", "for"]) {
    for (const element of section.querySelectorAll(`[${attribute}]`)) {
      element.setAttribute(attribute, `${element.getAttribute(attribute)}-${number}`);
    }
  }
}

function focusOn(section) {
  const heading = section.querySelector("h1, h2");
  heading.tabIndex = -1;
  heading.focus();
}

// A line of the list of files: name, bar, words.
function lineOf(file, list) {
  const line = document.createElement("li");
  const name = document.createElement("strong");
  const bar = document.createElement("progress");
  const words = document.createElement("span");
  name.textContent = file.name;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  words.textContent = upload.dataset.waiting;
  line.append(name, bar, words);
  list.append(line);
  return { bar, words };
}

async function sendFile(file, { bar, words }) {
  if (file.size > Number(upload.dataset.limit)) {
    words.textContent = upload.dataset.large;
    bar.value = 0;
    return null;
  }
  const body = new FormData();
  body.append("file", file);
  const page = await send(upload, body, (event) => {
    bar.value = event.loaded / event.total;
    const percent = Math.floor((100 * event.loaded) / event.total);
    words.textContent = percent < 100 ? `${percent} %` : upload.dataset.checking;
    if (percent === 100) bar.removeAttribute("value");
  });
  bar.value = page ? 1 : 0;
  if (!page) {
    words.textContent = upload.dataset.failed;
    return null;
  }
  const result = resultIn(page);
  sent += 1;
  rename(result, sent);
  results.append(result);
  const link = document.createElement("a");
  link.href = `#${result.id}`;
  link.textContent = result.querySelector("h1, h2").textContent;
  words.replaceChildren(link);
  return result;
}

upload.addEventListener("submit", async (event) => {
  event.preventDefault();
  const input = upload.querySelector("input[type=file]");
  const button = upload.querySelector("button");
  const list = upload.querySelector(".progress");
  const said = upload.querySelector("[role=status]");
  list.replaceChildren();
  results.replaceChildren();
  button.disabled = true;
  const files = Array.from(input.files, (file) => [file, lineOf(file, list)]);
  const done = [];
  for (const [place, [file, line]] of files.entries()) {
    said.textContent = `${upload.dataset.sending} ${place + 1}/${files.length}: ${file.name}`;
    const result = await sendFile(file, line);
    if (result) done.push(result);
  }
  said.textContent = `${upload.dataset.done} ${done.length}/${files.length}`;
  button.disabled = false;
  if (done.length > 0) focusOn(done[0]);
});

// A commit changes the result of its file only; those of the others stay.
results.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const old = form.closest("section");
  const button = form.querySelector("button");
  button.disabled = true;
  const page = await send(form, new URLSearchParams(new FormData(form)), () => {});
  button.disabled = false;
  if (!page) {
    upload.querySelector("[role=status]").textContent = upload.dataset.failed;
    return;
  }
  const result = resultIn(page);
  rename(result, old.id.slice("result-".length));
  old.replaceWith(result);
  focusOn(result);
});
