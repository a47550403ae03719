// Talk to the HTTP API.

import { createParser } from "../vendor/eventsource-parser/index.js";

/** An error that the reader is told, in Chinese; with the HTTP status where there was an answer. */
export class ApiError extends Error {
  constructor(message, status = null) {
    super(message);
    this.status = status;
  }
}

const UNREACHABLE = "连接不上服务，请检查网络后重试。";
const BROKEN_OFF = "回答没有传完，连接断开了，请重试。";

/**
 * Ask a question; yields {event, data} as they arrive, the last one "done".
 * Aborting the signal throws the browser's AbortError.
 */
export async function* ask({ question, history }, signal) {
  const response = await send("/api/ask", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    body: JSON.stringify({ question, history }),
    signal,
  });
  let finished = false;
  for await (const message of messages(response)) {
    const data = JSON.parse(message.data);
    if (message.event === "error") throw new ApiError(data.detail, data.status);
    finished ||= message.event === "done";
    yield { event: message.event, data };
  }
  if (!finished) throw new ApiError(BROKEN_OFF);
}

/** Fetch one article. */
export async function fetchArticle(id, signal) {
  const response = await send(`/api/articles/${encodeURIComponent(id)}`, { signal });
  return response.json();
}

/** Fetch questions that the corpus answers; none while the service is still finding them. */
export async function fetchExamples() {
  const response = await send("/api/examples");
  return (await response.json()).examples;
}

/** As fetch(), but every failure is an ApiError. */
export async function send(url, options) {
  let response;
  try {
    response = await fetch(url, options);
  } catch (error) {
    throw readable(error, UNREACHABLE);
  }
  if (!response.ok) throw new ApiError(await detail(response), response.status);
  return response;
}

async function detail(response) {
  try {
    return (await response.json()).detail;
  } catch {
    return `服务返回了错误（${response.status}），请稍后重试。`; // a proxy answered, not the service
  }
}

/** Yield the messages of an event stream. */
export async function* messages(response) {
  const waiting = [];
  const parser = createParser({ onEvent: (message) => waiting.push(message) });
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      yield* waiting.splice(0);
    }
  } catch (error) {
    throw readable(error, BROKEN_OFF);
  } finally {
    reader.cancel().catch(() => {});
  }
}

function readable(error, message) {
  return error instanceof TypeError ? new ApiError(message) : error;
}
