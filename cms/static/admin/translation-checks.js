// The checks beside a string: asked for while one types, and dismissed without leaving the page.
(() => {
  "use strict";

  const editor = document.querySelector(".js-translation-editor");
  if (!editor) return;
  const WAIT = 600;
  const timers = new WeakMap();
  const asked = new WeakMap();

  const rowOf = (element) => element.closest("[data-string]");

  /** The row's form as it would be sent, with the token that is good now. */
  function send(row, url, extra, signal) {
    const data = new FormData(row.querySelector("form"));
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
    if (token) data.set("csrfmiddlewaretoken", token);
    Object.entries(extra).forEach(([name, value]) => data.set(name, value));
    const headers = { Accept: "text/fragment", "X-Requested-With": "XMLHttpRequest" };
    return fetch(url, { method: "POST", body: data, headers, signal });
  }

  async function check(row) {
    const place = row.querySelector("[data-typed-findings]");
    const stored = row.querySelector("[data-stored-findings]");
    asked.get(row)?.abort();
    const call = new AbortController();
    asked.set(row, call);
    try {
      const response = await send(row, place.dataset.check, {}, call.signal);
      if (!response.ok || response.redirected) return;
      const html = await response.text();
      if (call.signal.aborted) return;
      // What is saved is no longer what the field says.
      if (stored) stored.hidden = true;
      if (place.innerHTML.trim() !== html.trim()) place.innerHTML = html;
    } catch {
      // Saving tells what is wrong with the connection.
    }
  }

  editor.addEventListener("input", (event) => {
    if (!event.target.matches("textarea[name=value]")) return;
    const row = rowOf(event.target);
    if (!row.querySelector("[data-typed-findings]")) return;
    window.clearTimeout(timers.get(row));
    timers.set(row, window.setTimeout(() => check(row), WAIT));
  });

  async function dismiss(button) {
    const row = rowOf(button);
    const place = row.querySelector("[data-findings]");
    try {
      const response = await send(row, button.getAttribute("formaction"), {
        finding: button.value,
      });
      if (response.redirected || ![200, 400].includes(response.status)) throw new Error();
      const before = "warned" in row.dataset;
      place.innerHTML = await response.text();
      const warned = Boolean(place.querySelector(".translation-finding:not(.translation-finding--dismissed)"));
      row.toggleAttribute("data-warned", warned);
      const told = editor.querySelector('[data-count="warned"]');
      if (told) told.textContent = Number(told.textContent) + (warned - before);
      const next = place.querySelector(`[value="${button.value}"]`);
      (next?.closest("details")?.querySelector("input") ?? next ?? row.querySelector("textarea")).focus();
    } catch {
      editor.querySelector("[data-said]").textContent = editor.dataset.unsaved;
    }
  }

  editor.addEventListener("click", (event) => {
    const button = event.target.closest("[data-dismiss]");
    if (!button) return;
    event.preventDefault();
    dismiss(button);
  });

  editor.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches(".translation-finding input")) return;
    event.preventDefault();
    if (!event.ctrlKey && !event.metaKey) {
      dismiss(event.target.closest("details").querySelector("[data-dismiss]"));
    }
  });
})();
