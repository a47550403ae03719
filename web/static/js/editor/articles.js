// The articles that serve, and those taken out of use.

import { el } from "../dom.js";
import * as toast from "../toast.js";
import { factsOf } from "../wording.js";
import { call, getIfThere } from "./api.js";
import { button, empty, line, tell } from "./ui.js";
import { moment } from "./words.js";

const list = document.getElementById("articles");
const count = document.getElementById("articles-count");
const pager = document.getElementById("articles-pager");
const text = document.getElementById("find-text");
const part = document.getElementById("withdrawn-part");
const withdrawn = document.getElementById("withdrawn");

let page = 1;
let canWithdraw = false;

/** Let the editor search. */
export function listen() {
  document.getElementById("find").addEventListener("submit", (event) => {
    event.preventDefault();
    page = 1;
    refresh().catch(tell);
  });
}

/** Show a page of the articles and what is withdrawn. */
export async function refresh() {
  const out = await getIfThere("/api/withdrawn"); // older services have no withdrawals
  canWithdraw = out !== null;
  part.hidden = !out?.withdrawn.length;
  withdrawn.replaceChildren(...(out?.withdrawn ?? []).map(withdrawnRow));
  let listing = await find();
  if (page > 1 && page > listing.pages) {
    page = Math.max(1, listing.pages); // the last article of the last page was withdrawn
    listing = await find();
  }
  count.textContent = `共 ${listing.total} 篇`;
  list.replaceChildren(...(listing.articles.length ? listing.articles.map(row) : [empty("没有符合条件的文章。")]));
  pager.replaceChildren(...pages(listing));
}

function find() {
  const query = new URLSearchParams({ page: String(page) });
  if (text.value.trim()) query.set("q", text.value.trim());
  return call("GET", `/api/articles?${query}`);
}

function row(article) {
  const title = el("a", { href: article.url, target: "_blank" }, article.title);
  const facts = [...factsOf(article), article.source].map((fact) => el("span", {}, fact));
  if (!canWithdraw) return line(title, facts);
  const box = el("div", {});
  const open = button("撤回", () => askWhy(article, box), "plain", `《${article.title}》`);
  return line(title, facts, [open], [box]);
}

function askWhy(article, box) {
  const why = el("input", { required: true, maxlength: "500", placeholder: "撤回的原因", "aria-label": `撤回《${article.title}》的原因` });
  const form = el("form", { class: "why" }, why, el("button", { type: "submit", class: "primary" }, "确认撤回"), button("取消", () => box.replaceChildren()));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    why.value = why.value.trim();
    if (!form.reportValidity()) return; // blanks are no reason
    try {
      await call("POST", `/api/articles/${encodeURIComponent(article.id)}/withdraw`, { why: why.value });
      toast.show("已撤回，即刻不再用于回答");
      const place = [...list.children].indexOf(box.closest("li"));
      await refresh();
      (list.children[place]?.querySelector("button") ?? count).focus(); // the next one, where there is one
    } catch (error) {
      tell(error);
    }
  });
  box.replaceChildren(form);
  why.focus();
}

function withdrawnRow(entry) {
  const facts = [moment(entry.at), `原因：${entry.why}`, entry.source].map((fact) => el("span", {}, fact));
  return line(entry.title, facts, [button("恢复", () => restore(entry), "plain", `《${entry.title}》`)]);
}

async function restore(entry) {
  await call("POST", `/api/articles/${encodeURIComponent(entry.article_id)}/restore`, {});
  toast.show("已恢复");
  await refresh();
  count.focus();
}

function pages({ page: now, pages: all }) {
  if (all <= 1) return [];
  const to = (number, words) => button(words, () => ((page = number), refresh()));
  return [now > 1 ? to(now - 1, "上一页") : null, el("span", {}, `第 ${now} / ${all} 页`), now < all ? to(now + 1, "下一页") : null].filter(Boolean);
}
