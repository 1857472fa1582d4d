// Suggestions under a search field: an ARIA combobox with a listbox. Without this file the field
// is a plain search field.

const WAIT = 150;

function setUp(input) {
  const list = document.createElement("ul");
  const status = document.createElement("span");
  let options = [];
  let active = -1;
  let timer = 0;
  let latest = 0;
  let typed = "";

  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestLabel);
  list.hidden = true;
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  input.after(list, status);
  input.closest(".site-search__row")?.classList.add("has-suggestions");

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.autocomplete = "off";

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function move(step) {
    if (list.hidden || !options.length) return;
    const places = options.length + 1;
    active = ((active + 1 + step + places) % places) - 1;
    options.forEach((option, place) => {
      option.setAttribute("aria-selected", String(place === active));
    });
    if (active < 0) {
      input.removeAttribute("aria-activedescendant");
      input.value = typed;
      return;
    }
    input.setAttribute("aria-activedescendant", options[active].id);
    input.value = options[active].dataset.label;
    options[active].scrollIntoView({ block: "nearest" });
  }

  function choose(option) {
    close();
    if (option.dataset.url) {
      window.location.assign(option.dataset.url);
      return;
    }
    input.value = option.dataset.label;
    input.form.requestSubmit();
  }

  function show(answer) {
    list.replaceChildren();
    options = answer.suggestions.map((suggestion, place) => {
      const option = document.createElement("li");
      const label = document.createElement("span");
      const kind = document.createElement("span");
      option.id = `${list.id}-${place}`;
      option.className = "suggestions__option";
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.label = suggestion.label;
      option.dataset.url = suggestion.url;
      label.className = "suggestions__label";
      label.textContent = suggestion.label;
      label.dir = "auto";
      kind.className = "suggestions__kind";
      kind.textContent = suggestion.kind;
      option.append(label, " ", kind);
      option.addEventListener("mousedown", (event) => event.preventDefault());
      option.addEventListener("click", () => choose(option));
      list.append(option);
      return option;
    });
    active = -1;
    list.hidden = !options.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
    status.textContent = answer.message;
  }

  async function ask() {
    const turn = ++latest;
    typed = input.value;
    const words = typed.trim();
    if (words.length < 2) {
      close();
      return;
    }
    try {
      const address = `${input.dataset.suggest}?q=${encodeURIComponent(words)}`;
      const response = await fetch(address, { headers: { Accept: "application/json" } });
      if (response.ok && turn === latest && document.activeElement === input) {
        show(await response.json());
      }
    } catch {
      close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("blur", () => {
    latest += 1;
    close();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) ask();
      else move(event.key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
    } else if (event.key === "Escape" && !list.hidden) {
      input.value = typed;
      close();
      event.preventDefault();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(options[active]);
    }
  });
}

document.querySelectorAll("input[data-suggest]").forEach(setUp);
