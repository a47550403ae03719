// The article page: mark the span that the address names.

import { markSpan, parseSpan, showMark } from "./highlight.js";

function follow() {
  const marks = markSpan(document.getElementById("body"), parseSpan(location.hash));
  document.getElementById("span-notice").hidden = marks.length > 0 || !location.hash.startsWith("#c");
  if (marks.length) showMark(marks[0]);
}

addEventListener("hashchange", follow);
follow();
