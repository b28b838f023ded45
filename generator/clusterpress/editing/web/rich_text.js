// The text of an item: as readers see it, or as Markdown. Neither way loses what the other cannot show.
import { send } from "./api.js";
import { button, h, newId, say, t } from "./dom.js";
import { askLink } from "./links.js";
import { Origin, domParser, readMarkdown, schema } from "./markdown.js";
import { cleanHtml, countLost } from "./paste.js";
import { editPicture, insertPicture, isPicture, loadPicture, storePicture } from "./pictures.js";
import {
  EditorState, EditorView, Plugin, TextSelection, addColumnAfter, addRowAfter, baseKeymap, chainCommands, deleteColumn, deleteRow, deleteTable,
  dropCursor, gapCursor, goToNextCell, history, inputRules, isInTable, keymap, lift, liftListItem, redo, setBlockType, sinkListItem,
  splitListItem, tableEditing, textblockTypeInputRule, toggleMark, undo, wrapIn, wrapInList, wrappingInputRule,
} from "./vendor/prosemirror.js";

const { nodes, marks } = schema;

const isIn = (state, type, attributes) => {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1)
    if ($from.node(depth).type === type && (!attributes || Object.entries(attributes).every(([key, one]) => $from.node(depth).attrs[key] === one))) return true;
  return false;
};
const hasMark = (state, type) => {
  const { from, $from, to, empty } = state.selection;
  return empty ? Boolean(type.isInSet(state.storedMarks ?? $from.marks())) : state.doc.rangeHasMark(from, to, type);
};

const insertTable = (state, dispatch) => {
  const cell = (type) => type.createAndFill();
  const row = (type) => nodes.table_row.create(null, [cell(type), cell(type), cell(type)]);
  const table = nodes.table.create(null, [row(nodes.table_header), row(nodes.table_cell), row(nodes.table_cell)]);
  if (isInTable(state)) return false;
  if (dispatch) {
    const at = state.selection.from;
    const change = state.tr.replaceSelectionWith(table);
    dispatch(change.setSelection(TextSelection.near(change.doc.resolve(at + 3))).scrollIntoView());
  }
  return true;
};
const toggleList = (type) => (state, dispatch) => (isIn(state, type) ? liftListItem(nodes.list_item)(state, dispatch) : wrapInList(type)(state, dispatch));
const toggleQuote = (state, dispatch) => (isIn(state, nodes.blockquote) ? lift(state, dispatch) : wrapIn(nodes.blockquote)(state, dispatch));
const insertNode = (type) => (state, dispatch) => { dispatch?.(state.tr.replaceSelectionWith(type.create()).scrollIntoView()); return true; };
const lineBreak = insertNode(nodes.hard_break);

/** Add a row below the last one, and go to its first cell. */
const addLastRow = (state, dispatch, view) => {
  if (!isInTable(state)) return false;
  if (dispatch) {
    addRowAfter(state, dispatch);
    goToNextCell(1)(view.state, dispatch);
  }
  return true;
};

const linkAround = (state) => {
  const { $from, from, to, empty } = state.selection;
  const mark = marks.link.isInSet($from.marks()) ?? marks.link.isInSet($from.nodeAfter?.marks ?? []);
  if (!empty || !mark) return { from, to, href: mark?.attrs.href ?? "" };
  let [start, end] = [$from.start(), $from.start()];
  $from.parent.forEach((node, offset) => {
    const at = $from.start() + offset;
    if (mark.isInSet(node.marks) && at <= from && at + node.nodeSize >= from) [start, end] = [at, at + node.nodeSize];
  });
  return { from: start, to: end, href: mark.attrs.href };
};

const editLink = (context) => (state, dispatch, view) => {
  if (view) {
    const { from, to, href } = linkAround(state);
    askLink(href, context, (address, words) => {
      const change = view.state.tr;
      if (!address) change.removeMark(from, to, marks.link);
      else if (from === to) change.replaceWith(from, to, schema.text(words || address, [marks.link.create({ href: address })]));
      else change.removeMark(from, to, marks.link).addMark(from, to, marks.link.create({ href: address }));
      view.dispatch(change);
      view.focus();
    }, () => view.focus());
  }
  return true;
};
const addPicture = (context, file, at) => (state, dispatch, view) => {
  const chosen = state.selection.node;
  if (view && !file && chosen?.type === nodes.image) changePicture(view, state.selection.from, chosen);
  else if (view)
    insertPicture(file, context, (src, alt) => {
      const place = at ?? view.state.selection.from;
      view.dispatch(view.state.tr.replaceWith(place, place, nodes.image.create({ src, alt })));
      view.focus();
    }, () => view.focus());
  return true;
};

