// The original text beside the conversation; over it on a phone.

import { fetchArticle } from "./api.js";
import { el } from "./dom.js";
import { markSpan, parseSpan, showMark } from "./highlight.js";
import { factsOf } from "./wording.js";

const panel = document.getElementById("panel");
const heading = document.getElementById("panel-heading");
const content = document.getElementById("panel-content");
const page = document.getElementById("panel-page");
const chat = document.getElementById("chat");
const bar = document.querySelector(".bar");
const narrow = matchMedia("(max-width: 900px)");

let opener = null;
let loading = null;

/** Tell whether an article is open. */
export function isOpen() {
  return !panel.hidden;
}

/** Open the article that a source link names, at its span. */
export async function open(link) {
  const source = { article: link.dataset.article, span: link.dataset.span, href: link.href };
  // So that "back", the natural way out on a phone, closes the panel and does not leave the page.
  if (isOpen()) history.replaceState({ source }, "");
  else history.pushState({ source }, "");
  await show(source, link);
}

/** Open what was open before the page was loaded again. */
export function reopen() {
  const source = history.state?.source;
  if (source) show(source, linkOf(source));
}

async function show({ article, span, href }, link) {
  select(link);
  page.href = href;
  panel.hidden = false;
  cover();
  await fill(article, parseSpan(`#c${span}`));
}

function linkOf({ article, span }) {
  const links = document.querySelectorAll("#messages a[data-article]");
  return [...links].find(({ dataset }) => dataset.article === article && dataset.span === span) ?? null;
}

/** Close the panel, as "back" does. */
export function close() {
  hide();
  history.back();
}

async function fill(id, span) {
  loading?.abort();
  loading = new AbortController();
  heading.textContent = "原文";
  content.replaceChildren(el("p", { class: "thinking" }, "正在打开原文……"));
  content.focus();
  try {
    const article = await fetchArticle(id, loading.signal);
    const { element, body } = render(article);
    heading.textContent = article.title;
    content.replaceChildren(element);
    content.scrollTop = 0;
    const marks = markSpan(body, span);
    if (marks.length) showMark(marks[0]);
  } catch (error) {
    if (error.name === "AbortError") return; // another article was opened meanwhile
    content.replaceChildren(el("p", { class: "notice", role: "alert" }, error.message));
  }
}

function render(article) {
  let start = 0;
  const paragraphs = article.body.split("\n").map((text) => {
    const paragraph = el("p", { "data-start": String(start) }, text);
    start += Array.from(text).length + 1;
    return paragraph;
  });
  const body = el("div", { class: "body" }, paragraphs);
  const facts = [...factsOf(article), `来源 ${article.source}`].map((fact) => el("div", {}, fact));
  const element = el("article", { class: "reading" }, el("h1", {}, article.title), el("div", { class: "facts" }, facts), body);
  return { element, body };
}

function hide() {
  loading?.abort();
  panel.hidden = true;
  cover();
  opener?.focus();
  select(null);
}

/** Keep what the panel covers from being reached, and nothing else: a tablet that is turned changes what it covers. */
function cover() {
  const covers = isOpen() && narrow.matches;
  if (covers && !panel.contains(document.activeElement)) content.focus();
  for (const part of [bar, chat]) part.inert = covers;
}

function select(link) {
  opener?.removeAttribute("aria-current");
  link?.setAttribute("aria-current", "true");
  opener = link;
}

document.getElementById("panel-close").addEventListener("click", close);
narrow.addEventListener("change", cover);
addEventListener("popstate", ({ state }) => {
  if (state?.source) show(state.source, linkOf(state.source));
  else if (isOpen()) hide();
});
