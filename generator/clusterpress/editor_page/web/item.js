// The form of one item, with the real page beside it.
import { encodePath, get, Refusal, send } from "./api.js";
import { resolveConflict, showHistory } from "./versions.js";
import { composer } from "./composer.js";
import { sayDeleted } from "./deleted.js";
import { button, confirmDialog, h, languageName, say, t, when } from "./dom.js";
import { describePictures } from "./pictures.js";
import { fieldSet, showFaults } from "./fields.js";
import { dropKept, Keeper } from "./kept.js";
import { textField } from "./rich_text.js";

const KEEP_AFTER = 800;
/** What the form of an item that was saved for the first time says when it opens. */
let justSaved = null;

const folderOf = (config, path) =>
  config.kinds.map((one) => one.folder).filter((one) => path.startsWith(`content/${one}/`)).sort((one, other) => other.length - one.length)[0];

const newPlace = (folder, kind, values) =>
  kind === "news" ? `content/${folder}/${/^\d{4}/.exec(values.date ?? "")?.[0] ?? new Date().getFullYear()}` : kind === "issue" ? `content/${folder}/${values.newsletter}` : `content/${folder}`;

export const showItem = async (context, asked) => {
  const { config, content } = context;
  const folder = asked.folder ?? folderOf(config, asked.path);
  const query = asked.original ? `?${new URLSearchParams({ translates: asked.original, lang: asked.lang })}` : "";
  const form = await get(`form/${encodePath(folder)}${query}`);
  const found = asked.path ? await get(`item/${encodePath(asked.path)}`) : { path: "", values: form.values, body: "", ready: false, seen: "", url: "", state: "draft", problems: [] };
  if (asked.original) found.url = (await get(`item/${encodePath(asked.original)}`)).url; // the original stands beside its translation
  await new Item(context, { ...asked, folder }, form, found).show(content);
};

class Item {
  constructor({ config, onLeave, workflow }, asked, form, found) {
    Object.assign(this, { config, workflow, asked, form, found, uploaded: [], isChanged: false });
    this.kind = config.kinds.find((one) => one.folder === asked.folder);
    this.keeper = new Keeper(config.site, found.path || `new/${asked.folder}${asked.lang}`);
    onLeave(() => this.isChanged, () => this.saving);
  }

  /** What fields need to know about the item that they belong to. */
  fieldContext() {
    return {
      today: this.config.today,
      folder: this.asked.folder,
      values: () => this.values(),
      changed: () => this.#changed(),
      stored: (path) => { if (!this.found.path) this.uploaded.push(path); },
      place: () => (this.found.path ? { item: this.found.path } : { date: this.values().date ?? "", newsletter: this.values().newsletter ?? "", original: this.asked.original ?? "" }),
      home: () => (this.found.path || (this.asked.original ?? "")).split("/").slice(0, -1).join("/") || newPlace(this.asked.folder, this.kind.kind, this.values()),
    };
  }

