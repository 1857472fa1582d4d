// In the translation editor: a term of the source is a button that puts the agreed word where the
// caret is, as if it were typed.
(() => {
  "use strict";

  const editor = document.querySelector(".js-translation-editor");
  if (!editor) return;

  /** A word stands apart from the words around it. */
  function spaced(field, word) {
    const before = field.value.slice(0, field.selectionStart);
    const after = field.value.slice(field.selectionEnd);
    const start = /[\p{L}\p{N}.,;:!?)»”]$/u.test(before) ? " " : "";
    return start + word + (/^[\p{L}\p{N}(«“]/u.test(after) ? " " : "");
  }

  function insert(field, word) {
    // A field in which nobody has been yet has its caret before the first letter.
    if (!("met" in field.dataset)) field.setSelectionRange(field.value.length, field.value.length);
    field.focus();
    const text = spaced(field, word);
    if (document.execCommand("insertText", false, text)) return;
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
  }

  editor.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea")) event.target.dataset.met = "";
  });

  editor.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    const field = button?.closest("[data-string]")?.querySelector("textarea[name=value]");
    if (field && !field.readOnly) insert(field, button.dataset.insert);
  });
})();
