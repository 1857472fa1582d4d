// What was typed into a field for a date stays; what is no date is said at the field at once.
// The server reads the same two ways of writing it: 31.12.2026 and 2026-12-31.
(() => {
  "use strict";

  const DAY = /^(?:(\d{1,2})\.(\d{1,2})\.(\d{4})|(\d{4})-(\d{1,2})-(\d{1,2}))$/;
  const ROUGH = /^(?:(?:0?[1-9]|1[0-2])\s?[./]\s?)?\d{4}$|^\d{4}-\d{1,2}$/;
  const TIME = /^(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?$/;

  function readDay(text) {
    const found = DAY.exec(text);
    if (!found) return null;
    const [, day, month, year, isoYear, isoMonth, isoDay] = found.map(Number);
    const [y, m, d] = found[3] ? [year, month, day] : [isoYear, isoMonth, isoDay];
    const date = new Date(0);
    date.setUTCFullYear(y, m - 1, d);
    const same = date.getUTCFullYear() === y && date.getUTCMonth() === m - 1;
    return y > 0 && same && date.getUTCDate() === d ? { y, m, d } : null;
  }

  function readTime(text) {
    const found = TIME.exec(text);
    if (!found) return null;
    const [, h, min, s] = found.map(Number);
    return h < 24 && min < 60 && !(s > 59) ? { h, min } : null;
  }

  /** The parts of a date, a time or both; null if the text is neither way of writing them. */
  function read(text, kind) {
    if (kind === "date") return readDay(text);
    if (kind === "time") return readTime(text);
    const [day, time, more] = text.split(/\s+/);
    const parts = [readDay(day), readTime(time || "")];
    return more === undefined && parts.every(Boolean) ? Object.assign({}, ...parts) : null;
  }

  /** In the letters of the server's formats: j.n.Y, Y-m-d, G.i, H:i. */
  function write(parts, form) {
    const two = (number) => String(number).padStart(2, "0");
    const letters = {
      Y: String(parts.y).padStart(4, "0"), m: two(parts.m), n: parts.m, d: two(parts.d),
      j: parts.d, H: two(parts.h), G: parts.h, i: two(parts.min),
    };
    return form.replace(/[YmndjHGi]/g, (letter) => letters[letter]);
  }

  function say(input, fault) {
    const id = `${input.id}-fault`;
    document.getElementById(id)?.remove();
    const described = (input.getAttribute("aria-describedby") || "").split(" ");
    const others = described.filter((other) => other && other !== id);
    if (fault) {
      const message = document.createElement("span");
      message.id = id;
      message.className = "written-form";
      message.setAttribute("role", "alert");
      message.textContent = fault;
      input.after(message);
      others.push(id);
      input.setAttribute("aria-invalid", "true");
    } else {
      input.removeAttribute("aria-invalid");
    }
    input.setAttribute("aria-describedby", others.join(" "));
  }

  function check(input) {
    const text = input.value.trim();
    // Of a period no more than the month or the year may be known: the server takes it.
    if ("dateRough" in input.dataset && ROUGH.test(text)) return say(input, "");
    const parts = text && read(text, input.dataset.dateKind);
    if (parts) input.value = write(parts, input.dataset.dateForm);
    say(input, text && !parts ? input.dataset.dateFault : "");
  }

  const isDate = (target) => target instanceof Element && target.matches("input[data-date-kind]");
  document.addEventListener("change", ({ target }) => isDate(target) && check(target));
  document.addEventListener("focusout", ({ target }) => {
    if (!isDate(target)) return;
    check(target);
    // The picker closes itself only where it may also replace what was typed.
    window.jQuery?.(target).datetimepicker("hide");
  });
})();
