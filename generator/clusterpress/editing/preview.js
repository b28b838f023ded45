// The preview beside the forms: the page of the open item as readers see it, in a frame of its own origin.
"use strict";
window.clusterpress.preview = ({ collections, preview }) => {
  const RETRY = 1500;
  const folders = new Map(collections.map(({ name, folder }) => [name, folder]));

  const make = (name, properties, ...inside) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...inside);
    return element;
  };

  const frame = make("iframe", { title: "Preview", src: preview });
  // Scripts of pages run, as for readers, but cannot leave the frame: no dialogs, windows, downloads or other
  // addresses in this window. Its origin is that of the preview, whose port the editor does not share.
  frame.sandbox.add("allow-scripts", "allow-same-origin", "allow-forms");
  const words = make("p", { role: "status" });
  const link = make("a", { target: "_blank", rel: "noopener", textContent: "Open in a tab" });
  const panel = make("aside", { id: "clusterpress-preview", hidden: true, ariaLabel: "Preview" });
  panel.append(make("p", {}, link), words);
  const button = make("button", { id: "clusterpress-preview-button", type: "button", textContent: "Preview" });
  document.body.append(panel, button);

  const place = () => {
    const [, collection, entry] = /^#\/collections\/([^/]+)\/entries\/(.+?)\/?$/.exec(location.hash) ?? [];
    return folders.has(collection) ? `${folders.get(collection)}/${decodeURIComponent(entry)}` : "";
  };

  let shown = preview;
  const show = async () => {
    const open = !panel.hidden;
    document.documentElement.classList.toggle("with-preview", open);
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? "Close preview" : "Preview";
    if (!open) return;
    const at = place();
    let address = preview;
    words.textContent = "";
    if (at) {
      try {
        address = (await (await window.clusterpress.ask("GET", `page/${at}`)).json()).address;
      } catch (fault) {
        words.textContent = fault.message;
        if (at === place()) setTimeout(show, RETRY);
        return;
      }
    }
    link.href = address;
    if (address !== shown) frame.src = address;
    if (!frame.isConnected) panel.append(frame);
    shown = address;
  };

  button.addEventListener("click", () => { panel.hidden = !panel.hidden; show(); });
  addEventListener("hashchange", show);
};
