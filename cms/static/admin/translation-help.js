// Earlier translations beside a string: fetched when its field is entered, used by click or key.
(() => {
  "use strict";

  const editor = document.querySelector(".js-translation-editor");
  if (!editor) return;

  async function load(row) {
    const place = row.querySelector("[data-help]");
    if (!place || "asked" in place.dataset) return;
    place.dataset.asked = "";
    try {
      const headers = { Accept: "text/fragment", "X-Requested-With": "XMLHttpRequest" };
      const response = await fetch(place.dataset.help, { headers });
      if (!response.ok || response.redirected) throw new Error();
      const box = place.querySelector("[data-help-found]");
      box.innerHTML = await response.text();
      const buttons = box.querySelectorAll("[data-use]");
      buttons.forEach((button) => {
        button.hidden = false;
      });
      const said = place.dataset.found.replace("%s", buttons.length);
      place.querySelector("[role=status]").textContent = buttons.length ? said : "";
    } catch {
      // The link beside it still leads there.
      delete place.dataset.asked;
    }
  }

  /** As if typed, so that it can be undone. */
  function use(row, number) {
    const field = row.querySelector("textarea[name=value]");
    const button = row.querySelector(`[data-use="${number}"]`);
    if (!field || field.readOnly || !button) return false;
    const text = button.closest("li").querySelector("[data-suggestion]").textContent;
    field.focus();
    field.select();
    if (!document.execCommand("insertText", false, text)) {
      field.value = text;
      field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
    }
    return true;
  }

  editor.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea[name=value]")) load(event.target.closest("[data-string]"));
  });

  editor.addEventListener("click", (event) => {
    const button = event.target.closest("[data-use]");
    if (button) use(button.closest("[data-string]"), button.dataset.use);
  });

  document.addEventListener("keydown", (event) => {
    const row = document.activeElement?.closest?.("[data-string]");
    const digit = event.code.match(/^(?:Digit|Numpad)([1-9])$/)?.[1];
    if (!row || !digit || !event.altKey || event.ctrlKey || event.metaKey) return;
    if (use(row, digit)) event.preventDefault();
  });
})();
