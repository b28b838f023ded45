// An item as a form shows it: values in the one shape that a form knows, and the text. Only what somebody changed is
// written, so that all else of the file stays.
import { changeSource, readSource, SourceFault, writeSource } from "./front_matter.js";

const YES = new Set(["true", "yes", "on", "1", "y", "t"]);
const NO = new Set(["false", "no", "off", "0", "n", "f"]);
const MULTIPLE = new Set(["kind", "programme", "cluster", "partner", "author", "tag"]);
/** Keys that depend on one another: "start" can hold both ends of a range. */
const TIMES = ["start", "end", "when"];

const listed = (value) => (Array.isArray(value) ? value : [value]);

/** Return a value in the shape of its field. */
const shape = (field, value) => {
  if (!field) return value;
  switch (field.widget) {
    case "names": return listed(value);
    case "blocks": return listed(value).map((one) => shapeBlock(field.fields, one));
    case "picture": return shapeBlock(field.fields, typeof value === "string" ? { src: value } : value);
    case "block": return shapeBlock(field.fields, value, field.key === "where" || field.key === "select");
    case "flag": return typeof value === "string" && YES.has(value.toLowerCase()) ? true : typeof value === "string" && NO.has(value.toLowerCase()) ? false : value;
    case "number": return typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
    default: return value;
  }
};
const shapeBlock = (fields, value, isQuery = false) => {
  if (!value || typeof value !== "object" || Array.isArray(value)) return value;
  const byKey = new Map(fields.map((one) => [one.key, one]));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, isQuery ? (MULTIPLE.has(key) ? listed(one) : one) : shape(byKey.get(key), one)]));
};

const isMeaningful = (value) => value !== false && value !== null && value !== undefined && value !== "" && !(typeof value === "object" && !Object.keys(value).length);
/** Return a value without its empty parts; an empty alt text says that a picture only decorates. */
export const dropEmpty = (value) => {
  if (Array.isArray(value)) return value.map(dropEmpty).filter(isMeaningful);
  if (!value || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, dropEmpty(one)]).filter(([key, one]) => isMeaningful(one) || (key === "alt" && "src" in value)));
};
const sorted = (value) =>
  Array.isArray(value) ? value.map(sorted) : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, one]) => [key, sorted(one)]))
    : typeof value === "number" ? String(value) : value;
const isSame = (one, other) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

const fold = (key) => key.trim().toLowerCase().replace(/[- ]/g, "_");

/** Reads and writes the items of a site, whose forms and conventions `site` contains. */
export class Documents {
  constructor(site) {
    this.site = site;
    this.prose = new Set(site.prose);
    this.foreign = new Map(Object.entries(site.keys).map(([key, name]) => [fold(key), name]));
  }

  fieldOf = (key) => this.foreign.get(fold(key)) ?? fold(key);

