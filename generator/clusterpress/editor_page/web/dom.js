// Elements, words and small dialogs.
let words = { ui: {} };

export const setWords = (table) => { words = table; };
export const table = (name) => words[name] ?? {};

/** Return a text of the interface, with its {parts} filled in. */
export const t = (key, parts = {}) =>
  (words.ui[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => parts[name] ?? whole);

/** Return an element. Properties that begin with "on" are listeners, "aria…" and "data…" attributes. */
export const h = (tag, properties = {}, ...inside) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (/^(aria|data|role|for|list|form)/.test(name)) element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...inside.flat().filter((one) => one !== null && one !== undefined && one !== false));
  return element;
};

export const button = (label, onclick, properties = {}) =>
  h("button", { type: "button", onclick, ...properties }, label);

let last = 0;
export const newId = (start = "e") => `${start}-${(last += 1)}`;

const SHOWN_FOR = 5000;
const OFFERED_FOR = 30000;
let fading;
/** Say something to people who cannot see the screen, and show it for a moment; an action is offered for longer. */
export const say = (text, action = null) => {
  const box = document.querySelector("#said");
  if (!box) return;
  box.replaceChildren(text, ...(action ? [" ", action] : []));
  clearTimeout(fading);
  fading = setTimeout(() => { box.textContent = ""; }, action ? OFFERED_FOR : SHOWN_FOR);
};

/**
 * Show a dialog; return its element. `fill` gets a function that closes it. Escape closes it, and the focus returns to where
 * it was, by `back` if that is more than an element.
 */
export const openDialog = (title, fill, { wide = false, back = null } = {}) => {
  const id = newId("dialog");
  const dialog = h("dialog", { "aria-labelledby": id, className: wide ? "wide" : "" });
  const before = document.activeElement;
  const close = () => {
    dialog.close();
    if (back) back();
    else if (!before?.isConnected || before === document.body) document.querySelector("#content")?.focus();
  };
  dialog.addEventListener("close", () => dialog.remove());
  // A search field would take the first Escape to empty itself.
  dialog.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.isComposing) { event.preventDefault(); event.stopPropagation(); close(); } });
  dialog.append(
    h("div", { className: "dialog-head" }, h("h2", { id, tabIndex: -1 }, title), button("×", close, { className: "quiet", "aria-label": t("close") })),
    ...[fill(close)].flat().filter(Boolean),
  );
  document.body.append(dialog);
  dialog.showModal();
  (dialog.querySelector("input[type=search], input[type=text], textarea, button.main") ?? dialog.querySelector("h2")).focus();
  return dialog;
};

/**
 * Ask a question; return a promise of true or false. The main button is the safe one: it changes nothing.
 * The promise is kept within the click, so that what is typed next goes where the answer puts the focus.
 */
export const confirmDialog = (question, yes, no = t("cancel")) =>
  new Promise((done) => {
    const dialog = openDialog(question, (close) => {
      const answer = (word, agreed, properties) => button(word, () => { close(); done(agreed); }, properties);
      return h("p", { className: "actions" }, answer(no, false, { className: "main" }), answer(yes, true));
    });
    dialog.addEventListener("close", () => done(false));
  });

/** Return the name of a language: "German" for "de". */
export const languageName = (code) => { try { return new Intl.DisplayNames([words.language ?? "en"], { type: "language" }).of(code); } catch { return code; } };

/** Return whether a text has all the words that somebody searches for. */
export const matches = (text, wanted) => {
  const folded = fold(text);
  return fold(wanted).split(/\s+/).every((word) => folded.includes(word));
};
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

export const when = (iso) => new Date(iso).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
