// When a choice refreshes the list, filters that the reader has opened stay open and where they
// are, and so does the reader.

let kept = [];
let place = "";

const boxes = () => [...document.querySelectorAll("#listing details[id]")];
const choices = (box) => box.querySelector(":scope > [role=group]");

document.addEventListener("htmx:beforeSwap", () => {
  kept = boxes().map((box) => [box.id, box.open, choices(box)?.scrollTop ?? 0]);
  const { id, name, type, value } = document.activeElement;
  const same = type === "checkbox" ? `[value="${CSS.escape(value)}"]` : "";
  place = name && !id ? `#filters [name="${CSS.escape(name)}"]${same}` : "";
});

document.addEventListener("htmx:afterSwap", () => {
  for (const [id, open, scrolled] of kept) {
    const box = document.getElementById(id);
    if (!box) continue;
    box.open = open;
    if (scrolled && choices(box)) choices(box).scrollTop = scrolled;
  }
  if (place) document.querySelector(place)?.focus({ preventScroll: true });
});
