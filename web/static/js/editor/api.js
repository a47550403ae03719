// Talk to the editor's part of the HTTP API. The token lives as long as the tab.

import { ApiError, messages, send } from "../api.js";

const KEY = "bulletin-qa:token";
const MISSES = 60;
let token = read();
let denied = () => {};

function read() {
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return ""; // storage is switched off
  }
}

/** Remember the token for this tab; an empty one forgets it. */
export function setToken(value) {
  token = value;
  try {
    if (value) sessionStorage.setItem(KEY, value);
    else sessionStorage.removeItem(KEY);
  } catch {
    // It then lasts as long as the page.
  }
}

export function hasToken() {
  return token !== "";
}

/** Call back whenever the service refuses the token: it was changed, or another tab's is not this one's. */
export function onDenied(run) {
  denied = run;
}

/** Call the API; returns the JSON. An ApiError carries the status. */
export async function call(method, path, body = undefined) {
  const options = { method, headers: authorised() };
  if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  try {
    return await (await send(path, options)).json();
  } catch (error) {
    if (error.status === 401) denied(error.message);
    throw error;
  }
}

/** As call("GET", …), but null where this version of the service has no such address. */
export async function getIfThere(path) {
  try {
    return await call("GET", path);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

/** Upload files, telling the share that is sent, 0 to 1; returns the staged upload. */
export function upload(files, onShare) {
  const form = new FormData();
  for (const file of files) form.append("file", file, file.name);
  // fetch() cannot tell how much of a request's body is sent.
  const request = new XMLHttpRequest();
  request.open("POST", "/api/bulletins");
  for (const [name, value] of Object.entries(authorised())) request.setRequestHeader(name, value);
  request.upload.addEventListener("progress", (event) => event.lengthComputable && onShare(event.loaded / event.total));
  return new Promise((resolve, reject) => {
    request.addEventListener("error", () => reject(new ApiError("上传没有完成：连接断开了，请检查网络和文件大小后重试。")));
    request.addEventListener("load", () => {
      let answer = null;
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        // A proxy answered, not the service.
      }
      if (request.status === 401) denied(answer?.detail);
      if (request.status === 201 && answer) resolve(answer);
      else reject(new ApiError(answer?.detail ?? `上传失败（${request.status}）。`, request.status));
    });
    request.send(form);
  });
}

/**
 * Yield a job at each change until it ends; asks again and again where the stream is not to be had, and for two
 * minutes where the service is not: it may be starting anew.
 */
export async function* follow(id) {
  const path = `/api/index/jobs/${encodeURIComponent(id)}`;
  let misses = 0;
  for (;;) {
    let job = null;
    try {
      for await (const message of messages(await send(`${path}/events`, {}))) {
        job = JSON.parse(message.data);
        yield job;
      }
    } catch (error) {
      if (!(error instanceof ApiError) || error.status === 404) throw error;
    }
    if (job && job.state !== "running") return;
    await new Promise((done) => setTimeout(done, 2000));
    try {
      job = await call("GET", path);
    } catch (error) {
      if (!(error instanceof ApiError) || (error.status !== null && error.status < 500) || ++misses > MISSES) throw error;
      continue;
    }
    misses = 0;
    yield job;
    if (job.state !== "running") return;
  }
}

function authorised() {
  // Header values are bytes to the browser; UTF-8 lets a token hold Chinese.
  const bytes = new TextEncoder().encode(token);
  return { Authorization: `Bearer ${String.fromCharCode(...bytes)}` };
}
