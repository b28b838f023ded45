// Videos and maps of other sites: loaded into the page when a reader asks for one, and not before.
for (const embed of document.querySelectorAll("[data-embed]")) {
  const load = embed.querySelector(".embed__load");
  load.hidden = false;
  load.querySelector("button").addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.title = embed.dataset.title;
    frame.allow = "fullscreen; picture-in-picture; encrypted-media";
    frame.allowFullscreen = true;
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.src = embed.dataset.embed;
    embed.querySelector(".embed__frame").replaceChildren(frame);
    embed.querySelector(".embed__note").remove();
    frame.focus();
  });
}
