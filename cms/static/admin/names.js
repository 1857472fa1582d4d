// Names for what Wagtail 8.0 leaves nameless, where no template or widget of its own can be given:
// its two searches, the input of a tag field, the field for several files, and choosers' dialogs.
// Delete each part once upstream names its own.
(() => {
  "use strict";

  const { list, pages } = document.currentScript.dataset;

  /** Wagtail draws the sidebar by script; the name outlives what it draws anew. */
  function nameSidebarSearch() {
    const sidebar = document.getElementById("wagtail-sidebar");
    if (!sidebar) return;
    const name = () => {
      const form = sidebar.querySelector("form[role=search]");
      form?.setAttribute("aria-label", pages);
      return form;
    };
    if (name()) return;
    const observer = new MutationObserver(() => name() && observer.disconnect());
    observer.observe(sidebar, { childList: true, subtree: true });
  }

  /** tag-it puts an input of its own in the place of the one that the label is for. */
  function nameTagInputs($) {
    if (!$?.ui?.tagit) return;
    $.widget("ui.tagit", $.ui.tagit, {
      _create() {
        this._super();
        const label = this.element[0].labels?.[0];
        if (label) this.tagInput.attr("aria-label", label.textContent.replace("*", "").trim());
      },
    });
  }

  /** A chooser is a dialog of its heading's name, and of the next one's at the next step. */
  function nameDialogs($) {
    $?.(document).on("show.bs.modal", ".modal", ({ target }) => {
      const heading = target.querySelector("h1, h2");
      if (heading) target.setAttribute("aria-label", heading.textContent.trim());
    });
  }

  nameTagInputs(window.jQuery);
  nameDialogs(window.jQuery);
  document.addEventListener("DOMContentLoaded", () => {
    nameSidebarSearch();
    document.querySelectorAll("form[data-search-form]").forEach((form) => {
      form.setAttribute("aria-label", list);
    });
    document.querySelectorAll("#fileupload").forEach((input) => {
      const button = input.parentElement.querySelector("button");
      if (button) input.setAttribute("aria-label", button.textContent.trim());
    });
  });
})();
