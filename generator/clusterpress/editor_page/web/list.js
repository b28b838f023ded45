// The list of all items of a kind: newest first, with search and filters.
import { get } from "./api.js";
import { button, h, languageName, matches, t, table } from "./dom.js";
import { remind } from "./reminders.js";
import { TABLES } from "./tables.js";

const STEP = 60;
const FROM_TABLES = new Set(["partner", "cluster", "author", "programme", "event"]);

const noPicture = () => h("span", { className: "no-picture", "aria-hidden": "true" });

const thumbnail = (row, config) =>
  row.picture
    ? h("img", { src: config.preview + row.picture, alt: "", loading: "lazy", width: 96, height: 64, onerror: (event) => event.target.replaceWith(noPicture()) })
    : noPicture();

const stateOf = (row) => h("span", { className: `state ${row.state}` }, table("states")[row.state]);

const line = (row, config) => {
  const note = [row.programmes.join(", "), row.note].filter(Boolean).join(" · ");
  const missing = row.missing.length ? h("span", { className: "state missing" }, t("not_translated", { languages: row.missing.map(languageName).join(", ") })) : null;
  return h("li", {},
    h("a", { href: `#/edit/${encodeURI(row.path)}` },
      thumbnail(row, config),
      h("span", { className: "what" }, h("strong", { dir: "auto", lang: row.lang }, row.title), note && h("span", { className: "note" }, note)),
      h("span", { className: "date" }, row.date ? new Date(`${row.date}T12:00`).toLocaleDateString([], { dateStyle: "medium" }) : ""),
      h("span", { className: "states" },
        config.languages.length > 1 && h("span", { className: "lang" }, languageName(row.lang)), stateOf(row), missing,
        row.faulty && row.state !== "error" && h("span", { className: "state error" }, t("faulty")))));
};

const select = (label, options, onchange) =>
  h("select", { "aria-label": label, onchange }, h("option", { value: "" }, label), options.map(([value, words]) => h("option", { value }, words)));

const unique = (values) => [...new Set(values)].filter(Boolean).sort((one, other) => one.localeCompare(other));

export const showList = async ({ config, content, workflow }, folder) => {
  const kind = config.kinds.find((one) => one.folder === folder) ?? config.kinds[0];
  const isFirst = kind === config.kinds[0] && !workflow;
  const [items, reminders] = await Promise.all([get("items"), isFirst ? remind(config) : ""]);
  const all = items.filter((row) => row.path.startsWith(`content/${kind.folder}/`));
  const rows = all.filter((row) => !config.kinds.some((one) => one.folder.startsWith(`${kind.folder}/`) && row.path.startsWith(`content/${one.folder}/`)));
  const filters = { text: "", state: "", programme: "", lang: "", year: "", missing: false };
  let most = STEP;
  const list = h("ul", { className: "items" });
  const count = h("p", { className: "note", role: "status" });
  const more = button(t("more"), () => { most += STEP; draw(); });

  const fits = (row) =>
    matches([row.title, row.note, row.slug, ...row.programmes].join(" "), filters.text) &&
    (!filters.state || row.state === filters.state) && (!filters.programme || row.programmes.includes(filters.programme)) &&
    (!filters.lang || row.lang === filters.lang) && (!filters.year || row.date.startsWith(filters.year)) &&
    (!filters.missing || row.missing.length > 0);
  const draw = () => {
    const found = rows.filter(fits);
    list.replaceChildren(...found.slice(0, most).map((row) => line(row, config)));
    count.textContent = found.length === 1 ? t("count_one") : found.length ? t("count", { count: found.length }) : t(rows.length ? "nothing_found" : "empty");
    more.hidden = found.length <= most;
  };
  const set = (name) => (event) => { filters[name] = event.target.value; most = STEP; draw(); };
  const search = h("input", { type: "search", "aria-label": t("search"), placeholder: t("search"), oninput: (event) => { filters.text = event.target.value; most = STEP; draw(); } });
  const programmes = unique(rows.flatMap((row) => row.programmes));
  const years = unique(rows.map((row) => row.date.slice(0, 4))).reverse();
  const states = unique(rows.map((row) => row.state));
  const chooser = (accept, words) => {
    const input = h("input", { type: "file", accept, hidden: true, onchange: () => { const [file] = input.files; if (file) document.dispatchEvent(new CustomEvent("clusterpress-file", { detail: { file, kind: kind.kind } })); input.value = ""; } });
    return [input, button(words, () => input.click())];
  };

  content.append(
    h("div", { className: "head" },
      h("h1", { tabIndex: -1 }, kind.many),
      h("p", { className: "actions" },
        kind.kind === "news" && !workflow && chooser(".docx", t("import_word")),
        FROM_TABLES.has(kind.kind) && !workflow && chooser(TABLES, t("import_table")),
        h("a", { className: "main", href: `#/new/${kind.folder}` }, kind.new))),
    reminders,
    h("div", { className: "filters", role: "search" }, search,
      states.length > 1 && select(t("all_states"), states.map((one) => [one, table("states")[one]]), set("state")),
      programmes.length > 1 && select(t("all_programmes"), programmes.map((one) => [one, one]), set("programme")),
      years.length > 1 && select(t("all_years"), years.map((one) => [one, one]), set("year")),
      config.languages.length > 1 && select(t("all_languages"), config.languages.map((one) => [one, languageName(one)]), set("lang")),
      config.languages.length > 1 && h("label", { className: "inline" }, h("input", { type: "checkbox", onchange: (event) => { filters.missing = event.target.checked; draw(); } }), t("only_untranslated"))),
    count, list, more,
    workflow ? "" : h("p", { className: "note" }, kind.kind === "news" ? `${t("drop_word")} ` : FROM_TABLES.has(kind.kind) && `${t("drop_table")} `, h("a", { href: "#/deleted" }, t("deleted_title"))),
  );
  draw();
  document.title = `${kind.many} · ${t("editor")}: ${config.site}`;
};
