// Mark a span of an article's body. Offsets count code points, as in the API, not UTF-16 units.

/** Read "#c120-188" as {start: 120, end: 188}; null where it is none. */
export function parseSpan(hash) {
  const match = /^#c(\d{1,9})-(\d{1,9})$/.exec(hash);
  return match && { start: Number(match[1]), end: Number(match[2]) };
}

/**
 * Mark a span in paragraphs that carry data-start, replacing an earlier mark.
 * Returns the marks, one a paragraph touched; none if the span does not lie within the body.
 */
export function markSpan(body, span) {
  const paragraphs = [...body.querySelectorAll("[data-start]")].map((element) => ({
    element,
    start: Number(element.dataset.start),
    chars: Array.from(element.textContent),
  }));
  for (const { element, chars } of paragraphs) element.replaceChildren(chars.join(""));
  const last = paragraphs.at(-1);
  if (!span || !last || span.start >= span.end || span.end > last.start + last.chars.length) return [];
  return paragraphs.flatMap(({ element, start, chars }) => {
    const from = Math.max(span.start - start, 0);
    const to = Math.min(span.end - start, chars.length);
    if (from >= to) return [];
    const mark = document.createElement("mark");
    mark.textContent = chars.slice(from, to).join("");
    element.replaceChildren(chars.slice(0, from).join(""), mark, chars.slice(to).join(""));
    return [mark];
  });
}

/** Bring a mark to the middle of what scrolls it, and let a screen reader start there. */
export function showMark(mark) {
  mark.tabIndex = -1;
  mark.focus({ preventScroll: true });
  mark.scrollIntoView({ block: "center" });
}
