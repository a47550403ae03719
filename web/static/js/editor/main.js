// The editor's desk: who may come in, and which pane is open.

import { ApiError } from "../api.js";
import * as api from "./api.js";
import * as articles from "./articles.js";
import * as index from "./index.js";
import * as job from "./job.js";
import { tell } from "./ui.js";
import * as uploads from "./uploads.js";

const entry = document.getElementById("entry");
const field = document.getElementById("token");
const wrong = document.getElementById("token-error");
const desk = document.getElementById("desk");
const leave = document.getElementById("leave");
const tabs = [...document.querySelectorAll("[role=tab]")];
const PANES = { "pane-upload": uploads, "pane-articles": articles, "pane-index": index };

/** Try the token; show the desk, or the form with what is wrong. */
async function enter() {
  try {
    await uploads.refresh();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return askToken(error.message);
  }
  const asked = !entry.hidden;
  entry.hidden = true;
  desk.hidden = leave.hidden = false;
  if (asked) selected().focus();
  const running = await index.refresh();
  if (running) job.watch(running).catch(job.lost);
}

function askToken(message = null) {
  api.setToken("");
  desk.hidden = leave.hidden = true;
  entry.hidden = false;
  wrong.hidden = message === null;
  wrong.textContent = message ?? "";
  field.select();
  field.focus();
}

function open(tab) {
  for (const other of tabs) {
    const chosen = other === tab;
    other.setAttribute("aria-selected", String(chosen));
    other.tabIndex = chosen ? 0 : -1;
    document.getElementById(other.getAttribute("aria-controls")).hidden = !chosen;
  }
  refreshOpen().catch(tell);
}

function selected() {
  return tabs.find((one) => one.getAttribute("aria-selected") === "true");
}

function refreshOpen() {
  return PANES[selected().getAttribute("aria-controls")].refresh();
}

function onTabKey(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const next = tabs[(tabs.indexOf(event.currentTarget) + step + tabs.length) % tabs.length];
  next.focus();
  open(next);
}

if (entry) {
  entry.addEventListener("submit", (event) => {
    event.preventDefault();
    api.setToken(field.value.trim());
    field.value = "";
    enter().catch(tell);
  });
  leave.addEventListener("click", () => {
    api.setToken("");
    location.reload(); // nothing of the desk stays on the screen
  });
  for (const tab of tabs) {
    tab.addEventListener("click", () => open(tab));
    tab.addEventListener("keydown", onTabKey);
  }
  api.onDenied(askToken);
  uploads.listen();
  articles.listen();
  job.onEnd(refreshOpen);
  if (api.hasToken()) enter().catch(tell);
  else askToken();
}
