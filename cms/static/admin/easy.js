/* Easy Finnish beside Finnish: hints come while one types. Without this they come with each save. */
(() => {
  const easy = document.querySelector(".easy");
  if (!easy) return;
  const WAIT = 700; // ms without a key
  const timers = new WeakMap();
  const turns = new WeakMap();

  function written(row) {
    const data = new FormData();
    const fields = row.querySelectorAll(
      "[name=lead], [name^=b-][name$=-heading], [name^=b-][name$=-text]",
    );
    fields.forEach((field) => data.set(field.name, field.value));
    return data;
  }

  async function ask(row) {
    const turn = (turns.get(row) || 0) + 1;
    turns.set(row, turn);
    const data = written(row);
    data.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    try {
      const response = await fetch(easy.dataset.hints, {
        method: "POST",
        body: data,
        headers: { "X-Requested-With": "XMLHttpRequest" },
      });
      if (!response.ok || response.redirected || turns.get(row) !== turn) return;
      const place = row.querySelector("[data-hints-of-row]");
      const isOpen = place.querySelector("details")?.open;
      place.innerHTML = await response.text();
      const details = place.querySelector("details");
      if (details && isOpen) details.open = true;
    } catch {
      // The hints are no part of what is written: the last ones stay.
    }
  }

  function wait(event) {
    const row = event.target.closest?.("[data-row]");
    if (!row || !event.target.closest("[data-write]") || !row.querySelector("[data-hints-of-row]")) return;
    window.clearTimeout(timers.get(row));
    timers.set(row, window.setTimeout(() => ask(row), WAIT));
  }

  // The editor of rich text writes into its hidden field a moment after the key.
  ["input", "keyup", "paste", "change"].forEach((name) => easy.addEventListener(name, wait));
})();
