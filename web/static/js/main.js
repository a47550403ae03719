// The chat page: the conversation, and what the reader can do with it.

import { ApiError, ask } from "./api.js";
import { copy } from "./clipboard.js";
import * as composer from "./composer.js";
import { el } from "./dom.js";
import * as examples from "./examples.js";
import * as panel from "./panel.js";
import { asked, failure, reply, thinking } from "./render.js";
import * as scroll from "./scroll.js";
import { historyOf, load, save } from "./store.js";
import * as toast from "./toast.js";
import { quotable } from "./wording.js";

const messages = document.getElementById("messages");
const welcome = document.getElementById("welcome");
const newChat = document.getElementById("new-chat");
const live = document.getElementById("live");

const STOPPED = "已停止回答。";
const UNFORESEEN = "页面出了问题，请重新提问。";
const UNFIT = 422;

let exchanges = load();
let running = null;

/** Ask a question and show the answer as it comes. */
async function send(question) {
  if (running) return;
  toast.hide(); // with it goes the offer to have another conversation back
  const exchange = { question };
  const history = historyOf(exchanges);
  exchanges.push(exchange);
  save(exchanges); // a reload in the middle of the answer must not lose the question
  const box = show(exchange);
  box.replaceChildren(thinking());
  box.setAttribute("aria-busy", "true");
  announce("正在查阅公报");
  scroll.toEnd();

  running = new AbortController();
  composer.setBusy(true);
  const { signal } = running;
  try {
    exchange.answer = await receive({ question, history }, signal, box);
    paint(box, exchange.answer, { copy: copyAnswer });
    announce(`${exchange.answer.short_answer ?? ""} ${exchange.answer.answer}`);
  } catch (error) {
    const message = signal.aborted ? STOPPED : error instanceof ApiError ? error.message : UNFORESEEN;
    if (!signal.aborted && !(error instanceof ApiError)) console.error(error);
    if (error.status === UNFIT) reject(box, exchange, message);
    else fail(box, exchange, message);
  } finally {
    // A new chat may have begun meanwhile, with a question of its own.
    if (running?.signal === signal) {
      running = null;
      composer.setBusy(false);
      save(exchanges);
    }
    box.removeAttribute("aria-busy");
    scroll.follow();
  }
}

/** Show the events of one answer as they arrive; returns the finished answer. */
async function receive(request, signal, box) {
  let answer = { question: request.question, answer: "", citations: [] };
  for await (const { event, data } of ask(request, signal)) {
    if (event === "done") return data;
    if (event === "token") answer.answer += data.text;
    else answer = { ...answer, ...data };
    if (!answer.answer) continue;
    paint(box, answer);
    scroll.follow();
  }
}

function stop() {
  running?.abort();
}

/** Append an exchange to the page; returns the box of its reply. */
function show(exchange) {
  const box = el("div", { class: "reply" });
  messages.append(el("li", { class: "exchange" }, asked(exchange.question), box));
  refresh();
  return box;
}

function paint(box, answer, actions = null) {
  box.classList.toggle("refused", !answer.answered);
  box.replaceChildren(...reply(answer, actions));
}

function fail(box, exchange, message) {
  const retry = () => {
    if (running) return;
    exchanges = exchanges.filter((other) => other !== exchange);
    box.closest(".exchange").remove();
    composer.focus();
    send(exchange.question);
  };
  const partial = box.querySelector(".answer") ? [...box.childNodes] : [];
  box.replaceChildren(...partial, failure(message, retry));
  announce(message);
}

/** Tell why a question cannot be asked; asked again, it could not be either. */
function reject(box, exchange, message) {
  exchanges = exchanges.filter((other) => other !== exchange);
  box.replaceChildren(failure(message));
  announce(message);
}

async function copyAnswer(answer) {
  toast.show((await copy(quotable(answer))) ? "已复制答案和出处" : "没能复制，请手动选择文字");
}

/** Begin anew; for a moment the old conversation can be had back. */
function startAnew() {
  stop();
  running = null;
  composer.setBusy(false);
  const before = exchanges;
  restore([]);
  composer.focus();
  toast.show("已开始新对话", { label: "撤销", run: () => restore([...before, ...exchanges]) });
}

function restore(conversation) {
  exchanges = conversation;
  save(exchanges);
  messages.replaceChildren();
  for (const exchange of exchanges) {
    const box = show(exchange);
    if (exchange.answer) paint(box, exchange.answer, { copy: copyAnswer });
    else fail(box, exchange, "这个问题还没有答案。");
  }
  refresh();
  scroll.toEnd();
}

function refresh() {
  const started = exchanges.length > 0;
  welcome.hidden = started;
  newChat.hidden = !started;
}

function announce(text) {
  live.textContent = text;
}

function onClick(event) {
  const link = event.target.closest("a[data-article]");
  // With a modifier the link does what links do.
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  panel.open(link);
}

function onKey(event) {
  if (event.key !== "Escape" || event.isComposing) return;
  if (panel.isOpen()) panel.close();
  else stop();
}

// What is folded away on the screen is printed all the same.
function unfold() {
  for (const folded of messages.querySelectorAll("details:not([open])")) {
    folded.open = true;
    addEventListener("afterprint", () => (folded.open = false), { once: true });
  }
}

composer.listen({ send, stop });
addEventListener("beforeprint", unfold);
messages.addEventListener("click", onClick);
document.addEventListener("keydown", onKey);
newChat.addEventListener("click", startAnew);
examples.listen(send);
restore(exchanges);
announce("");
composer.focus();
panel.reopen();
