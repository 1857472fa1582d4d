// A still picture of a video becomes its player. Without this file the picture is a link to it.

function play(event) {
  const still = event.target.closest("a[data-player]");
  if (!still || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
    return;
  }
  event.preventDefault();
  const frame = document.createElement("iframe");
  frame.src = still.dataset.player;
  frame.title = still.dataset.title;
  frame.className = "video__player";
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  frame.allowFullscreen = true;
  still.replaceWith(frame);
  frame.focus();
}

document.addEventListener("click", play);
