// What is pasted from Word, Excel and web pages becomes plain headings, lists, tables, links and bold or italic words.
const DROPPED = "style, script, meta, link, title, xml, object, iframe, svg, form, input, button, colgroup, o\\:p";
const WORD_LIST = /mso-list:\s*l(\d+)\s+level(\d+)/i;

const rename = (element, tag) => {
  const made = element.ownerDocument.createElement(tag);
  for (const name of ["href", "colspan", "rowspan", "start", "title", "align"]) if (element.hasAttribute(name)) made.setAttribute(name, element.getAttribute(name));
  made.append(...element.childNodes);
  element.replaceWith(made);
  return made;
};

const unwrap = (element) => element.replaceWith(...element.childNodes);

/** Word writes lists as paragraphs with a mark, a number of the list and a level. */
const makeLists = (body) => {
  let open = [];
  let last = null;
  for (const line of [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")]) {
    const [, , level] = WORD_LIST.exec(line.getAttribute("style") ?? "") ?? [];
    if (!level || !/^p$/i.test(line.tagName)) continue;
    const mark = [...line.querySelectorAll("span")].find((one) => /mso-list:\s*Ignore/i.test(one.getAttribute("style") ?? ""));
    const sign = mark?.textContent.trim() ?? "";
    mark?.remove();
    if (last !== line.previousElementSibling || !last) open = [];
    const kind = /^(\d+|[a-z]{1,3}|[ivxlc]+)[.)]/i.test(sign) ? "ol" : "ul";
    open = open.slice(0, Number(level));
    if (open[level - 1] && open[level - 1].localName !== kind) open.pop();
    while (open.length < Number(level)) {
      const list = line.ownerDocument.createElement(kind);
      if (open.length === level - 1 && /^\d/.test(sign)) list.setAttribute("start", parseInt(sign, 10));
      const above = open.at(-1);
      if (above) {
        if (!above.lastElementChild) above.append(line.ownerDocument.createElement("li"));
        above.lastElementChild.append(list);
      } else line.before(list);
      open.push(list);
    }
    const item = line.ownerDocument.createElement("li");
    item.append(...line.childNodes);
    open.at(-1).append(item);
    line.remove();
    last = open[0];
  }
};

const makeHeadings = (body) => {
  for (const line of body.querySelectorAll("p[class]")) {
    const [, level] = /Mso(?:Title|Heading(\d))/i.exec(line.className) ?? [null, null];
    if (/MsoTitle|MsoHeading/i.test(line.className)) rename(line, `h${Math.max(2, Number(level ?? 2))}`);
  }
  for (const one of body.querySelectorAll("h1")) rename(one, "h2");
};

const PLAIN = { b: /^(normal|[1-4]00)$/, strong: /^(normal|[1-4]00)$/, i: /^normal$/, em: /^normal$/ };
const MARKS = [
  ["strong", "font-weight", /^(bold|bolder|[6-9]00)$/], ["em", "font-style", /^(italic|oblique)/], ["s", "text-decoration", /line-through/],
  ["sup", "vertical-align", /^super$/], ["sub", "vertical-align", /^sub$/],
];

/** Return the value of a property in a style; Word's own, such as mso-bidi-font-weight, are other properties. */
const styleOf = (element, property) =>
  (element.getAttribute("style") ?? "").split(";").map((one) => one.split(":")).filter(([name]) => name.trim().toLowerCase() === property).at(-1)?.slice(1).join(":").trim().toLowerCase() ?? "";

/** Styles say what is bold, italic, struck, raised or lowered, also where the element says the opposite (Google Docs). */
const applyStyles = (body) => {
  for (const one of [...body.querySelectorAll("b, strong, i, em")]) {
    const name = one.tagName.toLowerCase();
    if (PLAIN[name].test(styleOf(one, /^(b|strong)$/.test(name) ? "font-weight" : "font-style"))) unwrap(one);
  }
  for (const one of [...body.querySelectorAll("span, font")]) {
    const isHead = one.closest("h1, h2, h3, h4, h5, h6, th");
    const found = MARKS.filter(([tag, property, value]) => value.test(styleOf(one, property)) && !(isHead && /^(strong|em)$/.test(tag)));
    if (/MsoFootnoteReference|MsoEndnoteReference/.test(one.className)) found.push(["sup"]);
    if (one.textContent.trim()) for (const [tag] of found) if (!one.closest(tag)) one.append(wrapped(one, tag));
    unwrap(one);
  }
};

