// Deleted items: taken back at once, or later from their list.
import { encodePath, get, send } from "./api.js";
import { button, h, say, t, table, when } from "./dom.js";

/** Take a deleted item back, and open it. */
export const restore = async (path, title) => {
  try {
    const found = await send("POST", `deleted/${encodePath(path)}`, {});
    location.hash = `#/edit/${encodeURI(found.path)}`;
    say(t("restored", { title }));
  } catch (fault) {
    say(fault.message);
  }
};

/** Say that an item was deleted, with a button that takes it back. */
export const sayDeleted = (path, title) => say(t("deleted", { title }), button(t("delete_undo"), () => restore(path, title)));

export const showDeleted = async ({ content, config }) => {
  const rows = await get("deleted");
  document.title = `${t("deleted_title")} · ${config.site}`;
  content.append(
    h("div", { className: "head" }, h("h1", { tabIndex: -1 }, t("deleted_title"))),
    h("p", { className: "note" }, t(rows.length ? "deleted_words" : "deleted_none")),
    h("ul", { className: "deleted" }, rows.map((one) => h("li", { className: "row spread" },
      h("span", { className: "what" }, h("strong", { dir: "auto" }, one.title), h("span", { className: "note" }, [table("kinds")[one.kind]?.many, when(one.time)].filter(Boolean).join(" · "))),
      button(t("restore"), () => restore(one.path, one.title), { "aria-label": `${t("restore")}: ${one.title}` })))),
  );
};
