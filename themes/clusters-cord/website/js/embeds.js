// Videos and maps of other sites: loaded into the page when a reader asks for one, and not before.
for (const embed of document.querySelectorAll("[data-embed]")) {
  const load = embed.querySelector(".embed__load");
  load.hidden = false;
  load.querySelector("button").addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.title = embed.dataset.title;
    // A player runs and opens its own site in a new window; it cannot leave its frame. Its origin is another one.
    frame.sandbox = "allow-scripts allow-same-origin allow-presentation allow-popups allow-popups-to-escape-sandbox";
    frame.allow = "fullscreen; picture-in-picture; encrypted-media";
    frame.allowFullscreen = true;
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.src = embed.dataset.embed;
    embed.querySelector(".embed__frame").replaceChildren(frame);
    embed.querySelector(".embed__note").remove();
    frame.focus();
  });
}
