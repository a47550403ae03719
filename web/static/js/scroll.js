// Keep the end of the conversation in view, unless the reader has scrolled away from it.

const log = document.getElementById("log");
const button = document.getElementById("to-end");
const NEAR = 80;

let following = true;

/** Scroll to the end if the reader was there. */
export function follow() {
  if (following) toEnd();
  else refresh();
}

/** Scroll to the end in any case. */
export function toEnd() {
  following = true;
  log.scrollTop = log.scrollHeight;
  refresh();
}

function refresh() {
  button.hidden = distance() < NEAR;
}

function distance() {
  return log.scrollHeight - log.clientHeight - log.scrollTop;
}

log.addEventListener("scroll", () => {
  following = distance() < NEAR;
  refresh();
});
button.addEventListener("click", toEnd);
new ResizeObserver(follow).observe(log); // a phone that is turned, a field that grows
