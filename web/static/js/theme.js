// Apply the reader's choice of light or dark before the page is painted; without one the system decides.
"use strict";

(() => {
  const KEY = "bulletin-qa:theme";
  const sheet = document.getElementById("dark-sheet");
  const system = matchMedia("(prefers-color-scheme: dark)");

  function stored() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage is switched off
    }
  }

  function apply(theme) {
    sheet.media = theme === "dark" ? "all" : theme === "light" ? "not all" : "(prefers-color-scheme: dark)";
  }

  function toggle() {
    const now = stored() ?? (system.matches ? "dark" : "light");
    const next = now === "dark" ? "light" : "dark";
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // The choice then lasts as long as the page.
    }
    apply(next);
  }

  apply(stored());
  addEventListener("DOMContentLoaded", () => {
    document.getElementById("theme-toggle").addEventListener("click", toggle);
  });
})();
