// When a choice refreshes the list, filters that the reader has opened stay open and where they are.

let kept = [];

const boxes = () => [...document.querySelectorAll("#listing details[id]")];
const choices = (box) => box.querySelector(":scope > .facet__choices");

document.addEventListener("htmx:beforeSwap", () => {
  kept = boxes().map((box) => [box.id, box.open, choices(box)?.scrollTop ?? 0]);
});

document.addEventListener("htmx:afterSwap", () => {
  for (const [id, open, scrolled] of kept) {
    const box = document.getElementById(id);
    if (!box) continue;
    box.open = open;
    if (scrolled && choices(box)) choices(box).scrollTop = scrolled;
  }
});
