// Spreadsheets and calendars that are dropped on the editor, or chosen: what each column means is shown and asked, then
// its rows become items.
import { upload } from "./api.js";
import { button, h, openDialog, say, t, table } from "./dom.js";

export const TABLES = ".xlsx,.ods,.csv,.tsv,.ics";
/** Kinds of items that a table may describe, by the word that the server uses. */
const KINDS = { partner: "partner", cluster: "cluster", person: "author", programme: "programme", event: "event", news: "news" };
const many = (word) => table("kinds")[KINDS[word]]?.many ?? word;
const SHOWN = 30;

/** Show what a table contains; `kind` is that of the list on which it was chosen. `refuse` says what is wrong with a file. */
export const importTable = async (file, kind, refuse) => {
  const choices = { kinds: {}, columns: {} };
  const word = Object.keys(KINDS).find((one) => KINDS[one] === kind && kind !== "news") ?? "";
  const ask = (way) => upload(`table?${new URLSearchParams({ name: file.name, way, kind: word, choices: JSON.stringify(choices) })}`, file);
  say(t("importing", { name: file.name }));
  try {
    const found = await ask("look");
    say("");
    openDialog(t("table_title", { name: file.name }), (close) => new Import(file, choices, ask, close).draw(found), { wide: true });
  } catch (fault) {
    refuse(file, fault.message);
  }
};

class Import {
  constructor(file, choices, ask, close) {
    Object.assign(this, { file, choices, ask, close, root: h("div", { className: "import" }) });
  }

  /** Ask the server again, and show what it says; a fault leaves everything as it was. */
  async #again(way) {
    const status = this.root.querySelector(".status");
    status.className = "status busy";
    status.textContent = t(way === "look" ? "table_looking" : "table_running");
    try {
      const found = await this.ask(way);
      if (way === "look") this.draw(found); else this.#done(found);
    } catch (fault) {
      status.className = "status";
      status.replaceChildren(h("span", { role: "alert", className: "fault-here stops" }, fault.message));
    }
  }

  draw(found) {
    const place = document.activeElement?.dataset?.place;
    this.root.replaceChildren(
      ...found.sheets.map((sheet) => this.#sheet(sheet, found.keys, found.sheets.length === 1)),
      found.is_settled ? tell(found, "would") : h("p", { className: "note" }, t("table_unsettled")),
      h("p", { className: "status", role: "status" }),
      h("p", { className: "actions" },
        button(t(found.is_idle ? "close" : "cancel"), this.close),
        found.is_settled && !found.is_idle && button(t("table_import"), () => this.#again("import"), { className: "main" })));
    if (place) this.root.querySelector(`[data-place="${CSS.escape(place)}"]`)?.focus();
    return this.root;
  }

  #sheet(sheet, keys, isOnly) {
    const kind = select(sheet.kind, [["", t("table_choose")], ...Object.keys(KINDS).map((one) => [one, many(one)]), ...(isOnly ? [] : [["skip", t("table_skip")]])], (value) => {
      this.choices.kinds[sheet.name] = value;
      this.#again("look");
    });
    kind.dataset.place = sheet.name;
    const rows = t(sheet.rows === 1 ? "table_row" : "table_rows", { count: sheet.rows });
    return h("section", {},
      h("p", {}, h("label", {}, h("strong", {}, sheet.name), ` · ${rows} · ${t("table_kind")} `, kind)),
      sheet.kind && !sheet.has_titles && h("p", { className: "fault-here stops" }, t("table_no_title")),
      sheet.kind && h("table", { className: "columns" },
        h("thead", {}, h("tr", {}, ["table_column", "table_example", "table_meaning"].map((one) => h("th", { scope: "col" }, t(one))))),
        h("tbody", {}, sheet.columns.map((column) => this.#column(column, keys[sheet.kind])))));
  }

  #column(column, keys) {
    const meaning = select(column.key === "drop" ? "" : column.key, [["", t("table_left_out")], ...keys], (value) => {
      this.choices.columns[column.name] = value || "drop";
      this.#again("look");
    });
    meaning.dataset.place = column.name;
    meaning.setAttribute("aria-label", `${t("table_meaning")}: ${column.header}`);
    return h("tr", { className: column.key ? "" : "unknown" },
      h("th", { scope: "row", dir: "auto" }, h("code", {}, column.letters), " ", column.header),
      h("td", { dir: "auto", className: "note" }, column.example.length > 60 ? `${column.example.slice(0, 60)}…` : column.example), h("td", {}, meaning));
  }

  #done(found) {
    this.root.replaceChildren(tell(found, "did"), h("p", { className: "actions" }, button(t("close"), this.close, { className: "main" })));
    this.root.querySelector("button").focus();
    document.dispatchEvent(new CustomEvent("clusterpress-show", { detail: location.hash }));
  }
}

const select = (value, options, onchange) => {
  const made = h("select", { onchange: () => onchange(made.value) }, options.map(([one, words]) => h("option", { value: one }, words)));
  made.value = value;
  return made;
};

/** What an import did, or would do: numbers, doubtful cells by name, and what is left out. */
const tell = (found, tense) => {
  const { counts } = found;
  const numbers = ["new", "changed", "unchanged", "edited"].filter((one) => counts[one]).map((one) => t(`table_${one}`, { count: counts[one] })).join(", ");
  return h("div", { className: "found" },
    h("p", { className: found.is_idle || tense === "did" ? "good" : "" }, found.is_idle ? t("table_idle") : t(`table_${tense}`), " ", numbers || t("table_nothing")),
    list(t("table_edited_words"), found.edited.map((one) => h("a", { href: `#/edit/${encodeURI(one.path)}` }, one.title))),
    list(t("table_faults"), found.faults),
    list(t("table_leaves"), found.left_out));
};

const list = (words, rows) => rows.length > 0 && h("details", { open: rows.length <= SHOWN }, h("summary", {}, `${words} (${rows.length})`), h("ul", {}, rows.map((one) => h("li", { dir: "auto" }, one))));
