// What time has overtaken: translations, statements, invitations, programmes. Nothing is shown when nothing is due.
import { get } from "./api.js";
import { h, languageName, t } from "./dom.js";

const OPEN = 5;

/** Return the reminders of the site, or nothing; a fault of them must not keep anybody from the list. */
export const remind = async (config) => {
  const rows = await get("reminders").catch(() => []);
  if (!rows.length) return "";
  const what = ({ title, path, lang }) => [
    path ? h("a", { href: `#/edit/${encodeURI(path)}`, dir: "auto", lang }, title) : h("strong", {}, t("reminders_settings")),
    path && config.languages.length > 1 && lang ? h("span", { className: "lang" }, ` ${languageName(lang)}`) : ""];
  return h("details", { className: "reminders", open: rows.length <= OPEN },
    h("summary", {}, rows.length === 1 ? t("reminders_one") : t("reminders", { count: rows.length })),
    h("ul", {}, rows.map((row) => h("li", {}, what(row), h("span", { className: "note" }, row.note)))),
    h("p", { className: "note" }, t("reminders_words")));
};
