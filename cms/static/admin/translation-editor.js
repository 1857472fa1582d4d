// The translation editor without leaving the page: saves string by string, and keeps what was typed
// in this browser until it is saved, so that no reload and no lost session takes it away.
(() => {
  "use strict";

  const editor = document.querySelector(".js-translation-editor");
  if (!editor) return;
  const texts = editor.dataset;
  const PREFIX = "katto-translation:";
  const MONTH = 30 * 24 * 60 * 60 * 1000;
  const said = editor.querySelector("[data-said]");

  const rowOf = (element) => element?.closest("[data-string]");
  const fieldOf = (row) => row?.querySelector("textarea[name=value]");
  const keyOf = (row) => `${PREFIX}${texts.user}:${texts.translation}:${row.dataset.string}`;
  const rows = () => [...editor.querySelectorAll("[data-string]")];

  /** What was typed, by key; a browser may forbid keeping anything at all. */
  const kept = {
    get(key) {
      try {
        return JSON.parse(localStorage.getItem(key));
      } catch {
        return null;
      }
    },
    set(key, text) {
      try {
        localStorage.setItem(key, JSON.stringify({ text, at: Date.now() }));
      } catch {
        // Then the field alone has it.
      }
    },
    drop(key) {
      try {
        localStorage.removeItem(key);
      } catch {
        // Nothing was kept.
      }
    },
    dropOld() {
      try {
        Object.keys(localStorage)
          .filter((key) => key.startsWith(PREFIX))
          .filter((key) => !(kept.get(key)?.at > Date.now() - MONTH))
          .forEach(kept.drop);
      } catch {
        // Nothing was kept.
      }
    },
  };

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function button(label, onClick) {
    const classes = "button button-small button-secondary";
    const made = element("button", { type: "button", className: classes, textContent: label });
    made.addEventListener("click", onClick);
    return made;
  }

  /** What was typed earlier and is neither saved nor in the field, above the field. */
  function offerKept(row) {
    const field = fieldOf(row);
    const found = field && kept.get(keyOf(row));
    if (!found || typeof found.text !== "string" || found.text === field.value) return;
    const text = element("div", {
      className: "translation-text",
      lang: field.lang,
      dir: field.dir,
      textContent: found.text,
    });
    const close = () => {
      box.remove();
      field.focus();
    };
    const take = button(texts.take, () => {
      field.value = found.text;
      read(row);
      close();
    });
    const drop = button(texts.drop, () => {
      kept.drop(keyOf(row));
      close();
    });
    const buttons = element("div", { className: "translation-buttons" }, take, drop);
    const label = element("p", { className: "translation-meta", textContent: texts.kept });
    const box = element("div", { className: "translation-kept" }, label, text, buttons);
    field.before(box);
  }

  function ready(row) {
    row.querySelectorAll("[data-copy]").forEach((copy) => {
      copy.hidden = false;
    });
  }

  // As `isolated` in translation_tags.py: tags, codes and numbers, which Arabic would turn round.
  const RUNS =
    /<\/?[a-z][^<>]*>|[+#]?[A-Za-z0-9](?:[A-Za-z0-9]|[ .,:/+\-–—@_#&=?%]+(?=[A-Za-z0-9]))*%?/g;

  /** What a field from right to left says, with what a field can't keep in its order. */
  function read(row) {
    const reading = row.querySelector("[data-reading]");
    if (!reading) return;
    const text = fieldOf(row).value;
    const parts = [];
    let end = 0;
    for (const run of text.matchAll(RUNS)) {
      parts.push(text.slice(end, run.index));
      parts.push(element("bdi", { dir: "ltr", textContent: run[0] }));
      end = run.index + run[0].length;
    }
    reading.lastElementChild.replaceChildren(...parts, text.slice(end));
    reading.hidden = parts.length === 0;
  }

  function type(row, text) {
    kept.set(keyOf(row), text);
    read(row);
  }

  function goTo(row) {
    const field = fieldOf(row);
    if (!field) return;
    field.focus({ preventScroll: true });
    row.scrollIntoView({ block: "center" });
  }

  function goToNextOpen(from) {
    const all = rows();
    const start = all.indexOf(from) + 1;
    const next = [...all.slice(start), ...all.slice(0, start)].find(
      (row) => "open" in row.dataset && row !== from,
    );
    const link = editor.querySelector("[data-next-open]");
    if (next) goTo(next);
    else if (link) window.location.assign(link.href);
  }

  function copySource(row) {
    const field = fieldOf(row);
    if (!field || field.readOnly) return;
    field.focus();
    field.select();
    // As if typed, so that it can be undone.
    const text = row.querySelector("[data-source]").textContent;
    if (!document.execCommand("insertText", false, text)) field.value = text;
    type(row, field.value);
  }

  function tell(row, sentence, signIn) {
    row.querySelector(".translation-fault[data-told]")?.remove();
    const told = element("p", { className: "translation-fault", textContent: sentence });
    told.dataset.told = "";
    told.setAttribute("role", "alert");
    if (signIn) {
      const link = { href: signIn, target: "_blank", rel: "noopener", textContent: texts.signIn };
      told.append(" ", element("a", link));
    }
    fieldOf(row).before(told);
    fieldOf(row).focus();
  }

  function token() {
    return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  }

  /** The filters say how many strings there are of each state. */
  function count(state, change) {
    const told = editor.querySelector(`[data-count="${state}"]`);
    if (told) told.textContent = Number(told.textContent) + change;
  }

  function replace(row, html) {
    const made = element("template", { innerHTML: html });
    const fresh = made.content.querySelector("[data-string]");
    count(row.dataset.state, -1);
    count(fresh.dataset.state, 1);
    count("warned", ("warned" in fresh.dataset) - ("warned" in row.dataset));
    row.replaceWith(fresh);
    ready(fresh);
    return fresh;
  }

  function settle(row, answer, status, action) {
    const typed = fieldOf(row)?.value;
    const focused = document.activeElement;
    const isElsewhere = focused !== document.body && !row.contains(focused);
    const fresh = replace(row, answer.row);
    editor.querySelector("[data-progress]").textContent = answer.progress;
    editor.querySelector("[data-turns]").innerHTML = answer.turns;
    const state = document.querySelector("[data-state-of-work]");
    if (state && answer.state) state.textContent = answer.state;
    said.textContent = status === 200 ? answer.said : "";
    if (status !== 200) {
      // Whoever writes elsewhere by now is told, and stays there.
      if (isElsewhere) said.textContent = fresh.querySelector("[id^=fault-]")?.textContent ?? "";
      else fieldOf(fresh)?.focus();
      return;
    }
    // What was typed while the answer was on its way is not saved yet.
    const key = keyOf(fresh);
    if (kept.get(key)?.text === typed) kept.drop(key);
    else offerKept(fresh);
    if (action !== "next") goTo(fresh);
    else if (!answer.next) said.textContent = `${answer.said} ${answer.progress}`;
    else {
      const next = editor.querySelector(`[data-string="${answer.next}"]`);
      if (next) goTo(next);
      else window.location.assign(answer.next_url);
    }
  }

  async function save(row, action) {
    const form = row.querySelector("form");
    if (form.dataset.busy) return;
    form.dataset.busy = "1";
    const data = new FormData(form);
    data.set("action", action || "save");
    if (action !== "remove" && action !== "confirm") kept.set(keyOf(row), fieldOf(row).value);
    try {
      const headers = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" };
      if (token()) headers["X-CSRFToken"] = token();
      if (token()) data.set("csrfmiddlewaretoken", token());
      const response = await fetch(form.getAttribute("action"), { method: "POST", body: data, headers });
      const answer = await response.json();
      if (answer.row) settle(row, answer, response.status, action);
      else tell(row, answer.detail, answer.sign_in);
    } catch {
      tell(row, texts.unsaved);
    } finally {
      delete form.dataset.busy;
    }
  }

  editor.addEventListener("submit", (event) => {
    const row = rowOf(event.target);
    if (!row) return;
    event.preventDefault();
    save(row, event.submitter?.value);
  });

  editor.addEventListener("input", (event) => {
    const row = rowOf(event.target);
    if (row && event.target === fieldOf(row)) type(row, event.target.value);
  });

  editor.addEventListener("click", (event) => {
    const row = rowOf(event.target);
    if (event.target.closest("[data-copy]")) copySource(row);
    if (event.target.closest("[data-keep-theirs]")) kept.drop(keyOf(row));
    if (event.target.closest("[data-keep-theirs]")) window.location.reload();
    if (event.target.closest("[data-next-open]")) {
      event.preventDefault();
      goToNextOpen(rowOf(document.activeElement));
    }
  });

  document.addEventListener("keydown", (event) => {
    const row = rowOf(document.activeElement);
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && row) {
      event.preventDefault();
      save(row, "next");
    } else if (event.altKey && !event.ctrlKey && event.code === "KeyN") {
      event.preventDefault();
      goToNextOpen(row);
    } else if (event.altKey && !event.ctrlKey && event.code === "KeyC" && row) {
      event.preventDefault();
      copySource(row);
    }
  });

  kept.dropOld();
  rows().forEach((row) => {
    ready(row);
    offerKept(row);
  });
  editor.querySelectorAll("[data-keys]").forEach((keys) => {
    keys.hidden = false;
  });
})();