const tools = (context) => [
  [["paragraph", "¶", setBlockType(nodes.paragraph), (state) => isIn(state, nodes.paragraph)],
    ["heading2", "H2", setBlockType(nodes.heading, { level: 2 }), (state) => isIn(state, nodes.heading, { level: 2 })],
    ["heading3", "H3", setBlockType(nodes.heading, { level: 3 }), (state) => isIn(state, nodes.heading, { level: 3 })]],
  [["bold", "B", toggleMark(marks.strong), (state) => hasMark(state, marks.strong)], ["italic", "I", toggleMark(marks.em), (state) => hasMark(state, marks.em)]],
  [["bullets", "•", toggleList(nodes.bullet_list), (state) => isIn(state, nodes.bullet_list)], ["numbers", "1.", toggleList(nodes.ordered_list), (state) => isIn(state, nodes.ordered_list)],
    ["quote", "”", toggleQuote, (state) => isIn(state, nodes.blockquote)]],
  [["link", t("link"), editLink(context), (state) => hasMark(state, marks.link)], ["picture", t("picture"), addPicture(context)], ["table", t("table"), insertTable], ["rule", "―", insertNode(nodes.horizontal_rule)]],
  [["undo", "↶", undo], ["redo", "↷", redo]],
];
const tableTools = () => [["row_add", t("row_add"), addRowAfter], ["row_remove", t("row_remove"), deleteRow], ["column_add", t("column_add"), addColumnAfter], ["column_remove", t("column_remove"), deleteColumn], ["table_remove", t("table_remove"), deleteTable]];

/** A toolbar with one tab stop: the arrow keys move within it (ARIA Authoring Practices, toolbar). */
const makeToolbar = (context, view) => {
  const made = [];
  const tool = ([name, sign, command, isOn]) => {
    const isSign = sign !== t(name); // a sign is drawn by the style, so that the name is all that is read
    const one = button(isSign ? "" : sign, () => { command(view().state, view().dispatch, view()); view().focus(); }, { "aria-label": t(name), title: t(name), className: `tool ${name}`, "data-sign": isSign ? sign : undefined });
    one.addEventListener("mousedown", (event) => event.preventDefault());
    made.push([one, command, isOn]);
    return one;
  };
  const forTables = h("span", { className: "group" }, tableTools().map(tool));
  const bar = h("div", { role: "toolbar", className: "toolbar", "aria-label": t("toolbar") }, tools(context).map((group) => h("span", { className: "group" }, group.map(tool))), forTables);
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const all = [...bar.querySelectorAll("button")].filter((one) => one.offsetParent);
    const next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
    all.forEach((one) => { one.tabIndex = one === next ? 0 : -1; });
    next.focus();
    event.preventDefault();
  });
  const draw = (state) => {
    forTables.hidden = !isInTable(state);
    made.forEach(([one, command, isOn]) => {
      one.setAttribute("aria-disabled", String(!command(state)));
      if (isOn) one.setAttribute("aria-pressed", String(isOn(state)));
    });
    const all = [...bar.querySelectorAll("button")];
    if (!all.some((one) => one.tabIndex === 0 && one.offsetParent)) all.forEach((one, place) => { one.tabIndex = place ? -1 : 0; });
  };
  return { bar, draw };
};

/** An island: shown as it is written; Markdown is where it is changed. */
const islandView = (node) => ({ dom: h("pre", { className: "island", title: t("island"), "aria-label": t("island") }, node.attrs.source) });

const changePicture = (view, at, node) =>
  editPicture(node.attrs, (found) => {
    view.dispatch(view.state.tr.setNodeMarkup(at, null, { ...node.attrs, ...found }));
    view.focus();
  }, () => view.focus());

const pictureView = (context) => (node, view, at) => {
  const dom = h("img", { alt: node.attrs.alt, title: node.attrs.alt, onclick: () => changePicture(view, at(), node) });
  loadPicture(dom, node.attrs.src, context);
  return { dom };
};

/** Pictures that were pasted lie in the text itself at first: store them as files. */
const storePasted = (view, context) => {
  view.state.doc.descendants((node, at) => {
    if (node.type !== nodes.image || !node.attrs.src.startsWith("data:")) return;
    const { src } = node.attrs;
    const find = () => { let place = -1; view.state.doc.descendants((one, where) => { if (one.type === nodes.image && one.attrs.src === src) place = where; }); return place; };
    fetchData(src).then((file) => storePicture(file, context)).then(
      (name) => { if (find() >= 0) view.dispatch(view.state.tr.setNodeMarkup(find(), null, { ...node.attrs, src: name })); },
      (fault) => { if (find() >= 0) view.dispatch(view.state.tr.delete(find(), find() + 1)); say(fault.message); },
    );
  });
};
const fetchData = async (src) => {
  const [, type, data] = /^data:([^;,]+);base64,(.*)$/s.exec(src) ?? [];
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  return new File([bytes], `picture.${type.split("/")[1].replace("jpeg", "jpg")}`, { type });
};