  async show(content) {
    const context = this.fieldContext();
    this.first = fieldSet(this.form.first, this.found.values, context);
    this.groups = this.form.groups.map((group) => ({ ...group, set: fieldSet(group.fields, this.found.values, context) }));
    this.text = await textField(this.found.body, context);
    this.composer = this.kind.kind === "issue" ? composer(this.form.section, this.found, context) : null;
    this.status = h("div", { className: "status", role: "status" });
    this.faults = h("div", { className: "summary", role: "alert" });
    this.heading = h("h1", { tabIndex: -1, dir: "auto" });
    this.state = h("span", { className: "state" });
    this.readyButton = button(t("save_ready"), () => this.save(true), { className: "main" });
    this.draftButton = button(t("save_draft"), () => this.save(false));
    this.element = h("form", { className: "item", noValidate: true, onsubmit: (event) => { event.preventDefault(); this.save(this.found.ready); } },
      this.faults, this.first.elements, this.composer?.element, this.text.element,
      this.groups.map((group) => h("details", {}, h("summary", {}, group.title), group.set.elements)));
    content.append(this.#head(), h("div", { className: "work" }, this.element, this.#preview()));
    this.element.addEventListener("keydown", (event) => { if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); this.save(this.found.ready); } });
    this.#draw(this.found);
    this.#setBase(this.found);
    this.composer?.refresh(this.found);
    await this.#offerKept();
    if (justSaved?.found.path === this.found.path) this.#saySaved({ ...this.found, kept_draft: justSaved.found.kept_draft }, justSaved.ready, justSaved.note);
    justSaved = null;
  }

  #head() {
    this.tools = h("span", { className: "actions" });
    const head = h("div", { className: "head item-head" },
      h("p", { className: "row" }, h("a", { href: `#/${this.asked.folder}` }, `← ${this.kind.many}`), this.state),
      h("p", { className: "row title-row" }, this.heading),
      h("div", { className: "row spread" }, h("p", { className: "actions" }, this.draftButton, this.readyButton), this.status, this.tools));
    // The head stays in sight; what scrolls below it has to know how high it is.
    new ResizeObserver(() => document.documentElement.style.setProperty("--head", `${head.offsetHeight}px`)).observe(head);
    return head;
  }

  /** What stands beside the form: the real page, or the review of an item on a site. */
  #preview() {
    if (this.workflow) {
      this.review = this.workflow.panel(this);
      return this.review.element;
    }
    this.link = h("a", { target: "_blank", rel: "noopener" }, t("preview_open"));
    this.waiting = h("p", { className: "note" }, t("preview_first"));
    // Scripts of pages run, as for readers, but cannot leave the frame: no dialogs, windows, downloads or other
    // addresses in this window. Its origin is that of the preview, whose port the editor does not share.
    this.frame = h("iframe", { title: t("preview_name"), hidden: true });
    this.frame.sandbox.add("allow-scripts", "allow-same-origin", "allow-forms");
    this.editions = h("p", { className: "modes", hidden: true });
    this.subject = h("p", { className: "mail-subject", hidden: true, dir: "auto" });
    this.panel = h("aside", { className: "preview", "aria-label": t("preview") }, h("p", { className: "row spread" }, h("strong", {}, t("preview")), this.editions, this.link), this.subject, this.waiting, this.frame);
    return this.panel;
  }

  #changed() {
    this.isChanged = true;
    this.status.replaceChildren(h("span", { className: "note" }, t("unsaved")));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.isChanged) this.keeper.keep(this.#kept());
      if (!this.found.path) this.composer?.refresh(this.found);
    }, KEEP_AFTER);
  }

  values() {
    const known = { ...this.found.values };
    for (const set of [this.first, ...this.groups.map((one) => one.set)]) {
      const keys = (set === this.first ? this.form.first : this.groups.find((one) => one.set === set).fields).map((one) => one.key);
      const read = set.read();
      for (const key of keys) { if (read[key] === undefined) delete known[key]; else known[key] = read[key]; }
    }
    if (this.composer) known.sections = this.composer.read();
    return known;
  }

  async fill({ values, body }) {
    this.found = { ...this.found, values };
    for (const set of [this.first, ...this.groups.map((one) => one.set)]) set.show(values);
    this.composer?.show(values.sections ?? []);
    await this.text.show(body);
    this.#changed();
  }

  /** What is in the form, and the version to which it was changed. */
  #kept() {
    return { values: this.values(), body: this.text.read(), uploaded: this.uploaded, seen: this.found.seen, base: this.base };
  }

  /** Take a version of the file as the one that the form shows, before somebody changes the form. */
  #setBase({ values, body }) {
    this.base = { file: { values, body }, form: { values: this.values(), body: this.text.read() } };
  }

  /** Take the version that somebody else saved as the one that was opened. */
  rebase(current) {
    this.base = { file: current, form: current };
    this.found = { ...this.found, seen: current.seen };
  }

  /** Save; whoever leaves the form meanwhile waits for it. */
  save(ready, note = "") {
    this.saving = this.#save(ready, note);
    return this.saving;
  }

  async #save(ready, note) {
    clearTimeout(this.timer);
    if (this.#stopAtOdd() || (ready && !(await describePictures(this)))) return;
    const sent = { values: this.values(), body: this.text.read(), ready, seen: this.found.seen };
    this.keeper.keep(this.#kept());
    this.status.textContent = t("saving");
    this.draftButton.disabled = this.readyButton.disabled = true;
    try {
      const found = this.found.path
        ? await send("PUT", `item/${encodePath(this.found.path)}`, sent)
        : await send("POST", `item/${encodePath(this.asked.folder)}`, { ...sent, original: this.asked.original ?? "", pictures: this.uploaded });
      this.#saved(found, ready, note);
    } catch (fault) {
      await this.#notSaved(fault, ready);
    } finally {
      this.draftButton.disabled = this.readyButton.disabled = false;
    }
  }

  #saved(found, ready, note) {
    const isNew = !this.found.path;
    this.keeper.forget();
    this.isChanged = false;
    if (isNew) {
      this.keeper = new Keeper(this.config.site, found.path);
      history.replaceState(null, "", `#/edit/${encodeURI(found.path)}`);
      justSaved = { found, ready, note };
      dispatchEvent(new HashChangeEvent("hashchange"));
      return;
    }
    this.#draw(found);
    this.#setBase(found);
    this.composer?.refresh(found);
    this.#saySaved(found, ready, note);
  }

  #saySaved(found, ready, note) {
    say("");
    const words = found.kept_draft ? t("saved_faulty") : t(ready ? "saved_ready" : "saved_draft");
    this.status.replaceChildren(note && `${note} `, h("span", { className: found.kept_draft ? "fault" : "good" }, words));
    for (const one of found.kept_draft ? found.problems.filter(({ stops }) => stops) : [])
      this.status.append(" ", this.#hasField(one.field) ? button(one.message, () => this.#goTo(one.field), { className: "as-link" }) : one.message);
  }

  /** Stop at a date or number that the browser cannot read: it would be saved as if it was empty. */
  #stopAtOdd() {
    const odd = [...this.element.querySelectorAll("input")].find((one) => one.validity.badInput);
    if (!odd) return false;
    const field = odd.closest("[data-key]").dataset.key;
    const message = t(odd.type === "number" ? "number_none" : "date_none");
    showFaults(this.element, [{ field, message, stops: true }]);
    this.status.replaceChildren(h("span", { className: "fault", role: "alert" }, `${t("not_saved")} ${message}`));
    odd.focus();
    return true;
  }

  async #notSaved(fault, ready) {
    if (fault instanceof Refusal && fault.message === "conflict") {
      this.status.replaceChildren();
      if (await resolveConflict(this, fault.current, ready)) this.status.replaceChildren(h("span", { className: "fault" }, t("conflict")));
      return;
    }
    this.status.replaceChildren(h("span", { className: "fault", role: "alert" }, `${t("not_saved")} ${fault.message}`), " ", button(t("again"), () => this.save(ready)));
  }

  #draw(found) {
    this.found = found;
    const title = found.values.title || this.kind.new;
    this.heading.textContent = title;
    this.heading.lang = found.values.title ? found.values.lang || this.config.languages[0] : "";
    document.title = `${title} · ${this.config.site}`;
    this.state.className = `state ${found.state}`;
    this.state.textContent = found.path ? this.config.words.states[found.state] : "";
    this.#drawFaults(found);
    this.#drawTools(found);
    if (this.review) this.review.draw(found);
    else this.#drawPreview(found);
  }

  /** Show the item as it is now, with nothing to save. */
  showSaved(found) { this.#draw(found); this.#setBase(found); }

  #drawFaults(found) {
    const others = found.path ? showFaults(this.element, found.problems) : [];
    const stops = found.problems.filter((one) => one.stops);
    this.faults.classList.toggle("stops", stops.length > 0);
    this.faults.replaceChildren(...(found.path && (stops.length || others.length) ? [
      stops.length ? h("h2", {}, t("faults")) : null,
      h("ul", {}, [...stops, ...others.filter((one) => !one.stops)].map((one) => h("li", {}, this.#hasField(one.field) ? h("a", { href: "#", onclick: (event) => { event.preventDefault(); this.#goTo(one.field); } }, one.message) : one.message))),
    ].filter(Boolean) : []));
  }

  #hasField(field) { return Boolean(this.element.querySelector(`[data-key="${CSS.escape(field.split(".")[0])}"]`)); }

  #goTo(field) {
    const keys = field.split(".").filter((one) => !/^\d+$/.test(one));
    const place = keys.reduce((at, key) => at.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? at, this.element);
    place.closest("details")?.setAttribute("open", "");
    place.querySelector("input:not([hidden]):not(.unseen), textarea:not([hidden]), select, [contenteditable], button")?.focus();
    place.scrollIntoView({ block: "center" });
  }

  #drawTools(found) {
    const missing = found.path ? this.config.languages.filter((one) => one !== (found.values.lang || this.config.languages[0])) : [];
    const isMain = (found.values.lang || this.config.languages[0]) === this.config.languages[0];
    this.tools.replaceChildren(...(found.path ? [
      ...(isMain ? missing.map((lang) => h("a", { href: `#/new/${this.asked.folder}?translates=${encodeURIComponent(found.path)}&lang=${lang}` }, t("translate", { language: languageName(lang) }))) : []),
      button(t("history"), () => showHistory(this)), found.review?.isNew || found.review?.isRemoved ? "" : button(t("delete"), () => this.#delete())] : []));
  }

  #drawPreview(found) {
    this.waiting.hidden = Boolean(found.url);
    this.frame.hidden = this.link.hidden = !found.url;
    if (!found.url) return;
    if (this.composer) { this.composer.editions((name, url) => this.#showPage(url, name), this.editions); return; }
    this.#showPage(found.url);
  }

  #showPage(url, name = "") {
    const address = this.config.preview + url;
    this.link.href = address;
    this.subject.hidden = name !== "mail";
    this.subject.textContent = name === "mail" ? t("mail_subject", this.composer.data) : "";
    const isFile = name === "pdf"; // browsers show PDFs in no sandbox
    if (isFile === this.frame.hasAttribute("sandbox")) {
      const fresh = h("iframe", { title: t("preview_name") });
      if (!isFile) fresh.sandbox.add("allow-scripts", "allow-same-origin", "allow-forms");
      this.frame.replaceWith(fresh);
      this.frame = fresh;
    }
    if (this.frame.src !== address) this.frame.src = address;
  }

  /** Offer what was not saved when a window with this form was closed. */
  async #offerKept() {
    for (const { key, value } of (await this.keeper.left()).reverse()) {
      const isSame = JSON.stringify(value.values) === JSON.stringify(this.values()) && value.body === this.found.body;
      if (isSame) { dropKept(key); continue; }
      const box = h("p", { className: "kept", role: "status" }, t("kept_here", { time: when(value.time) }), " ", value.values.title && h("em", { dir: "auto" }, value.values.title, " "),
        button(t("kept_use"), async () => { box.remove(); this.keeper.take(key); await this.#take(value); }, { className: "main" }), " ",
        button(t("kept_drop"), () => { box.remove(); dropKept(key); }));
      this.element.prepend(box);
    }
  }

  /** Take what was kept: it was changed from the version that was open then, not from the one that is there now. */
  async #take(kept) {
    this.uploaded = kept.uploaded ?? [];
    await this.fill(kept);
    if (kept.base) { this.base = kept.base; this.found = { ...this.found, seen: kept.seen }; }
  }

  async #delete() {
    const title = this.found.values.title ?? this.found.path;
    if (!(await confirmDialog(t("delete_sure", { title }), t("delete")))) return;
    try {
      await send("DELETE", `item/${encodePath(this.found.path)}`, {});
    } catch (fault) {
      this.status.replaceChildren(h("span", { className: "fault", role: "alert" }, fault.message === "conflict" ? t("conflict") : fault.message));
      return;
    }
    this.isChanged = false;
    this.keeper.forget();
    location.hash = `#/${this.asked.folder}`;
    sayDeleted(this.found.path, title);
  }
}
