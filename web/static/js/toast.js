// A short message at the foot of the page.

import { el } from "./dom.js";

const toast = document.getElementById("toast");
const SECONDS = 6;
let timer;

/** Take the message away. */
export function hide() {
  toast.hidden = true;
}

/** Show a message for a few seconds, with a button where something can be done about it. */
export function show(message, action = null) {
  clearTimeout(timer);
  const act = () => (hide(), action.run());
  toast.replaceChildren(message, ...(action ? [el("button", { type: "button", onclick: act }, action.label)] : []));
  toast.hidden = false;
  timer = setTimeout(hide, SECONDS * 1000);
}
