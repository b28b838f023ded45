// The frame of the editor: its menu, and which part of it is shown.
import { get, takeToken } from "./api.js";
import { showBegin } from "./begin.js";
import { showDeleted } from "./deleted.js";
import { confirmDialog, h, say, setWords, t } from "./dom.js";
import { takeFiles } from "./files.js";
import { showItem } from "./item.js";
import { leaveKept } from "./kept.js";
import { showList } from "./list.js";
import { showCheck, showPublish } from "./site.js";

/** What the editor on a site adds: reviews. */
let workflow = null;
const state = { config: null, leave: null, wait: null };

const link = (address, words) => h("a", { href: `#/${address}` }, words);

const frame = (config) => {
  document.documentElement.lang = config.words.language;
  const kinds = config.kinds.map((one) => h("li", {}, link(one.folder, one.folder.includes("/") ? `${one.many}: ${one.folder}` : one.many)));
  document.body.replaceChildren(
    h("a", { className: "skip", href: "#content", onclick: (event) => { event.preventDefault(); document.querySelector("#content").focus(); } }, t("skip")),
    h("header", { id: "top" },
      h("p", { id: "site" }, config.site),
      h("nav", { "aria-label": t("menu") },
        h("ul", {}, kinds),
        h("ul", { className: "end" }, workflow ? workflow.menu() : [h("li", {}, link("check", t("check"))), h("li", {}, h("a", { href: "#/publish", className: "main" }, t("publish")))])),
      h("p", { id: "said", role: "status" })),
    h("main", { id: "content", tabIndex: -1 }),
  );
};

const route = async () => {
  const place = decodeURI(location.hash.replace(/^#\/?/, "")) || state.config.kinds[0].folder;
  const content = h("main", { id: "content", tabIndex: -1 });
  document.querySelector("#content").replaceWith(content);
  for (const one of document.querySelectorAll("#top nav a")) {
    const address = one.getAttribute("href").slice(2);
    if (address === place || place.startsWith(`edit/content/${address}/`) || place === `new/${address}`) one.setAttribute("aria-current", "page");
    else one.removeAttribute("aria-current");
  }
  state.leave = state.wait = null;
  leaveKept();
  const context = { config: state.config, content, workflow, onLeave: (ask, wait) => { state.leave = ask; state.wait = wait; } };
  try {
    const [first, ...rest] = place.split("/");
    if (first === "reviews" && workflow) await workflow.showReviews(context);
    else if (workflow && ELSEWHERE.has(first)) content.append(h("h1", { tabIndex: -1 }, t(ELSEWHERE.get(first))), h("p", {}, t(`${first}_elsewhere`, workflow.words)));
    else if (first === "check") await showCheck(context);
    else if (first === "publish") await showPublish(context);
    else if (first === "deleted") await showDeleted(context);
    else if (first === "edit") await showItem(context, { path: rest.join("/") });
    else if (first === "new") await showItem(context, newItem(rest.join("/")));
    else await showList(context, place);
  } catch (fault) {
    content.append(h("p", { role: "alert", className: "fault" }, fault.message));
  }
  content.querySelector("h1")?.focus();
};

/** Pages of the editor on a computer that the editor on a site has not: their titles; it says what is there instead. */
const ELSEWHERE = new Map([["check", "check"], ["publish", "publish_title"], ["deleted", "deleted_title"]]);

const newItem = (place) => {
  const [folder, query = ""] = place.split("?");
  const words = new URLSearchParams(query);
  return { folder, original: words.get("translates") ?? "", lang: words.get("lang") ?? "" };
};

let shown = "";
const follow = async () => {
  const isAnew = takeToken();
  if (!state.config) { // the printed address was opened in a window that had none, or an old one
    if (isAnew) await start();
    return;
  }
  await state.wait?.(); // a save that is still under way
  if (isAnew && state.leave?.()) { // the editor was started anew, and its address opened here: the form stays
    history.replaceState(null, "", shown || location.pathname);
    say(t("connected"));
    return;
  }
  if (location.hash && location.hash === shown) return;
  if (state.leave?.() && !(await confirmDialog(t("leave"), t("leave_yes"), t("stay")))) {
    history.replaceState(null, "", shown || location.pathname);
    return;
  }
  shown = location.hash;
  await route();
};

addEventListener("dragover", (event) => { if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); });
addEventListener("drop", (event) => {
  if (!event.dataTransfer?.files.length) return;
  const isTaken = event.defaultPrevented; // by the text or a field for a picture
  event.preventDefault(); // the browser would leave the editor
  if (!isTaken) takeFiles([...event.dataTransfer.files], state.config?.kinds.find((one) => location.hash === `#/${one.folder}`)?.kind);
});
// An item that was changed otherwise is shown anew, also if it is open.
document.addEventListener("clusterpress-show", ({ detail }) => {
  if (location.hash !== detail) { location.hash = detail; return; }
  shown = "";
  follow();
});
document.addEventListener("clusterpress-file", ({ detail }) => takeFiles([detail.file], detail.kind));
addEventListener("beforeunload", (event) => { if (state.leave?.()) event.preventDefault(); });
addEventListener("hashchange", follow);

const start = () => get("config").then(
  (config) => {
    setWords(config.words);
    if (config.begin) { showBegin(config, () => { history.replaceState(null, "", location.pathname); start(); }); return; }
    state.config = config;
    document.title = `${t("editor")}: ${config.site}`;
    frame(config);
    follow();
  },
  (fault) => {
    const words = fault.message === "lost" ? "The editor does not answer." : fault.message;
    document.body.replaceChildren(h("main", {}, h("h1", {}, "Editor"), h("p", { role: "alert" }, words === "expired" ? "Open the address that “clusterpress edit” printed: it is new at each start." : words)));
  },
);

/** Begin, with the reviews of the editor on a site. */
export const begin = (reviews = null) => {
  workflow = reviews;
  takeToken();
  return start();
};
