// How facts of an article are worded, on a card and in a copied source.

/** "2021年12月10日" where the year is certain, else the day as printed; null where there is none. */
export function dayOf({ date, date_text: text }) {
  if (!date) return text ?? null;
  const [year, month, day] = date.split("-").map(Number);
  return `${year}年${month}月${day}日`;
}

/** ["12月10日", "记者 景静"]: what there is of it. */
export function factsOf(article) {
  const reporters = article.reporters.length ? `记者 ${article.reporters.join("、")}` : null;
  return [dayOf(article), reporters].filter(Boolean);
}

/** The answer with its sources, as plain text to paste elsewhere. */
export function quotable(answer) {
  const lines = answer.short_answer ? [answer.short_answer] : [];
  lines.push(answer.answer);
  for (const citation of answer.citations) {
    const facts = [`《${citation.title}》`, ...factsOf(citation)].join(" ");
    lines.push(`出处[${citation.n}]：${facts}`, new URL(citation.url, location.href).href);
  }
  return lines.join("\n");
}

/** A calibrated probability in words a reader can use. */
export function confidenceOf({ confidence }) {
  const words = confidence >= 0.8 ? "较高" : confidence >= 0.5 ? "中等" : "较低";
  return `把握${words}（${Math.round(confidence * 100)}%）`;
}
