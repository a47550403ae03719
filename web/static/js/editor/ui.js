// Parts that the panes of the editor's desk share.

import { ApiError } from "../api.js";
import { el } from "../dom.js";
import * as toast from "../toast.js";

/** A badge: tone is "good", "warn", "bad" or "quiet". */
export function badge(text, tone = "quiet") {
  return el("span", { class: `badge ${tone}` }, text);
}

/**
 * A button that is disabled while its work is under way; what fails is told.
 * about: what it is of, for those who hear it without the line it stands in.
 */
export function button(label, run, className = "plain", about = null) {
  const element = el("button", { type: "button", class: className, "aria-label": about && `${label}：${about}` }, label);
  element.addEventListener("click", async () => {
    element.disabled = true;
    try {
      await run();
    } catch (error) {
      tell(error);
    } finally {
      element.disabled = false;
      // A disabled button has lost the focus, to nothing.
      if (element.isConnected && document.activeElement === document.body) element.focus();
    }
  });
  return element;
}

/** A line of a list: what it is, facts below, buttons at its side. */
export function line(title, facts, actions = [], more = []) {
  return el(
    "li",
    {},
    el("div", { class: "line-text" }, el("p", { class: "line-title" }, title), el("p", { class: "facts" }, facts), more),
    actions.length ? el("div", { class: "actions" }, actions) : null,
  );
}

/** What a list shows when there is nothing in it. */
export function empty(text) {
  return el("li", { class: "empty" }, text);
}

/** Tell an error; one that nobody foresaw goes to the console too. */
export function tell(error) {
  if (!(error instanceof ApiError)) console.error(error);
  toast.show(error instanceof ApiError ? error.message : "页面出了问题，请刷新后再试。");
}
