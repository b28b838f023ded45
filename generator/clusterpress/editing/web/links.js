// The dialog for links: to an item of this site, found by its title, or to a web address.
import { get, relativePath } from "./api.js";
import { completeAddress } from "./addresses.js";
import { button, h, matches, newId, openDialog, t, table } from "./dom.js";

const SHOWN = 30;

/** Offer items, or those that a promise brings; `take` gets the chosen row. */
export const itemPicker = (offered, take, multiple = false) => {
  let rows = Array.isArray(offered) ? offered : null;
  const search = h("input", { type: "search", id: newId("find"), autocomplete: "off" });
  const list = h("ul", { className: "picker" });
  const draw = () => {
    if (!rows) { list.replaceChildren(h("li", { className: "note" }, t("loading"))); return; }
    const found = rows.filter((row) => matches(`${row.title} ${row.date} ${row.slug}`, search.value));
    list.replaceChildren(...found.slice(0, SHOWN).map((row) => h("li", {}, button("", () => { take(row); if (multiple) removeTaken(row); }, {}))));
    [...list.querySelectorAll("button")].forEach((one, place) => {
      const row = found[place];
      one.append(h("strong", { dir: "auto" }, row.title), h("span", { className: "note" }, [table("kinds")[row.kind]?.many, row.date].filter(Boolean).join(" · ")));
    });
    if (!found.length) list.append(h("li", { className: "note" }, t("nothing_found")));
  };
  const removeTaken = (row) => { rows = rows.filter((one) => one !== row); draw(); search.focus(); search.select(); };
  search.addEventListener("input", draw);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); Promise.resolve(offered).then(() => list.querySelector("button")?.click()); }
    if (event.key === "ArrowDown") { event.preventDefault(); list.querySelector("button")?.focus(); }
  });
  draw();
  if (!rows) offered.then((found) => { rows = found; draw(); }, (fault) => { list.replaceChildren(h("li", { className: "fault" }, fault.message)); });
  return [h("p", { className: "field" }, h("label", { htmlFor: search.id }, t("link_item")), search), list];
};

/** Ask where a link leads; `set` gets its address, and `back` returns the focus. The dialog opens at once, so that nothing is typed into the text. */
export const askLink = (current, context, set, back) => {
  const address = h("input", { type: "text", id: newId("address"), value: /^(https?|mailto|tel):/.test(current) ? current : "", placeholder: "https://", inputMode: "url" });
  const fault = h("p", { className: "fault", role: "alert", id: newId("fault") });
  address.setAttribute("aria-describedby", fault.id);
  const items = h("div", {});
  openDialog(t("link_title"), (close) => {
    const form = h("form", { method: "dialog" }, h("p", { className: "field" }, h("label", { htmlFor: address.id }, t("link_address")), address), fault,
      h("p", { className: "actions" }, h("button", { className: "main" }, t("link_set")), current ? button(t("unlink"), () => { close(); set(""); }) : null));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const words = completeAddress(address.value, { mail: true });
      if (!/^(https?:\/\/|mailto:|tel:)\S+$/.test(words)) { fault.textContent = t("link_bad"); address.focus(); return; }
      close();
      set(words);
    });
    const rows = get("items").then((found) => found.filter((row) => row.state !== "error"));
    items.append(...itemPicker(rows, (row) => { close(); set(encodeURI(relativePath(context.home(), row.path)), row.title); }));
    return [items, form];
  }, { back });
};
