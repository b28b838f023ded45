// The dialog for links: to an item of this site, found by its title, or to a web address.
import { get, relativePath } from "./api.js";
import { button, h, matches, newId, openDialog, t, table } from "./dom.js";

const SHOWN = 30;

/** Offer all items; `take` gets the chosen row. */
export const itemPicker = (rows, take, multiple = false) => {
  const search = h("input", { type: "search", id: newId("find"), autocomplete: "off" });
  const list = h("ul", { className: "picker" });
  const draw = () => {
    const found = rows.filter((row) => matches(`${row.title} ${row.date} ${row.slug}`, search.value));
    list.replaceChildren(...found.slice(0, SHOWN).map((row) => h("li", {}, button("", (event) => { take(row); if (multiple) event.currentTarget.parentElement.remove(); }, {}))));
    [...list.querySelectorAll("button")].forEach((one, place) => {
      const row = found[place];
      one.append(h("strong", { dir: "auto" }, row.title), h("span", { className: "note" }, [table("kinds")[row.kind]?.many, row.date].filter(Boolean).join(" · ")));
    });
    if (!found.length) list.append(h("li", { className: "note" }, t("nothing_found")));
  };
  search.addEventListener("input", draw);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); list.querySelector("button")?.click(); }
    if (event.key === "ArrowDown") { event.preventDefault(); list.querySelector("button")?.focus(); }
  });
  draw();
  return [h("p", { className: "field" }, h("label", { htmlFor: search.id }, t("link_item")), search), list];
};

/** Ask where a link leads; `set` gets its address. */
export const askLink = async (current, context, set) => {
  const rows = (await get("items")).filter((row) => row.state !== "error");
  const address = h("input", { type: "text", id: newId("address"), value: /^(https?|mailto|tel):/.test(current) ? current : "", placeholder: "https://", inputMode: "url" });
  const fault = h("p", { className: "fault", role: "alert" });
  openDialog(t("link_title"), (close) => {
    const form = h("form", { method: "dialog" }, h("p", { className: "field" }, h("label", { htmlFor: address.id }, t("link_address")), address), fault,
      h("p", { className: "actions" }, h("button", { className: "main" }, t("link_set")), current ? button(t("unlink"), () => { close(); set(""); }) : null));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      let words = address.value.trim();
      if (/^www\.|^[\w-]+(\.[\w-]+)+(\/|$)/.test(words)) words = `https://${words}`;
      if (/^[^\s@:/]+@[^\s@:/]+$/.test(words)) words = `mailto:${words}`;
      if (!/^(https?:\/\/|mailto:|tel:)\S+$/.test(words)) { fault.textContent = t("link_bad"); address.focus(); return; }
      close();
      set(words);
    });
    return [...itemPicker(rows, (row) => { close(); set(encodeURI(relativePath(context.home(), row.path)), row.title); }), form];
  });
};
