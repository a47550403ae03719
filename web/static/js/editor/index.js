// Rebuilds that were, and the generations that they made.

import { el } from "../dom.js";
import * as toast from "../toast.js";
import { call, getIfThere } from "./api.js";
import * as job from "./job.js";
import { badge, button, empty, line, tell } from "./ui.js";
import { CAUSES, JOB_STATES, moment, outcome } from "./words.js";

const jobs = document.getElementById("jobs");
const part = document.getElementById("generations-part");
const generations = document.getElementById("generations");

const TONES = { running: "warn", done: "good", failed: "bad" };

/** Show jobs and generations; returns the job under way, null where there is none. */
export async function refresh() {
  const [listed, known] = await Promise.all([call("GET", "/api/index/jobs"), getIfThere("/api/generations")]);
  jobs.replaceChildren(...(listed.jobs.length ? listed.jobs.map(jobRow) : [empty("还没有任务。")]));
  part.hidden = known === null;
  const all = [...(known?.generations ?? [])].sort((a, b) => b.generation - a.generation);
  generations.replaceChildren(...(all.length ? all.map((one, place) => generationRow(one, all[place + 1])) : [empty("还没有索引。")]));
  return listed.jobs.find((one) => one.state === "running") ?? null;
}

function jobRow(one) {
  const facts = [badge(JOB_STATES[one.state], TONES[one.state]), el("span", {}, moment(one.started_at))];
  if (one.report && !one.report.held) facts.push(el("span", {}, outcome(one.report)), el("span", {}, `${one.report.seconds.toFixed(1)} 秒`));
  const more = one.error ? [el("p", { class: "note" }, one.error)] : [];
  return line(CAUSES[one.cause], facts, [], more);
}

function generationRow(one, before) {
  const facts = [el("span", {}, moment(one.created_at)), el("span", {}, `${one.articles} 篇文章`), el("span", {}, outcome(one))];
  const difference = el("div", {});
  const actions = [];
  if (one.kept && before?.kept) actions.push(button("与上一代比较", () => compare(before, one, difference), "plain", `第 ${one.generation} 代`));
  if (one.kept && !one.active) actions.push(button("换回这一代", () => activate(one), "plain", `第 ${one.generation} 代`));
  const title = el("span", {}, `第 ${one.generation} 代 `, one.active ? badge("使用中", "good") : one.kept ? null : badge("已清理"));
  return line(title, facts, actions, [difference]);
}

async function compare(before, after, box) {
  if (box.childNodes.length) return box.replaceChildren();
  const found = await call("GET", `/api/generations/${before.generation}/diff/${after.generation}`);
  const parts = [["新增", "good", found.added], ["更改", "warn", found.changed], ["移除", "bad", found.removed]];
  const items = parts.flatMap(([word, tone, refs]) => refs.map((ref) => el("li", {}, badge(word, tone), ` ${ref.title}（${ref.source}）`)));
  box.replaceChildren(el("ul", { class: "failures" }, items.length ? items : el("li", {}, "文章没有差别。")));
}

async function activate(one) {
  const done = await call("POST", `/api/generations/${one.generation}/activate`, {});
  toast.show(done.notice ?? `已换回第 ${one.generation} 代`);
  await refresh();
}

const again = document.getElementById("rebuild");
again.addEventListener("click", async () => {
  again.disabled = true;
  try {
    await job.rebuild();
  } catch (error) {
    tell(error);
  } finally {
    again.disabled = false;
  }
});