  /** Return the folder of an item below content/, as the settings name it; undefined for other files. */
  folderOf(path) {
    if (!path.startsWith("content/") || !/\.(md|markdown|mdown|mkdn?)$/i.test(path) || path.startsWith("content/static/")) return undefined;
    const inside = path.slice("content/".length);
    if (/^readme\./i.test(inside.split("/").at(-1)) || inside.split("/").some((one) => /^[._]/.test(one))) return undefined;
    return this.site.kinds.map((one) => one.folder).filter((one) => inside.startsWith(`${one}/`)).sort((one, other) => other.length - one.length)[0];
  }
  kindOf(path) { return this.site.kinds.find((one) => one.folder === this.folderOf(path))?.kind; }
  #fields(path) {
    const form = this.site.forms[this.folderOf(path)];
    const fields = new Map([...form.first, ...form.groups.flatMap((one) => one.fields)].map((one) => [one.key, one]));
    if (form.section) fields.set("sections", { key: "sections", widget: "blocks", fields: form.section });
    return fields;
  }

  /** Return language, date and words of a file's name: "2019-04-12-forum.fr.md". */
  #named(path) {
    const stem = path.replace(/\.\w+$/, "");
    const lang = this.site.languages.find((one) => stem.endsWith(`.${one}`)) ?? "";
    return { lang, date: /(?:^|\/)(\d{4}-\d\d-\d\d)(?:[-_ ]|$)/.exec(lang ? stem.slice(0, -lang.length - 1) : stem)?.[1] ?? "" };
  }

  /** Return the values and the text of a source, and whether it is marked as a draft. */
  read(text, path) {
    const found = readSource(text, this.prose);
    const fields = this.#fields(path);
    const body = found.body.replace(/\r\n?/g, "\n").replace(/^\n+|\n+$/g, "");
    const values = {};
    for (const [key, value] of Object.entries(found.values)) {
      const name = this.site.order[this.kindOf(path)].includes(this.fieldOf(key)) ? this.fieldOf(key) : key;
      values[name] = shape(fields.get(name), value);
    }
    const isDraft = typeof values.draft === "string" ? YES.has(values.draft.toLowerCase()) : values.draft === true;
    delete values.draft;
    const { lang, date } = this.#named(path);
    const heading = /^# +(.+?)(?: +#+)?$/m.exec(body)?.[1];
    const derived = { ...(heading && { title: heading }), ...(date && fields.has("date") && { date }), ...(lang && { lang }) };
    return { values: { ...derived, ...values }, body, isDraft, written: Object.keys(values) };
  }

  #rules(path) { return { order: this.site.order[this.kindOf(path)], fieldOf: this.fieldOf, prose: this.prose }; }

  /** Return the values of a form, each in the shape of its field. */
  #shaped(values, path) {
    const fields = this.#fields(path);
    return dropEmpty(Object.fromEntries(Object.entries(values).map(([key, one]) => [key, shape(fields.get(key), one)])));
  }

  /** Return the source of a new item. */
  write({ values, body }, path) {
    const kept = this.#shaped(values, path);
    if (kept.lang === this.site.languages[0]) delete kept.lang;
    return this.#sure(writeSource(kept, body.replace(/^\n+|\n+$/g, ""), this.#rules(path).order), kept, body, path);
  }

  /** Return a source with the changes of a form. Drafts lose their mark: here, the review holds them back. */
  change(text, { values, body }, path) {
    const before = this.read(text, path);
    const [old, anew] = [dropEmpty(before.values), this.#shaped(values, path)];
    delete anew.draft;
    const keys = new Set([...Object.keys(old), ...Object.keys(anew)]);
    let changed = [...keys].filter((key) => !isSame(old[key], anew[key]));
    if (changed.some((key) => TIMES.includes(key))) changed = [...new Set([...changed, ...TIMES.filter((key) => keys.has(key))])];
    if (before.isDraft) changed.push("draft");
    const text_ = body.replace(/\r\n?/g, "\n").replace(/^\n+|\n+$/g, "");
    const found = changeSource(text, Object.fromEntries(changed.map((key) => [key, anew[key]])), text_ === before.body ? undefined : text_, this.#rules(path));
    return this.#sure(found, anew, text_, path);
  }

  /** Return a source, if it means what the form says. */
  #sure(text, values, body, path) {
    const found = this.read(text, path);
    const derived = { ...found.values, ...values };
    const isKept = isSame(dropEmpty(found.values), dropEmpty(values)) || (isSame(dropEmpty(derived), dropEmpty(found.values)) && Object.keys(dropEmpty(found.values)).every((key) => key in values || !found.written.includes(key)));
    if (!isKept || found.isDraft || found.body !== body.replace(/^\n+|\n+$/g, "")) throw new SourceFault("with_loss");
    return text;
  }

  /** Return the values with which a translation starts. */
  translate({ values }, lang, slug, isBeside) {
    const kept = Object.fromEntries(Object.entries(values).filter(([key]) => !this.site.of_one_version.includes(key)));
    for (const key of ["image", "logo"]) if (kept[key]) kept[key] = Object.fromEntries(Object.entries(kept[key]).filter(([part]) => !["alt", "caption"].includes(part)));
    return { ...kept, lang, ...(!isBeside && { translation_of: slug }) };
  }
}