const wrapped = (element, tag) => {
  const made = element.ownerDocument.createElement(tag);
  made.append(...element.childNodes);
  return made;
};

const alignOf = (cell) => /^(right|center)$/i.exec(cell.getAttribute("align") || cell.style.textAlign)?.[0].toLowerCase();

/** A table of Markdown has one head, and as many cells in each row. */
const evenTables = (body) => {
  for (const table of body.querySelectorAll("table")) {
    for (const inner of [...table.querySelectorAll("table")]) unwrap(inner);
    const rows = [...table.rows];
    rows.forEach((row, at) => {
      for (const cell of [...row.cells]) {
        const { colSpan, rowSpan } = cell;
        const place = [...row.cells].indexOf(cell);
        for (let below = 1; below < rowSpan; below += 1) rows[at + below]?.insertBefore(table.ownerDocument.createElement("td"), rows[at + below].cells[place] ?? null);
        for (let beside = 1; beside < colSpan; beside += 1) cell.after(table.ownerDocument.createElement("td"));
        cell.removeAttribute("colspan");
        cell.removeAttribute("rowspan");
      }
    });
    for (const row of rows) if (![...row.cells].some((cell) => cell.textContent.trim() || cell.querySelector("img"))) row.remove();
    const [first, ...rest] = [...table.rows];
    if (!first) { table.remove(); continue; }
    for (const cell of [...first.cells]) if (cell.tagName === "TD") rename(cell, "th");
    [...first.cells].forEach((cell, place) => {
      const below = rest[0]?.cells[place];
      const wanted = (below && alignOf(below)) ?? alignOf(cell);
      if (wanted) cell.setAttribute("align", wanted);
    });
    for (const row of rest) for (const cell of [...row.cells]) if (cell.tagName === "TH") rename(cell, "td");
    for (const cell of table.querySelectorAll("td strong, th strong, th b")) if (cell.closest("th")) unwrap(cell);
  }
};

/** Return how many pictures of the clipboard cannot be pasted: they lie elsewhere, and the site would have to fetch them. */
export const countLost = (html) =>
  html.includes("data-pm-slice") ? 0 : [...new DOMParser().parseFromString(html, "text/html").images].filter((one) => !/^data:image\//i.test(one.getAttribute("src") ?? "") && !(one.width === 1 || one.height === 1)).length;

const cleanLinks = (body) => {
  for (const one of [...body.querySelectorAll("a")]) {
    const href = one.getAttribute("href") ?? "";
    if (!/^(https?:|mailto:|tel:)/i.test(href) || !one.textContent.trim()) unwrap(one);
  }
  for (const one of [...body.querySelectorAll("img")]) if (!/^data:image\//i.test(one.getAttribute("src") ?? "")) one.remove();
};

/** Return the HTML of the clipboard without what only its program understands. */
export const cleanHtml = (html) => {
  if (html.includes("data-pm-slice")) return html; // our own
  const tree = new DOMParser().parseFromString(html.replace(/<!--[\s\S]*?-->|<!\[[\s\S]*?\]>/g, ""), "text/html");
  const body = tree.body;
  for (const one of [...body.querySelectorAll(DROPPED)]) one.remove();
  for (const one of [...body.querySelectorAll("*")]) if (/^(o|w|v|m|st1):/i.test(one.tagName)) unwrap(one);
  makeLists(body);
  makeHeadings(body);
  applyStyles(body);
  evenTables(body);
  cleanLinks(body);
  for (const one of [...body.querySelectorAll("div, section, article, header, footer, main, aside, figure, figcaption, center")]) {
    if (one.querySelector("p, ul, ol, table, h2, h3, h4, h5, h6, blockquote, div")) unwrap(one);
    else rename(one, "p");
  }
  for (const one of [...body.querySelectorAll("p, h2, h3, h4, h5, h6, li")]) if (!one.textContent.replace(/\u00a0/g, " ").trim() && !one.querySelector("img, br")) one.remove();
  for (const one of [...body.querySelectorAll("p, li")]) if (/^[\s\u00a0]*$/.test(one.textContent) && !one.querySelector("img")) one.remove();
  return body.innerHTML.replace(/&nbsp;|\u00a0/g, " ");
};
