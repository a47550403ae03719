// The rebuild under way, as it goes, and how it ended.

import { el } from "../dom.js";
import { call, follow } from "./api.js";
import { badge, button } from "./ui.js";
import { CAUSES, PHASES, duration, outcome } from "./words.js";

const card = document.getElementById("job");
const title = document.getElementById("job-title");
const body = document.getElementById("job-body");
const live = document.getElementById("live");

let ended = () => {};
let shown = null;

/** Call back whenever a job has ended. */
export function onEnd(run) {
  ended = run;
}

/** Show a job until it has ended. */
export async function watch(job) {
  shown = job.id;
  card.hidden = false;
  paint(job);
  live.textContent = "正在更新索引";
  for await (const now of follow(job.id)) {
    if (shown !== job.id) return; // another one took its place
    paint(now);
  }
  live.textContent = title.textContent;
  await ended();
}

/** Start a rebuild and show it. */
export function rebuild(force = false) {
  return begin("/api/index/rebuild", force ? { force: true } : {});
}

/** Post what starts a job and show it; where another one is under way, possibly another editor's, show that. */
export async function begin(path, what) {
  try {
    const { job } = await call("POST", path, what);
    watch(job).catch(lost);
    card.focus(); // the button that began it is gone or at rest
  } catch (error) {
    if (error.status === 409) await join();
    throw error;
  }
}

async function join() {
  const { jobs } = await call("GET", "/api/index/jobs");
  const running = jobs.find((one) => one.state === "running");
  if (running && running.id !== shown) watch(running).catch(lost);
}

/** Say that the progress can no longer be had. */
export function lost(error) {
  body.replaceChildren(el("p", { class: "bad" }, `看不到进度了：${error.message}`), el("div", { class: "actions" }, closeButton()));
}

function paint(job) {
  card.dataset.state = job.state;
  if (job.state === "running") return paintRunning(job);
  title.textContent = job.state === "done" ? `${CAUSES[job.cause]}：完成` : `${CAUSES[job.cause]}：没有完成`;
  body.replaceChildren(...(job.report ? reportParts(job) : []), ...(job.report?.held ? [] : errorParts(job)), closing(job));
}

function paintRunning(job) {
  title.textContent = `正在${CAUSES[job.cause]}`;
  const progress = job.progress;
  const bar = el("progress", progress ? { max: "100", value: String(progress.percent), "aria-label": "进度" } : { "aria-label": "进度" });
  const facts = [progress ? PHASES[progress.phase] : "正在准备"];
  if (progress) {
    facts.push(`${progress.done} / ${progress.total}`, `${Math.floor(progress.percent)}%`);
    if (progress.rate) facts.push(`每秒 ${progress.rate >= 10 ? Math.round(progress.rate) : progress.rate.toFixed(1)} 个`);
    if (progress.seconds_left) facts.push(`还要${duration(progress.seconds_left)}`);
  }
  body.replaceChildren(bar, el("p", { class: "facts" }, facts.map((fact) => el("span", {}, fact))));
}

function reportParts({ report, cause }) {
  const parts = [];
  if (report.held) {
    parts.push(
      el("p", { class: "bad" }, "新索引没有通过校验题，没有启用；读者看到的仍是原来的内容。"),
      el("ul", { class: "failures" }, report.canary_failures.map(canary)),
      el("p", { class: "note" }, cause === "commit" ? "公报确实该这样改时可以仍然启用；不对的话，请在上传记录里撤销这次上传。" : "公报确实该这样改时可以仍然启用；不对的话，请改正公报文件后再更新索引。"),
    );
  } else {
    parts.push(el("p", {}, `第 ${report.generation} 代索引${report.activated ? "已启用" : "没有变化"}：${outcome(report)}。共 ${report.articles} 篇文章。`));
  }
  for (const [list, tone, word] of [[report.failed, "bad", "失败"], [report.notes, "warn", "注意"]]) {
    if (!list.length) continue;
    parts.push(el("ul", { class: "failures" }, list.map((file) => el("li", {}, badge(word, tone), ` ${file.source}：${file.reason}`))));
  }
  return parts;
}

function canary(failure) {
  const wanted = failure.expected.length ? `应答“${failure.expected.join("”或“")}”` : "应当拒答";
  return el("li", {}, el("strong", {}, failure.question), `　${wanted}，却答“${failure.answered}”`);
}

function errorParts(job) {
  return job.error ? [el("p", { class: "bad" }, job.error)] : [];
}

function closeButton() {
  return el("button", { type: "button", class: "plain", onclick: () => (card.hidden = true) }, "知道了");
}

function closing(job) {
  const force = job.report?.held ? button("仍然启用新索引", () => rebuild(true)) : null;
  return el("div", { class: "actions" }, closeButton(), force);
}
