// Front matter as text: read with a YAML library, changed line by line, so that all else stays byte for byte. The same
// rules as in sources/front_matter.py and content/serialise.py; a test compares both.
import { isAlias, isMap, isScalar, isSeq, parseDocument } from "../vendor/yaml.js";

const SOURCE = /^(\uFEFF?\s*---[ \t]*(?:\r\n|\n|\r))([^]*?)(^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|(?![^]))[^]*)/m;
const FENCE = /^[^\r\n]*(?:\r\n|\n|\r|$)(?:[ \t]*(?:\r\n|\n|\r))*/;
const LINE = /[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g;
const NO_ENTRY = /^(?:#[^\r\n]*|[ \t]*)(?:\r\n|\n|\r)$/;
const HASH = /^[ \t]#[^\r\n]*|^[ \t]+#[^\s#][^\r\n]*/;
const NULLS = new Set(["", "~", "null", "Null", "NULL"]);

/** A source that cannot be read or changed here; `name` is the key of the words that say so. */
export class SourceFault extends Error {
  constructor(name, line = 0) {
    super(name);
    this.line = line;
  }
}

/** Return the text before the YAML, the YAML, and the text from the closing fence on; null if there is none. */
export const splitSource = (text) => {
  const found = SOURCE.exec(text);
  if (found && found.index === 0) return { before: found[1], yaml: found[2], after: found[3] };
  if (/^\uFEFF?\s*\+\+\+/.test(text)) throw new SourceFault("other_front_matter");
  return null;
};

export const newlineOf = (text) => /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";

const parse = (yaml) => {
  const doc = parseDocument(yaml, { schema: "failsafe", merge: true, uniqueKeys: true, logLevel: "silent" });
  if (doc.errors.length) throw new SourceFault("no_front_matter", doc.errors[0].linePos?.[0].line + 1 || 2);
  if (doc.contents && !isMap(doc.contents)) throw new SourceFault("other_front_matter");
  return doc;
};

/** Return the value of a node: texts, lists and blocks without empty parts. */
const valueOf = (node, doc, yaml, prose, key = "") => {
  const real = isAlias(node) ? node.resolve(doc) : node;
  if (isSeq(real)) return real.items.map((one) => valueOf(one, doc, yaml, prose, key)).filter((one) => one !== undefined);
  if (isMap(real)) return Object.fromEntries(real.items.map((pair) => [String(pair.key.value), valueOf(pair.value, doc, yaml, prose, String(pair.key.value))]).filter(([, one]) => one !== undefined));
  if (!isScalar(real)) return undefined;
  const text = String(real.value ?? "");
  if (real.type !== "PLAIN") return text;
  const tail = prose.has(key.toLowerCase()) ? HASH.exec(yaml.slice(real.range[1])) : null; // "Meet us at stand #4"
  return tail ? text + tail[0].trimEnd() : NULLS.has(text) ? undefined : text;
};

/** Return the front matter of a source as it is written: key → text, list or block; and its body. */
export const readSource = (text, prose) => {
  const parts = splitSource(text);
  if (!parts) return { values: {}, body: text.replace(/^\uFEFF/, "") };
  const doc = parse(parts.yaml);
  const fence = FENCE.exec(parts.after)[0];
  return { values: doc.contents ? valueOf(doc.contents, doc, parts.yaml, prose) : {}, body: parts.after.slice(fence.length) };
};

// A scalar stays plain only where every reader of YAML takes it for text; else it is quoted as JSON, which is YAML too.
const PLAIN = /^[^\s\-?:,[\]{}#&*!|>'"%@`~=+.\d](?:[^\n:#]|:(?=[^\s:])|(?<=\S)#)*$/;
const IN_FLOW = /[\][{},:]/;
const DAY = /^\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d[\d:+-]*)?$/;
const WORDS = /^(?:true|false|yes|no|on|off|y|n|null|~)$/i;
const isPlain = (text) => (PLAIN.test(text) && text === text.trim() && !WORDS.test(text) && !/[\p{C}\u2028\u2029\u00A0]/u.test(text)) || DAY.test(text);
const quoted = (text) => JSON.stringify(text).replace(/[\u007F-\u009F\u2028\u2029\uFEFF]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
const scalar = (text, quote = "") =>
  quote && !text.includes(quote) && !text.includes("\\") && !/[\p{C}\n]/u.test(text) ? quote + text + quote
    : isPlain(text) ? text : quoted(text);
const plain = (value) => (typeof value === "boolean" ? String(value) : typeof value === "number" ? String(value) : value ?? "");
const flow = (value) => (Array.isArray(value) ? `[${value.map(flow).join(", ")}]` : value && typeof value === "object" ? `{${Object.entries(value).map(([key, one]) => `${scalar(key)}: ${flow(one)}`).join(", ")}}` : typeof value === "string" ? (IN_FLOW.test(value) && !DAY.test(value) ? quoted(value) : scalar(value)) : plain(value));
const MAX_LIST = 100;

/** Return the lines of a key and its value. */
const writeEntry = (key, value) => {
  const name = scalar(key);
  if (Array.isArray(value)) {
    const line = flow(value);
    return line.length <= MAX_LIST && value.every((one) => typeof one !== "object") ? [`${name}: ${line}`] : [`${name}:`, ...value.map((one) => `  - ${flow(one)}`)];
  }
  if (value && typeof value === "object") return [`${name}:`, ...Object.entries(value).flatMap(([part, one]) => writeEntry(part, one)).map((line) => (line ? `  ${line}` : line))];
  const text = plain(value);
  const isBlock = text.includes("\n") && text === text.replace(/^\n+|\n+$/g, "") && !/^[ \t]/.test(text) && !/(?!\n)[\p{C}\u2028\u2029]/u.test(text) && !/[ \t]$/m.test(text);
  if (isBlock) return [`${name}: |-`, ...text.split("\n").map((line) => (line ? `  ${line}` : line))];
  return [`${name}: ${typeof value === "string" ? scalar(text) : text}`];
};

const isEmpty = (value) => value === undefined || value === null || value === "" || value === false || (typeof value === "object" && !Object.keys(value).length);
const inOrder = (keys, order) => [...order.filter((key) => keys.includes(key)), ...keys.filter((key) => !order.includes(key))];

/** Return the source of a new item. */
export const writeSource = (values, body, order) => {
  const lines = inOrder(Object.keys(values), order).filter((key) => !isEmpty(values[key])).flatMap((key) => writeEntry(key, values[key]));
  return `---\n${lines.map((line) => `${line}\n`).join("")}---\n${body ? `${body}\n` : ""}`;
};

class Block {
  constructor(yaml, order, fieldOf, newline) {
    Object.assign(this, { yaml, order, newline });
    const { contents } = parse(yaml);
    if (contents?.flow || (!contents?.items.length && yaml.replace(/#[^\r\n]*/g, "").trim())) throw new SourceFault("other_front_matter");
    this.entries = (contents?.items ?? []).map((pair) => {
      const at = pair.key.range[0];
      return { key: String(pair.key.value), name: fieldOf(String(pair.key.value)), start: at - (/[^\r\n]*$/.exec(yaml.slice(0, at))[0].length), value: pair.value };
    });
  }

  #rank(name) { const at = this.order.indexOf(name); return at < 0 ? this.order.length : at; }

  /** Where the value of an entry ends; comments and empty lines after it belong to the next. */
  #endOf(number) {
    const { start } = this.entries[number];
    let end = this.entries[number + 1]?.start ?? this.yaml.length;
    for (const line of (this.yaml.slice(start, end).match(LINE) ?? []).reverse()) {
      if (!NO_ENTRY.test(line)) break;
      end -= line.length;
    }
    return end;
  }

  #placeFor(key) {
    const rank = this.#rank(key);
    const earlier = this.entries.map((one, number) => [number, this.#rank(one.name)]).filter(([, one]) => one <= rank);
    return earlier.length ? this.#endOf(earlier.at(-1)[0]) : this.entries[0]?.start ?? this.yaml.length;
  }

  /** The only word of a value on its key's line; quotes and comments around it stay. */
  #single(entry) {
    const node = entry.value;
    if (!isScalar(node) || node.anchor || node.tag || !["PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE"].includes(node.type)) return null;
    const [start, end] = node.range;
    if (start >= end || /[\r\n]/.test(this.yaml.slice(entry.start, end)) || !/:[ \t]+$/.test(this.yaml.slice(entry.start, start))) return null;
    return { start, end, quote: { QUOTE_DOUBLE: '"', QUOTE_SINGLE: "'" }[node.type] ?? "" };
  }

  /** Return the edit that gives a key a value: where it begins and ends, and the new text. */
  edit(key, value, prose) {
    const number = this.entries.findIndex((one) => one.name === key);
    const entry = this.entries[number];
    const text = isEmpty(value) ? "" : writeEntry(entry?.key ?? key, value).map((line) => line + this.newline).join("");
    if (!entry) { const at = this.#placeFor(key); return [at, at, text]; }
    const single = this.#single(entry);
    if (single && text && typeof value === "string" && !value.includes("\n")) {
      const tail = !single.quote && prose.has(key) ? HASH.exec(this.yaml.slice(single.end)) : null;
      return [single.start, single.end + (tail?.[0].length ?? 0), scalar(value, single.quote)];
    }
    return [entry.start, this.#endOf(number), text];
  }
}

/** Return a source with other values (undefined removes a key) and, if it is given, another body. */
export const changeSource = (text, changed, body, { order, fieldOf, prose }) => {
  const parts = splitSource(text);
  if (!parts) {
    const own = text.replace(/^\uFEFF/, "");
    return Object.keys(changed).length || body !== undefined ? writeSource(changed, (body ?? own).replace(/^\n+|\n+$/g, ""), order) : text;
  }
  const newline = newlineOf(parts.before);
  const keys = inOrder(Object.keys(changed), order);
  let { yaml } = parts;
  if (keys.length) {
    const block = new Block(yaml, order, fieldOf, newline);
    const edits = keys.map((key, place) => [...block.edit(key, changed[key], prose), place]);
    edits.sort((one, other) => other[0] - one[0] || other[1] - one[1] || other[3] - one[3]);
    for (const [start, end, words] of edits) yaml = yaml.slice(0, start) + words + yaml.slice(end);
  }
  if (body === undefined) return parts.before + yaml + parts.after;
  const fence = FENCE.exec(parts.after)[0] || `---${newline}`;
  const written = body ? body.replace(/\n/g, newline) + newline : "";
  return parts.before + yaml + (/[\r\n]$/.test(fence) ? fence : fence + newline) + written;
};
