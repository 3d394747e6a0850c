// Packs in the making: their progress is renewed beside a form that may be half filled in. Without this script the page loads again.
"use strict";

(() => {
  const PAUSE = 2000;
  const open = () => document.querySelector("#jobs progress");

  async function renew() {
    try {
      const answer = await fetch(location.href);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of ["jobs", "issued"]) {
        const [shown, next] = [document.getElementById(part), page.getElementById(part)];
        if (shown && next) shown.replaceWith(document.adoptNode(next));
      }
    } catch {
      // The server is not reached; the next try may.
    }
    wait();
  }

  function wait() {
    if (open()) setTimeout(renew, PAUSE);
  }

  wait();
})();