const plugins = (context) => [
  inputRules({
    rules: [
      wrappingInputRule(/^\s*>\s$/, nodes.blockquote), wrappingInputRule(/^\s*([-*])\s$/, nodes.bullet_list),
      wrappingInputRule(/^(\d+)\.\s$/, nodes.ordered_list, (found) => ({ order: Number(found[1]), tight: true })),
      textblockTypeInputRule(/^(#{2,4})\s$/, nodes.heading, (found) => ({ level: found[1].length })),
    ],
  }),
  keymap({
    "Mod-z": undo, "Mod-y": redo, "Shift-Mod-z": redo, "Mod-b": toggleMark(marks.strong), "Mod-i": toggleMark(marks.em), "Mod-k": editLink(context),
    Enter: splitListItem(nodes.list_item), "Shift-Enter": lineBreak,
    Tab: chainCommands(goToNextCell(1), addLastRow, sinkListItem(nodes.list_item)), "Shift-Tab": chainCommands(goToNextCell(-1), liftListItem(nodes.list_item)),
  }),
  keymap(baseKeymap), history(), dropCursor(), gapCursor(), tableEditing(),
  new Plugin({
    props: {
      transformPastedHTML: (html) => {
        const lost = countLost(html);
        if (lost) say(t("paste_lost", { count: lost }));
        return cleanHtml(html);
      },
      handlePaste: (view, event) => {
        const files = [...event.clipboardData.files].filter(isPicture);
        if (!files.length || event.clipboardData.types.includes("text/html")) return false;
        return addPicture(context, files[0])(view.state, view.dispatch, view);
      },
      handleDrop: (view, event) => {
        const file = [...(event.dataTransfer?.files ?? [])].find(isPicture);
        if (!file) return false;
        event.preventDefault();
        event.stopPropagation();
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos;
        return addPicture(context, file, at)(view.state, view.dispatch, view);
      },
    },
  }),
];

const same = (found) => send("POST", "same", found);

export const textField = async (text, context) => {
  let origin = new Origin();
  let opened = { doc: null, text };
  let view = null;
  let isRich = true;
  const labelId = newId("text");
  const source = h("textarea", { className: "source", rows: 18, "aria-labelledby": labelId, spellcheck: true, dir: "auto", hidden: true, oninput: context.changed });
  const place = h("div", { className: "rich" });
  const reason = h("p", { className: "note", role: "status" });
  const toolbar = makeToolbar(context, () => view);
  const modes = h("span", { className: "modes", role: "group", "aria-labelledby": labelId });
  const rich = button(t("rich"), () => show(true));
  const plain = button(t("markdown"), () => show(false));
  modes.append(rich, plain);

  const write = () => {
    if (!isRich || !view) return source.value;
    return view.state.doc.eq(opened.doc) ? opened.text : origin.write(view.state.doc);
  };
  const open = async (words) => {
    const found = await readMarkdown(words, same);
    origin = found.origin;
    opened = { doc: found.doc, text: words };
    const state = EditorState.create({ doc: found.doc, plugins: plugins(context) });
    if (view) view.updateState(state);
    else view = new EditorView(place, {
      state,
      attributes: { "aria-labelledby": labelId, "aria-multiline": "true", role: "textbox", dir: "auto", class: "page-text" },
      nodeViews: { island: islandView, image: pictureView(context) },
      dispatchTransaction: (change) => {
        view.updateState(view.state.apply(change));
        toolbar.draw(view.state);
        if (change.docChanged) { context.changed(); storePasted(view, context); }
      },
    });
    toolbar.draw(view.state);
  };
  const show = async (wanted, words = write()) => {
    reason.textContent = "";
    if (wanted) {
      try {
        await open(words);
        isRich = true;
      } catch (fault) {
        isRich = false;
        reason.textContent = t("markdown_only", { reason: fault.status === undefined ? t("markdown_reason") : fault.message });
      }
    } else isRich = false;
    if (!isRich) source.value = words;
    source.hidden = isRich;
    place.hidden = toolbar.bar.hidden = !isRich;
    rich.setAttribute("aria-pressed", String(isRich));
    plain.setAttribute("aria-pressed", String(!isRich));
  };
  const element = h("div", { className: "field text", "data-key": "body" },
    h("p", { className: "row spread" }, h("span", { id: labelId, className: "label" }, t("text")), modes), toolbar.bar, place, source, reason);
  await show(true, text);
  return { element, read: write, show: (words) => show(isRich, words), paste: (html) => view.pasteHTML(html) };
};

export { domParser };
