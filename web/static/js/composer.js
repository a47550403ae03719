// The field for the question: grows with its text, sends on Enter, and leaves input methods alone.

const form = document.getElementById("ask-form");
const field = document.getElementById("question");
const button = document.getElementById("send");

const DOUBLE_CLICK_MS = 600;

let busy = false;
let sentAt = -Infinity;

/** Call send(question) for what the reader submits, stop() when the button is pressed during an answer. */
export function listen({ send, stop }) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (busy) {
      // Whoever double-clicks to send has no wish to stop.
      if (performance.now() - sentAt >= DOUBLE_CLICK_MS) stop();
      return focus();
    }
    // A field cut at its maximum length may end in half a character.
    const question = field.value.toWellFormed?.() ?? field.value;
    if (isBlank(question)) return field.focus();
    field.value = "";
    sentAt = performance.now();
    refresh();
    send(question);
    focus(); // the button that was clicked is another one now
  });
  field.addEventListener("keydown", (event) => {
    // During composition Enter belongs to the input method; 229 is how Safari says so.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (!busy) form.requestSubmit();
  });
  field.addEventListener("input", refresh);
  refresh();
}

/** Turn the button into "stop" and back; the field stays usable for the next question. */
export function setBusy(value) {
  busy = value;
  form.classList.toggle("busy", busy);
  refresh();
}

/** Put the cursor into the field, unless that would raise a phone's keyboard. */
export function focus() {
  if (matchMedia("(hover: hover)").matches) field.focus();
}

// Of spaces and what has no width, as input methods and pasted text bring along.
function isBlank(text) {
  return !/[^\p{Z}\p{C}]/u.test(text);
}

function refresh() {
  button.disabled = !busy && isBlank(field.value);
  button.setAttribute("aria-label", busy ? "停止回答" : "发送");
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
