// How things of the editor's desk are worded.

export const UPLOAD_STATES = {
  staged: "待确认",
  committing: "正在收录",
  committed: "已收录",
  undoing: "正在撤销",
  undone: "已撤销",
  discarded: "已放弃",
  expired: "已过期",
};
export const ARTICLE_STATES = { new: "新文章", changed: "有改动", known: "已收录" };
export const JOB_STATES = { running: "进行中", done: "完成", failed: "没有完成" };
export const CAUSES = { rebuild: "更新索引", commit: "收录上传", undo: "撤销上传" };
export const PHASES = { read: "读取公报", encode: "计算向量", check: "校验问答", write: "写入索引" };

/** "12月14日 09:30", with the year where it is another one. */
export function moment(text) {
  const at = new Date(text);
  const day = `${at.getMonth() + 1}月${at.getDate()}日`;
  const time = `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
  return at.getFullYear() === new Date().getFullYear() ? `${day} ${time}` : `${at.getFullYear()}年${day} ${time}`;
}

/** "1.5 MB" */
export function bytes(count) {
  if (count < 1024) return `${count} 字节`;
  return count < 1024 * 1024 ? `${(count / 1024).toFixed(1)} KB` : `${(count / 1024 / 1024).toFixed(1)} MB`;
}

/** "约 3 分钟" */
export function duration(seconds) {
  if (seconds < 60) return `约 ${Math.max(1, Math.round(seconds))} 秒`;
  return seconds < 3600 ? `约 ${Math.round(seconds / 60)} 分钟` : `约 ${(seconds / 3600).toFixed(1)} 小时`;
}

/** "新增 3 篇，更改 1 篇": what a report did; the numbers may be lists. */
export function outcome(report) {
  const count = (value) => (Array.isArray(value) ? value.length : value);
  const parts = [["新增", report.added], ["更改", report.changed], ["移除", report.removed]]
    .filter(([, value]) => count(value) > 0)
    .map(([word, value]) => `${word} ${count(value)} 篇`);
  return parts.length ? parts.join("，") : "文章没有变化";
}
