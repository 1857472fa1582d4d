// Under a field for a name: which known things it is likely to be, while somebody types. The form
// works without: then it asks once when it is saved.
(() => {
  "use strict";

  const PAUSE = 300;
  const states = new WeakMap();

  /** The field that is named in the form of `input`; forms in dialogs have the same names. */
  const other = (input, name) => input.form?.elements.namedItem(name);

  /** A region that speaks, made before there is anything to say. */
  function stateOf(input) {
    if (!states.has(input)) {
      const region = document.createElement("div");
      region.className = "twins";
      region.setAttribute("role", "status");
      region.setAttribute("aria-live", "polite");
      (input.closest("[data-field]") ?? input.parentElement).append(region);
      states.set(input, { region, timer: 0, request: null, asked: null });
    }
    return states.get(input);
  }

  function addressOf(input) {
    const address = new URL(input.dataset.twins, window.location.href);
    address.searchParams.set("name", input.value);
    address.searchParams.set("but", input.dataset.twinsBut ?? "");
    for (const mark of (input.dataset.twinsMarks ?? "").split(" ").filter(Boolean)) {
      const [reason, name] = mark.split(":");
      address.searchParams.set(reason, other(input, name)?.value ?? "");
    }
    return address.href;
  }

  /** What has been shown needs no question when the form is saved. */
  function show(state, html) {
    if (state.region.innerHTML.trim() === html.trim()) return;
    state.region.innerHTML = html;
    const seen = state.region.querySelector("[data-twins-seen]")?.dataset.twinsSeen;
    if (!seen) return;
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "twins_seen", value: seen });
    state.region.append(field);
  }

  async function ask(input) {
    const state = stateOf(input);
    const address = addressOf(input);
    if (address === state.asked) return;
    state.asked = address;
    state.request?.abort();
    state.request = new AbortController();
    try {
      const response = await fetch(address, {
        signal: state.request.signal,
        headers: { "X-Requested-With": "XMLHttpRequest" },
      });
      if (response.ok && !response.redirected) show(state, await response.text());
    } catch (error) {
      if (error.name !== "AbortError") state.asked = null;
    }
  }

  /** The name itself, or a mark that tells more than it. */
  function fieldOf(target) {
    if (target.matches?.("[data-twins]")) return target;
    const name = target.form?.querySelector("[data-twins]");
    const marks = (name?.dataset.twinsMarks ?? "").split(" ").map((mark) => mark.split(":")[1]);
    return name && marks.includes(target.name) ? name : null;
  }

  document.addEventListener("input", ({ target }) => {
    const input = fieldOf(target);
    if (!input) return;
    const state = stateOf(input);
    clearTimeout(state.timer);
    state.timer = setTimeout(() => ask(input), PAUSE);
  });
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches?.("[data-twins]")) stateOf(target);
  });
})();
