// While a request is being prepared, its page shows the newest state every few seconds.
(() => {
  "use strict";

  const EVERY = 4000;
  const region = () => document.getElementById("request-progress");

  async function renew() {
    const shown = region();
    if (!shown || shown.dataset.waiting === "0") return;
    // Whoever has the focus inside keeps it: the next time will do.
    const busy = shown.contains(document.activeElement);
    if (!busy && !document.hidden) {
      try {
        const answer = await fetch(location.href, { credentials: "same-origin" });
        if (answer.ok && !answer.redirected) put(shown, await answer.text());
      } catch {
        // The network is away for a moment.
      }
    }
    setTimeout(renew, EVERY);
  }

  function put(shown, html) {
    const found = new DOMParser().parseFromString(html, "text/html");
    const fresh = found.getElementById("request-progress");
    if (!fresh) return;
    const count = document.getElementById("request-count");
    const said = found.getElementById("request-count").textContent;
    // Told to screen readers, so only where it is news.
    if (count.textContent.trim() !== said.trim()) count.textContent = said;
    shown.replaceWith(fresh);
  }

  setTimeout(renew, EVERY);
})();
