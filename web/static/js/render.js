// Turn answers into elements.

import { el, icon } from "./dom.js";
import { confidenceOf, dayOf, factsOf } from "./wording.js";

const SHOWN_SOURCES = 3;
const LONG_SHORT_ANSWER = 16;

/** What the reader asked. */
export function asked(question) {
  return el("h2", { class: "asked", "aria-label": `您问：${question}` }, question);
}

/** What stands while nothing of the answer has come. */
export function thinking() {
  return el("p", { class: "thinking" }, "正在查阅公报……");
}

/** An answer, finished or still coming; actions: {copy(answer)}, absent while it is still coming. */
export function reply(answer, actions = null) {
  return [
    understood(answer),
    answer.short_answer ? shortAnswer(answer.short_answer) : null,
    el("div", { class: "answer" }, !answer.answered ? [icon("info"), el("p", {}, answer.answer)] : cited(answer)),
    itemised(answer),
    answer.notice ? el("p", { class: "notice" }, answer.notice) : null,
    sources(answer.citations),
    suggestions(answer.suggestions ?? []),
    actions && answer.answered ? foot(answer, actions) : null,
  ].filter(Boolean);
}

/** An answer that did not come, or not to its end; retry is null where it would only fail again. */
export function failure(message, retry = null) {
  const button = el("button", { type: "button", class: "retry", onclick: retry }, icon("retry"), "重新提问");
  return el("div", { class: "failed" }, el("p", {}, message), retry ? button : null);
}

function understood({ question, standalone_question: standalone }) {
  if (!standalone || standalone.trim() === question.trim()) return null;
  return el("p", { class: "understood" }, `理解为：${standalone}`);
}

function shortAnswer(text) {
  return el("p", { class: Array.from(text).length > LONG_SHORT_ANSWER ? "short long" : "short" }, text);
}

/** The answer's text with its marks [1] as links and the short answer emphasised where it first stands. */
function cited({ answer, citations, short_answer: short }) {
  const byNumber = new Map(citations.map((citation) => [citation.n, citation]));
  let emphasise = short;
  return answer.split(/(\[\d+\])/).flatMap((part) => {
    const citation = byNumber.get(Number(/^\[(\d+)\]$/.exec(part)?.[1]));
    if (citation) return [mark(citation)];
    const at = emphasise ? part.indexOf(emphasise) : -1;
    if (at < 0) return [part];
    const pieces = [part.slice(0, at), el("strong", {}, emphasise), part.slice(at + emphasise.length)];
    emphasise = null;
    return pieces;
  });
}

/** A list answer's items, each with the mark of its source. */
function itemised({ items = [], citations }) {
  if (items.length < 2) return null;
  const byNumber = new Map(citations.map((citation) => [citation.n, citation]));
  const lines = items.map(({ text, n }) => el("li", {}, text, byNumber.has(n) ? mark(byNumber.get(n)) : null));
  return el("ol", { class: "items" }, lines);
}

function mark(citation) {
  return sourceLink(citation, { class: "cite", "aria-label": `出处 ${citation.n}：《${citation.title}》` }, String(citation.n));
}

function sources(citations) {
  if (!citations.length) return null;
  const cards = citations.map((citation) => el("li", {}, card(citation)));
  const rest = cards.splice(SHOWN_SOURCES);
  return el(
    "section",
    { class: "sources", "aria-label": "出处" },
    el("h3", { class: "sources-title" }, "出处"),
    el("ul", { class: "source-list" }, cards),
    rest.length
      ? el(
          "details",
          { class: "more-sources" },
          el("summary", {}, `其余 ${rest.length} 条出处`),
          el("ul", { class: "source-list" }, rest),
        )
      : null,
  );
}

function card(citation) {
  const facts = factsOf(citation).map((fact) => el("span", {}, fact));
  return sourceLink(
    citation,
    { class: "source" },
    el("span", { class: "source-n", "aria-hidden": "true" }, String(citation.n)),
    el("span", { class: "source-title" }, citation.title),
    el("span", { class: "source-facts" }, facts),
    el("q", { class: "source-quote" }, citation.quote),
  );
}

/** A link that works by itself; main.js opens it in the panel instead. */
function sourceLink(citation, attributes, ...children) {
  const { article_id: id, start, end, url } = citation;
  return el("a", { ...attributes, href: url, "data-article": id, "data-span": `${start}-${end}` }, ...children);
}

function suggestions(articles) {
  if (!articles.length) return null;
  const link = ({ article_id: id, title }) =>
    el("a", { href: `/articles/${encodeURIComponent(id)}`, "data-article": id }, title);
  return el(
    "section",
    { class: "suggestions", "aria-label": "相近的文章" },
    el("h3", { class: "suggestions-title" }, "相近的文章，供参考"),
    el("ul", {}, articles.map((article) => el("li", {}, link(article)))),
  );
}

function foot(answer, actions) {
  const copied = () => actions.copy(answer);
  const label = el("span", {}, "复制", el("span", { class: "wide-only" }, "答案和出处"));
  return el(
    "div",
    { class: "reply-foot" },
    el("span", {}, confidenceOf(answer)),
    answer.as_of ? el("span", {}, `截至 ${dayOf({ date: answer.as_of })}的报道`) : null,
    el("button", { type: "button", class: "text-button", onclick: copied }, icon("copy"), label),
  );
}
