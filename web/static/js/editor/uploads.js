// Upload files, look at what was recognised, take it in or not, undo.

import { ApiError } from "../api.js";
import { el } from "../dom.js";
import * as toast from "../toast.js";
import { factsOf } from "../wording.js";
import { call, upload } from "./api.js";
import * as job from "./job.js";
import { badge, button, empty, line } from "./ui.js";
import { ARTICLE_STATES, UPLOAD_STATES, bytes, moment } from "./words.js";

const drop = document.getElementById("drop");
const input = document.getElementById("files");
const preview = document.getElementById("preview");
const history = document.getElementById("history");

const TONES = { new: "good", changed: "warn", known: "quiet" };
const STATE_TONES = { staged: "warn", committed: "good" };

/** Let files be picked and dropped. */
export function listen() {
  document.getElementById("pick").addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    const files = [...input.files];
    input.value = ""; // so that the same file can be picked again
    send(files);
  });
  let depth = 0; // entering a child leaves its parent
  drop.addEventListener("dragenter", (event) => (event.preventDefault(), depth++, drop.classList.add("over")));
  drop.addEventListener("dragleave", () => --depth || drop.classList.remove("over"));
  drop.addEventListener("dragover", (event) => event.preventDefault());
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    drop.classList.remove("over");
    send(dropped(event.dataTransfer));
  });
  // A file dropped beside the field must not replace the page.
  for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());
}

/** Return the files of a drop; a folder among them cannot be sent, so it is told. */
function dropped({ items, files }) {
  const entries = [...items].filter((item) => item.kind === "file").map((item) => item.webkitGetAsEntry?.());
  const plain = [...files].filter((_, place) => !entries[place]?.isDirectory);
  if (plain.length < files.length) toast.show("文件夹不能直接上传，请选择里面的文件，或压缩成 zip 再上传。");
  return plain;
}

/** Show the history, the newest first. */
export async function refresh() {
  const { bulletins } = await call("GET", "/api/bulletins");
  history.replaceChildren(...(bulletins.length ? bulletins.map(row) : [empty("还没有上传过公报。")]));
}

async function send(files) {
  if (!files.length) return;
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size > drop.dataset.maxMb * 1024 * 1024) return refuse(`一次最多 ${drop.dataset.maxMb} MB，这些文件共 ${bytes(size)}，请分几次上传。`);
  const bar = el("progress", { max: "1", value: "0", "aria-label": "上传进度" });
  const words = el("p", {}, `正在上传 ${files.length} 个文件……`);
  preview.replaceChildren(el("div", { class: "card" }, words, bar));
  try {
    const staged = await upload(files, (share) => {
      bar.value = share;
      if (share === 1) words.textContent = "正在识别文章……";
    });
    show(staged);
    await refresh();
  } catch (error) {
    const message = error instanceof ApiError ? error.message : "页面出了问题，请重新上传。";
    if (!(error instanceof ApiError)) console.error(error);
    refuse(message);
  }
}

function refuse(message) {
  preview.replaceChildren(el("p", { class: "notice", role: "alert" }, message));
}

/** Show an upload as it compares with what is there now; one that was decided meanwhile is left to the history. */
async function look(id) {
  const now = await call("GET", `/api/bulletins/${id}`);
  if (now.state === "staged") return show(now);
  preview.replaceChildren();
  toast.show(`这次上传${UPLOAD_STATES[now.state]}。`);
  await refresh();
}

/** Show what was recognised in an upload, with what can be done about it. */
function show(staged) {
  const good = staged.files.filter((file) => !file.failure);
  const articles = good.reduce((sum, file) => sum + file.articles.length, 0);
  const replaces = good.filter((file) => file.conflict);
  const replace = el("input", { type: "checkbox" });
  const known = good.length > 0 && !replaces.length && good.every((file) => file.articles.every(({ status }) => status === "known"));
  const commit = button("收录", () => take(staged, replace.checked), known ? "plain" : "primary");
  const refusal = button("放弃", () => discard(staged), known ? "primary" : "plain");
  commit.disabled = !good.length;
  if (replaces.length) {
    const allow = () => (commit.disabled = !replace.checked);
    replace.addEventListener("change", allow);
    allow();
  }
  preview.replaceChildren(
    el(
      "div",
      { class: "card preview" },
      el("h2", {}, "识别结果"),
      el("p", { class: "muted" }, `${staged.files.length} 个文件，认出 ${articles} 篇文章。还没有收录，${moment(staged.expires_at)} 之前可以决定。`),
      staged.files.map(fileCard),
      replaces.length ? el("label", { class: "check" }, replace, el("span", {}, `替换公报文件夹里内容不同的同名文件：${replaces.map((file) => file.name).join("、")}${gone(replaces)}`)) : null,
      known ? el("p", { class: "note" }, "这些文章都已经收录，再收录一次不会有变化。") : null,
      el("div", { class: "actions" }, known ? [refusal, commit] : [commit, refusal]),
    ),
  );
  preview.focus();
}

