// Dropping files on the upload form. Without this script the form works as it is.
"use strict";

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
