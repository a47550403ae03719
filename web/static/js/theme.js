// Apply the reader's choice of light or dark before the page is painted; without one the system decides.
"use strict";

(() => {
  const KEY = "bulletin-qa:theme";
  const sheet = document.getElementById("dark-sheet");
  const system = matchMedia("(prefers-color-scheme: dark)");
  let choice = stored();

  function stored() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage is switched off
    }
  }

  function apply() {
    sheet.media = choice === "dark" ? "screen" : choice === "light" ? "not all" : "screen and (prefers-color-scheme: dark)";
  }

  function toggle() {
    const now = choice ?? (system.matches ? "dark" : "light");
    choice = now === "dark" ? "light" : "dark";
    try {
      localStorage.setItem(KEY, choice);
    } catch {
      // The choice then lasts as long as the page.
    }
    apply();
  }

  apply();
  addEventListener("DOMContentLoaded", () => {
    document.getElementById("theme-toggle").addEventListener("click", toggle);
  });
})();
