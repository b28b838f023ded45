// Markdown and the document of the text view: what it cannot hold stays in "islands", as it is written.
import { DOMParser, MarkdownIt, MarkdownParser, MarkdownSerializer, Schema, defaultMarkdownSerializer, tableNodes } from "./vendor/prosemirror.js";

const align = { default: null, getFromDOM: (cell) => cell.getAttribute("align") || cell.style.textAlign || null, setDOMAttr: (value, attributes) => { if (value) attributes["data-align"] = value; } };
const heading = (level) => ({ tag: `h${level}`, attrs: { level: Math.max(2, level) } });

export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: { content: "inline*", group: "block", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
    heading: { content: "inline*", group: "block", defining: true, attrs: { level: { default: 2 } }, parseDOM: [1, 2, 3, 4, 5, 6].map(heading), toDOM: (node) => [`h${node.attrs.level}`, 0] },
    blockquote: { content: "block+", group: "block", defining: true, parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", 0] },
    bullet_list: { content: "list_item+", group: "block", attrs: { tight: { default: true } }, parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
    ordered_list: { content: "list_item+", group: "block", attrs: { order: { default: 1 }, tight: { default: true } }, parseDOM: [{ tag: "ol", getAttrs: (one) => ({ order: Number(one.getAttribute("start") ?? 1) }) }], toDOM: (node) => ["ol", node.attrs.order === 1 ? {} : { start: node.attrs.order }, 0] },
    list_item: { content: "paragraph block*", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
    code_block: { content: "text*", marks: "", group: "block", code: true, defining: true, attrs: { params: { default: "" } }, parseDOM: [{ tag: "pre", preserveWhitespace: "full" }], toDOM: () => ["pre", ["code", 0]] },
    horizontal_rule: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
    island: { group: "block", atom: true, selectable: true, attrs: { source: { default: "" } }, toDOM: (node) => ["pre", { class: "island" }, node.attrs.source] },
    ...tableNodes({ tableGroup: "block", cellContent: "paragraph+", cellAttributes: { align } }),
    text: { group: "inline" },
    image: { inline: true, group: "inline", draggable: true, attrs: { src: {}, alt: { default: "" }, title: { default: null } }, parseDOM: [{ tag: "img[src]", getAttrs: (one) => ({ src: one.getAttribute("src"), alt: one.getAttribute("alt") ?? "", title: one.getAttribute("title") }) }], toDOM: (node) => ["img", node.attrs] },
    raw: { inline: true, group: "inline", atom: true, attrs: { source: { default: "" } }, toDOM: (node) => ["code", { class: "raw" }, node.attrs.source] },
    soft_break: { inline: true, group: "inline", selectable: false, leafText: () => " ", toDOM: () => ["span", { class: "soft" }, " "] },
    hard_break: { inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
  },
  marks: {
    link: { attrs: { href: {}, title: { default: null } }, inclusive: false, parseDOM: [{ tag: "a[href]", getAttrs: (one) => ({ href: one.getAttribute("href"), title: one.getAttribute("title") }) }], toDOM: (mark) => ["a", { href: mark.attrs.href, title: mark.attrs.title, rel: "noopener" }, 0] },
    sub: { excludes: "sub sup", parseDOM: [{ tag: "sub" }], toDOM: () => ["sub", 0] },
    sup: { excludes: "sub sup", parseDOM: [{ tag: "sup" }], toDOM: () => ["sup", 0] },
    strike: { parseDOM: [{ tag: "s" }, { tag: "strike" }, { tag: "del" }], toDOM: () => ["del", 0] },
    em: { parseDOM: [{ tag: "i" }, { tag: "em" }], toDOM: () => ["em", 0] },
    strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
    code: { code: true, parseDOM: [{ tag: "code" }], toDOM: () => ["code", 0] },
  },
});

export const tokenizer = new MarkdownIt("commonmark", { html: true }).enable(["table", "strikethrough"]);
// Marks of our Markdown that CommonMark does not know: notes, lists of attributes, shortcodes. They stay as written.
const RAW = /\[\^[^\]\s]+\]|\{[:.#%][^{}\n]*\}|\{\{[^{}\n]*\}\}/y;
tokenizer.inline.ruler.before("link", "raw", (state, silent) => {
  RAW.lastIndex = state.pos;
  const found = RAW.exec(state.src);
  if (!found) return false;
  if (!silent) state.push("raw", "", 0).content = found[0];
  state.pos += found[0].length;
  return true;
});

// <sub> and <sup> are how our Markdown writes them; each is a mark where both of its tags stand in one part of a line.
const SMALL = /^<(\/?)(su[bp])>$/;
tokenizer.core.ruler.push("small", (state) => {
  for (const { children } of state.tokens) {
    let open = [];
    for (const token of children ?? []) {
      const [, end, name] = (token.type === "html_inline" && SMALL.exec(token.content)) || [];
      if (name && !end) open.push({ token, name });
      else if (name && open.at(-1)?.name === name) {
        Object.assign(open.pop().token, { type: `${name}_open`, nesting: 1 });
        Object.assign(token, { type: `${name}_close`, nesting: -1 });
      } else if (token.nesting === 1) open.push({ token, name: "" });
      else if (token.nesting === -1) open = open.slice(0, open.findLastIndex((one) => !one.name));
    }
  }
});

const cellAlign = (token) => ({ align: /text-align:(\w+)/.exec(token.attrGet("style") ?? "")?.[1] ?? null });
const parser = new MarkdownParser(schema, { parse: (tokens) => tokens }, {
  paragraph: { block: "paragraph" }, blockquote: { block: "blockquote" }, list_item: { block: "list_item" },
  bullet_list: { block: "bullet_list", getAttrs: (token, tokens, place) => ({ tight: isTight(tokens, place) }) },
  ordered_list: { block: "ordered_list", getAttrs: (token, tokens, place) => ({ order: Number(token.attrGet("start") ?? 1), tight: isTight(tokens, place) }) },
  heading: { block: "heading", getAttrs: (token) => ({ level: Number(token.tag[1]) }) },
  code_block: { block: "code_block", noCloseToken: true },
  fence: { block: "code_block", getAttrs: (token) => ({ params: token.info || "" }), noCloseToken: true },
  hr: { node: "horizontal_rule" }, hardbreak: { node: "hard_break" }, softbreak: { node: "soft_break" },
  image: { node: "image", getAttrs: (token) => ({ src: token.attrGet("src"), title: token.attrGet("title") || null, alt: token.content }) },
  raw: { node: "raw", getAttrs: (token) => ({ source: token.content }) },
  html_inline: { node: "raw", getAttrs: (token) => ({ source: token.content }) },
  html_block: { node: "island", getAttrs: (token) => ({ source: token.content }) },
  table: { block: "table" }, thead: { ignore: true }, tbody: { ignore: true }, tr: { block: "table_row" },
  th: { block: "table_header", getAttrs: cellAlign }, td: { block: "table_cell", getAttrs: cellAlign },
  sub: { mark: "sub" }, sup: { mark: "sup" }, s: { mark: "strike" },
  em: { mark: "em" }, strong: { mark: "strong" }, code_inline: { mark: "code", noCloseToken: true },
  link: { mark: "link", getAttrs: (token) => ({ href: token.attrGet("href"), title: token.attrGet("title") || null }) },
});

const isTight = (tokens, place) => {
  for (const token of tokens.slice(place + 1)) {
    if (token.type === "list_item_open") continue;
    return token.type === "paragraph_open" && token.hidden;
  }
  return false;
};

/** Cells hold inline text in Markdown, paragraphs in the document. */
const withParagraphs = (tokens) => tokens.flatMap((token) => {
  if (/^t[hd]_open$/.test(token.type)) return [token, { ...paragraph, type: "paragraph_open", nesting: 1 }];
  if (/^t[hd]_close$/.test(token.type)) return [{ ...paragraph, type: "paragraph_close", nesting: -1 }, token];
  return [token];
});
const paragraph = { tag: "p", attrs: null, attrGet: () => null, children: null, content: "", hidden: false, info: "", level: 0, markup: "", map: null, meta: null, block: true };

/** Return the blocks of a text: their sources, what stands before each, and their tokens; none for other lines. */
export const splitBlocks = (text) => {
  const rows = text.split("\n");
  const tokens = tokenizer.parse(text, {});
  const found = [];
  let at = 0;
  const other = (end) => {
    while (at < end) {
      while (at < end && !rows[at].trim()) at += 1;
      let stop = at;
      while (stop < end && rows[stop].trim()) stop += 1;
      if (stop > at) found.push({ start: at, end: stop, tokens: null });
      at = stop;
    }
  };
  for (let first = 0; first < tokens.length; first += 1) {
    let last = first;
    if (tokens[first].nesting === 1) for (let depth = 1; depth; depth += tokens[last].nesting) last += 1;
    const [start, stop] = tokens[first].map;
    other(start);
    let end = stop;
    while (end > start + 1 && !rows[end - 1].trim()) end -= 1;
    found.push({ start, end, tokens: tokens.slice(first, last + 1) });
    at = end;
    first = last;
  }
  other(rows.length);
  return found.map((one, place) => ({
    source: rows.slice(one.start, one.end).join("\n"),
    before: place ? rows.slice(found[place - 1].end, one.start).map((row) => `\n${row}`).join("") + "\n" : "",
    tokens: one.tokens,
  }));
};

const island = (source) => schema.nodes.island.create({ source });

const parseBlock = (block) => {
  if (!block.tokens) return island(block.source);
  try {
    const doc = parser.parse(withParagraphs(block.tokens));
    return doc.childCount === 1 ? doc.firstChild : island(block.source);
  } catch {
    return island(block.source); // nested beyond what the document holds
  }
};

const escapeText = (words) => words
  .replace(/\\(?=[\\`*_{}[\]()>#+\-.!|~])/g, "\\\\")
  .replace(/`/g, "\\`")
  .replace(/~(?=~)/g, "\\~")
  .replace(/(?<!\s)\*|\*(?!\s)/g, "\\*")
  .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
  .replace(/\[(?=[^\]]*\][([:^])|\[(?=\^)/g, "\\[")
  .replace(/\{(?=[:.#%{])/g, "\\{")
  .replace(/<(?=[A-Za-z/!?])/g, "&lt;")
  .replace(/&(?=#?\w+;)(?!lt;)/g, "&amp;");
const escapeStart = (words) => words.replace(/^(\s*)([#>+-])(?=[\s#>]|$)/, "$1\\$2").replace(/^(\s*\d{1,9})([.)])(?=\s|$)/, "$1\\$2");

const address = (href) => (/[\s()<>]/.test(href) ? `<${href.replace(/[<>]/g, encodeURIComponent).replace(/\s/g, "%20")}>` : href);
const title = (words) => (words ? ` "${words.replace(/"/g, "'")}"` : "");

const nodes = {
  ...defaultMarkdownSerializer.nodes,
  bullet_list: (state, node) => state.renderList(node, "    ", () => "- "),
  ordered_list: (state, node) => state.renderList(node, "    ", (place) => `${node.attrs.order + place}. `),
  hard_break: (state, node, parent, place) => {
    for (let next = place + 1; next < parent.childCount; next += 1) {
      if (parent.child(next).type !== node.type) {
        state.write("  \n");
        return;
      }
    }
  },
  soft_break: (state) => state.write("\n"),
  image: (state, node) => state.write(`![${node.attrs.alt.replace(/([[\]\\])/g, "\\$1")}](${address(node.attrs.src)}${title(node.attrs.title)})`),
  raw: (state, node) => state.write(node.attrs.source),
  island: (state, node) => { state.write(node.attrs.source); state.closeBlock(node); },
  text: (state, node) => {
    const words = escapeText(node.text);
    state.text(state.inAutolink ? node.text : state.atBlank() ? escapeStart(words) : words, false);
  },
  table: (state, node) => { writeTable(state, node); state.closeBlock(node); },
};
const marks = {
  ...defaultMarkdownSerializer.marks,
  sub: { open: "<sub>", close: "</sub>", mixable: true },
  sup: { open: "<sup>", close: "</sup>", mixable: true },
  strike: { open: "~~", close: "~~", mixable: true, expelEnclosingWhitespace: true },
  link: { open: "[", close: (state, mark) => `](${address(mark.attrs.href)}${title(mark.attrs.title)})`, mixable: true },
};
const serializer = new MarkdownSerializer(nodes, marks, { hardBreakNodeName: "hard_break" });

const cellText = (cell) => {
  const parts = [];
  cell.forEach((one) => parts.push(serializer.serialize(schema.node("doc", null, [one])).trim().replace(/ {2}\n/g, "<br>").replace(/\n/g, " ")));
  return parts.filter(Boolean).join("<br>").replace(/(?<!\\)\|/g, "\\|");
};

const writeTable = (state, node) => {
  const rows = [];
  node.forEach((row) => {
    const cells = [];
    row.forEach((cell) => {
      cells.push(cellText(cell), ...Array(cell.attrs.colspan - 1).fill(""));
    });
    rows.push(cells);
  });
  const width = Math.max(...rows.map((row) => row.length));
  const ends = Array.from({ length: width }, (_, place) => {
    const wanted = place < node.firstChild.childCount ? node.firstChild.child(place).attrs.align : null;
    return wanted === "center" ? ":-:" : wanted === "right" ? "--:" : wanted === "left" ? ":--" : "---";
  });
  const write = (cells) => `| ${Array.from({ length: width }, (_, place) => cells[place] ?? "").join(" | ")} |`;
  const [head, ...rest] = rows;
  [write(head), write(ends), ...rest.map(write)].forEach((row, place) => {
    if (place) state.ensureNewLine();
    state.write(row);
    state.ensureNewLine();
  });
};

const writeBlock = (node) => serializer.serialize(schema.node("doc", null, [node])).replace(/\n+$/, "");

/** Where the blocks of a document come from, so that those that nobody edits stay as they are written. */
export class Origin {
  #of = new WeakMap();
  #all = [];
  keep(node, block, previous) {
    this.#of.set(node, { ...block, previous });
    this.#all.push(node);
  }

  /** Return what is known about a block, also after a change was taken back. */
  #find(node) {
    const same = this.#of.has(node) ? node : this.#all.find((one) => one.eq(node));
    return same && this.#of.get(same);
  }

  /** Return the Markdown of a document. */
  write(doc) {
    const parts = [];
    let previous = null;
    doc.forEach((node) => {
      const known = this.#find(node);
      const text = known ? known.source : writeBlock(node);
      if (!text && !known) { return; }
      parts.push(!parts.length ? "" : known && previous && known.previous?.eq(previous) ? known.before : "\n\n", text);
      previous = node;
    });
    return parts.join("");
  }
}

/** Return the document of a text and its origin. `same` says of pairs of texts whether they mean the same. */
export const readMarkdown = async (text, same) => {
  const origin = new Origin();
  const blocks = splitBlocks(text);
  const made = blocks.map(parseBlock);
  const doubtful = blocks.flatMap((block, place) => {
    if (made[place].type === schema.nodes.island) return [];
    const again = writeBlock(made[place]);
    return again === block.source ? [] : [[place, block.source, again]];
  });
  const answers = doubtful.length ? await same(doubtful.map(([, before, after]) => [before, after])) : [];
  doubtful.forEach(([place, source], number) => { if (!answers[number]) made[place] = island(source); });
  made.forEach((node, place) => origin.keep(node, blocks[place], place ? made[place - 1] : null));
  const doc = schema.node("doc", null, made.length ? made : [schema.nodes.paragraph.create()]);
  if (made.length && origin.write(doc).trimEnd() !== text.replace(/^(?:[^\S\n]*\n)+/, "").trimEnd()) throw new Error("not the same");
  return { doc, origin };
};

export const domParser = DOMParser.fromSchema(schema);