function gone(files) {
  const titles = files.flatMap((file) => file.replaces ?? []);
  return titles.length ? `。其中 ${titles.length} 篇文章不再收录：${titles.map((title) => `《${title}》`).join("、")}` : "";
}

function fileCard(file) {
  const facts = [bytes(file.size), file.encoding].filter(Boolean);
  const notes = file.notes.map((note) => el("p", { class: "note" }, badge("注意", "warn"), ` ${note}`));
  if (file.failure) notes.unshift(el("p", { class: "note" }, badge("不能收录", "bad"), ` ${file.failure}`));
  return el(
    "section",
    { class: "file" },
    el("h3", {}, file.name),
    el("p", { class: "facts" }, facts.map((fact) => el("span", {}, fact))),
    notes,
    file.articles.length ? el("ol", { class: "recognised" }, file.articles.map(recognised)) : null,
  );
}

function recognised(article) {
  const facts = factsOf(article);
  if (article.correspondents.length) facts.push(`通讯员 ${article.correspondents.join("、")}`);
  facts.push(`${article.length} 字`);
  if (!article.date && !article.date_text) facts.unshift("没有日期");
  else if (!article.date) facts.push("年份不确定");
  return el(
    "li",
    {},
    el("p", { class: "line-title" }, article.title, " ", badge(ARTICLE_STATES[article.status], TONES[article.status])),
    el("p", { class: "facts" }, facts.map((fact) => el("span", {}, fact))),
    el("p", { class: "opening" }, article.opening + (article.length > Array.from(article.opening).length ? "…" : "")),
  );
}

async function take(staged, replace) {
  await decide(staged, () => job.begin(`/api/bulletins/${staged.id}/commit`, replace ? { replace: true } : {}));
  preview.replaceChildren();
  await refresh();
}

/** Do what was decided; where that is refused, show how things are: a file came meanwhile, or another editor decided. */
async function decide(staged, act) {
  try {
    await act();
  } catch (error) {
    if (error.status === 409) await look(staged.id);
    throw error;
  }
}

async function discard(staged) {
  await decide(staged, () => call("DELETE", `/api/bulletins/${staged.id}`));
  preview.replaceChildren();
  toast.show("已放弃，上传的文件已删除");
  await refresh();
  document.getElementById("pick").focus();
}

/** Say what undoing an upload takes out, before it does: to have it back, the files must be uploaded anew. */
async function askUndo(entry, box) {
  const { files } = await call("GET", `/api/bulletins/${entry.id}`);
  const titles = files.filter((file) => !file.failure).flatMap((file) => file.articles.map(({ title }) => `《${title}》`));
  const back = entry.replaced?.length ? "，换回原来的同名文件" : "";
  const sure = button("确认撤销", () => undo(entry), "primary");
  box.replaceChildren(
    el(
      "div",
      { class: "sure" },
      el("p", {}, `撤销会移除这次收录的文件${back}。里面的 ${titles.length} 篇文章：${titles.join("、")}`),
      el("div", { class: "actions" }, sure, button("取消", () => box.replaceChildren())),
    ),
  );
  sure.focus();
}

async function undo(entry) {
  try {
    await job.begin(`/api/bulletins/${entry.id}/undo`, {});
  } finally {
    await refresh();
  }
}

function row(entry) {
  const names = entry.files.map((file) => file.name);
  const articles = entry.files.reduce((sum, file) => sum + file.articles, 0);
  const failed = entry.files.filter((file) => file.failure).length;
  const facts = [badge(UPLOAD_STATES[entry.state], STATE_TONES[entry.state]), el("span", {}, moment(entry.created_at)), el("span", {}, `${articles} 篇文章`)];
  if (failed) facts.push(el("span", {}, `${failed} 个文件不能收录`));
  const more = names.length > 3 ? ` 等 ${names.length} 个文件` : "";
  const title = names.slice(0, 3).join("、") + more;
  const actions = [];
  const box = el("div", {});
  if (entry.state === "staged") {
    actions.push(button("查看", () => look(entry.id), "plain", title));
  }
  if (entry.state === "committed" && new Date(entry.expires_at) > new Date()) {
    actions.push(button("撤销", () => askUndo(entry, box), "plain", title));
  }
  return line(title, facts, actions, [box]);
}

