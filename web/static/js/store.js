// The conversation, kept in this browser only: each tab keeps its own, a new one goes on with the latest.

const KEY = "bulletin-qa:conversation:1";
const MAX_EXCHANGES = 50;
const HISTORY_EXCHANGES = 6;
const HISTORY_CHARS = 2000;

/** Load the exchanges of the last visit; anything that is not ours is dropped. */
export function load() {
  try {
    return parse(sessionStorage.getItem(KEY)) ?? parse(localStorage.getItem(KEY)) ?? [];
  } catch {
    return []; // storage is switched off
  }
}

/** Keep the exchanges; without the passages, which the page doesn't show. */
export function save(exchanges) {
  const kept = exchanges.slice(-MAX_EXCHANGES).map(({ question, answer }) => {
    if (!answer) return { question };
    const { passages, timings_ms, ...shown } = answer;
    return { question, answer: shown };
  });
  try {
    for (const storage of [sessionStorage, localStorage]) storage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Storage is switched off or full: the conversation then lasts as long as the page.
  }
}

/** Return the recent turns as the API takes them, so that it understands a follow-up. */
export function historyOf(exchanges) {
  return exchanges
    .filter((exchange) => exchange.answer)
    .slice(-HISTORY_EXCHANGES)
    .flatMap(({ question, answer }) => [
      { role: "user", content: clip(question) },
      { role: "assistant", content: clip(answer.answer) },
    ]);
}

// Code points, so that no character is cut in half.
function clip(text) {
  return Array.from(text).slice(0, HISTORY_CHARS).join("");
}

function parse(text) {
  try {
    const stored = JSON.parse(text);
    return Array.isArray(stored) ? stored.filter(isExchange) : null;
  } catch {
    return null;
  }
}

function isExchange(value) {
  if (typeof value?.question !== "string") return false;
  const { answer } = value;
  return (
    answer === undefined ||
    (typeof answer?.answer === "string" && Array.isArray(answer.citations) && Array.isArray(answer.suggestions))
  );
}
