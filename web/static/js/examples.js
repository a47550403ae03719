// The example questions of an empty conversation.

import { fetchExamples } from "./api.js";
import { el } from "./dom.js";

const list = document.getElementById("examples");
const TRIES = 15;
const PAUSE_MS = 2000;

/** Call ask(question) when the reader picks an example. */
export function listen(ask) {
  list.addEventListener("click", (event) => {
    const example = event.target.closest(".example");
    if (example) ask(example.textContent);
  });
  if (!list.children.length) fetchLater(TRIES);
}

// After a start or a new index the service takes some seconds to find them.
function fetchLater(tries) {
  if (tries > 0) setTimeout(() => fill(tries), PAUSE_MS);
}

async function fill(tries) {
  let found = [];
  try {
    found = await fetchExamples();
  } catch {
    // The page works without them; whatever is wrong shows when a question is asked.
  }
  if (!found.length) return fetchLater(tries - 1);
  list.replaceChildren(...found.map((text) => el("li", {}, el("button", { type: "button", class: "example" }, text))));
}
