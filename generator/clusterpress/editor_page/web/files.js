// Files that are dropped on the editor, or chosen: Word files become items; what cannot be taken is said.
import { encodePath, upload } from "./api.js";
import { button, h, openDialog, say, t } from "./dom.js";
import { importTable } from "./tables.js";

const KINDS = [
  [/\.docx?$/i, ""], [/\.xls$/i, "file_table"], [/\.(png|jpe?g|gif|webp|svg|heic|heif|avif|tiff?|bmp)$/i, "file_picture"], [/\.pdf$/i, "file_pdf"],
];

const refuse = (file, words) => {
  say("");
  openDialog(t("file_not_taken", { name: file.name }), (close) => [h("p", { role: "alert" }, words), h("p", { className: "actions" }, button(t("close"), close, { className: "main" }))]);
};

/** Take the first file that the editor can make something of; of others, say where they belong. */
export const takeFiles = (files, kind = "") => {
  const sheet = files.find((one) => /\.(xlsx|xlsm|ods|csv|tsv|ics)$/i.test(one.name));
  if (sheet) { importTable(sheet, kind, refuse); return; }
  const word = files.find((one) => KINDS[0][0].test(one.name));
  if (word) { importWord(word); return; }
  const [, words = "file_other"] = KINDS.find(([ending]) => ending.test(files[0].name)) ?? [];
  refuse(files[0], t(words));
};

const importWord = async (file, way = "") => {
  say(t("importing", { name: file.name }));
  try {
    const found = await upload(`word?${new URLSearchParams({ name: file.name, way })}`, file);
    if (found.there) { say(""); askWay(file, found.there); } else showImported(file, found);
  } catch (fault) {
    refuse(file, fault.message);
  }
};

const showImported = (file, found) => {
  const place = `#/edit/${encodeURI(found.path)}`;
  document.dispatchEvent(new CustomEvent("clusterpress-show", { detail: place }));
  say(t(found.is_new ? "imported" : "imported_before", { name: file.name }));
  if (found.remarks.length) openDialog(t("imported_remarks"), () => h("ul", {}, found.remarks.map((one) => h("li", {}, one))));
};

/** The file was imported before, and it or its item has changed since. */
const askWay = (file, there) =>
  openDialog(t("word_there", { name: file.name }), (close) => {
    const choose = (way) => () => { close(); importWord(file, way); };
    return [
      h("p", {}, t(there.is_edited ? "word_there_edited" : "word_there_changed", { title: there.title })),
      h("p", { className: "choices" },
        button(t("word_leave"), () => { close(); location.hash = `#/edit/${encodePath(there.path)}`; }, { className: "main" }),
        button(t("word_both"), choose("both")),
        button(t("word_replace"), choose("replace"))),
      h("p", { className: "note" }, t(there.is_draft ? "word_replace_note" : "word_replace_public")),
    ];
  });
