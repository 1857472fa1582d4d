// A button that copies the address beside it. Without this file the address is there to be read.

for (const place of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  const status = document.createElement("span");
  button.type = "button";
  button.className = "button button--quiet";
  button.textContent = place.dataset.copyLabel;
  status.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    status.textContent = "";
    try {
      await navigator.clipboard.writeText(place.dataset.copy);
      status.textContent = place.dataset.copyDone;
    } catch {
      // The address is there to be marked and copied.
      getSelection().selectAllChildren(place.querySelector("a"));
    }
  });
  place.append(" ", button, " ", status);
}
