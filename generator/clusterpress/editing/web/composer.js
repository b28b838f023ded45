// The sections of a newsletter: items picked from the site, and ordered by dragging or with the keyboard.
import { encodePath, get, send } from "./api.js";
import { button, h, openDialog, say, t, table } from "./dom.js";
import { makeDraggable } from "./drag.js";
import { fieldSet } from "./fields.js";
import { itemPicker } from "./links.js";

const OWN = ["title", "layout", "items", "text"];

const HEAD = {
  title: () => ({ label: t("section_title") }),
  layout: () => ({ label: t("section_layout"), hint: "", options: Object.entries(table("ui").layouts) }),
  text: () => ({ label: t("section_text"), hint: "" }),
};

class Section {
  constructor(fields, values, composer) {
    Object.assign(this, { fields, composer });
    this.head = fieldSet(["title", "layout", "text"].map((key) => fields.find((one) => one.key === key)).map((one) => (({ ...one, ...HEAD[one.key]() }))), values, composer.context);
    this.rest = fieldSet(fields.filter((one) => !OWN.includes(one.key)), values, composer.context);
    this.names = [...(values.items ?? [])];
    this.list = h("ol", { className: "stories" });
    this.note = h("p", { className: "note" });
    this.fix = button(t("section_fix"), () => { this.names = [...this.found]; this.draw(); this.list.querySelector(".handle")?.focus(); composer.context.changed(); });
    this.found = [];
    this.addButton = button(t("item_add"), () => this.add());
    this.element = h("li", { className: "section" },
      h("p", { className: "actions end" }, button("↑", () => composer.move(this, -1), { "aria-label": t("up", { label: t("section") }) }), button("↓", () => composer.move(this, 1), { "aria-label": t("down", { label: t("section") }) }), button(t("section_remove"), () => composer.remove(this))),
      this.head.elements, this.note, this.list,
      h("p", { className: "actions" }, this.addButton, this.fix), h("details", {}, h("summary", {}, table("groups").further), this.rest.elements));
  }

  get isFree() { return !this.names.length; }
  /** What the rules of the section find; without rules, it is what its file listed when it was read. */
  get ruled() { return this.rest.read().where ? this.found : []; }

  read() {
    const values = { ...this.rest.read(), ...this.head.read() };
    if (this.names.length) { values.items = [...this.names]; delete values.where; } else delete values.items;
    return values;
  }

  add() {
    openDialog(t("item_add"), () => {
      const used = new Set(this.composer.used());
      return itemPicker(this.composer.items.filter((row) => !used.has(row.name)), (row) => {
        this.insert(row.name, (this.isFree ? this.ruled : this.names).length);
        this.composer.context.changed();
      }, true);
    });
  }

  draw() {
    const names = this.isFree ? this.ruled : this.names;
    this.note.textContent = this.isFree && names.length ? t("section_where") : "";
    this.fix.hidden = !this.isFree || !names.length;
    this.list.replaceChildren(...names.map((name, place) => this.#story(name, place, names.length)));
  }

  #story(name, place, count) {
    const row = this.composer.find(name);
    const label = row?.title ?? name;
    const note = row ? [table("kinds")[row.kind]?.many, row.date, row.state !== "published" && table("states")[row.state]].filter(Boolean).join(" · ") : "";
    if (this.isFree) return h("li", {}, h("span", { dir: "auto" }, label), " ", h("span", { className: "note" }, note));
    const handle = button("⠿", () => {}, { className: "handle", "aria-label": t("item_drag", { label }) });
    handle.addEventListener("keydown", (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      this.composer.moveStory(this, place, step);
    });
    const line = h("li", { className: "story" }, handle, h("span", { className: "what" }, h("span", { dir: "auto" }, label), " ", h("span", { className: "note" }, note)),
      button("×", () => this.#takeOut(place), { "aria-label": t("item_remove", { label }) }));
    makeDraggable(line, handle, () => this.composer.sections.map((one) => one.list), (list, to) => this.composer.drop(this, place, this.composer.sections.find((one) => one.list === list), to));
    line.dataset.place = `${place + 1}/${count}`;
    return line;
  }

  #takeOut(place) {
    this.names.splice(place, 1);
    this.draw();
    (this.list.children[Math.min(place, this.names.length - 1)]?.querySelector(".handle") ?? this.addButton).focus();
    this.composer.context.changed();
  }

  /** Take a name in at a place; what the rules of the section find stays before it. */
  insert(name, place) {
    if (this.isFree) this.names = [...this.ruled];
    this.names.splice(place, 0, name);
    this.draw();
  }
}

class Composer {
  constructor(fields, found, context) {
    Object.assign(this, { fields, context, items: [], sections: [], data: null });
    this.list = h("ol", { className: "sections" });
    this.addButton = button(t("section_add"), () => { this.sections.push(new Section(fields, {}, this)); this.#place(); this.list.lastElementChild.querySelector("input").focus(); context.changed(); });
    this.element = h("fieldset", { className: "field composer", "data-key": "sections" }, h("legend", {}, t("sections")), this.list, this.addButton);
    this.show(found.values.sections ?? []);
  }

  read() { return this.sections.map((one) => one.read()); }
  show(sections) { this.sections = sections.map((one) => new Section(this.fields, one, this)); this.#place(); this.#fill(); }
  find(name) { return this.items.find((row) => row.name === name) ?? this.items.find((row) => row.slug === name || row.name.endsWith(`/${name}`)); }
  used() { return this.sections.flatMap((one) => (one.isFree ? [] : one.names)).map((name) => this.find(name)?.name ?? name); }
  move(section, step) {
    const from = this.sections.indexOf(section);
    const to = from + step;
    if (to < 0 || to >= this.sections.length) return;
    const focused = document.activeElement;
    this.sections.splice(to, 0, this.sections.splice(from, 1)[0]);
    this.#place();
    focused?.focus(); // it was taken out of the page, and put in again
    focused?.scrollIntoView({ block: "nearest" });
    say(t("moved", { label: section.head.read().title || t("section"), place: to + 1, count: this.sections.length }));
    this.context.changed();
  }
  remove(section) {
    const place = this.sections.indexOf(section);
    this.sections.splice(place, 1);
    this.#place();
    (this.sections[Math.min(place, this.sections.length - 1)]?.element.querySelector("input") ?? this.addButton).focus();
    this.context.changed();
  }

  /** Move an item by one step; from the end of a section, it goes into the next one. */
  moveStory(section, from, step) {
    const to = from + step;
    if (to >= 0 && to < section.names.length) { this.drop(section, from, section, to); return; }
    const other = this.sections[this.sections.indexOf(section) + step];
    if (other) this.drop(section, from, other, step < 0 ? (other.isFree ? other.ruled : other.names).length : 0);
  }

  /** Put an item of a section at a place of this or another one, and say where it is now. */
  drop(from, at, section, to) {
    if (from === section && at === to) return;
    const [name] = from.names.splice(at, 1);
    section.insert(name, to);
    if (from !== section) from.draw();
    section.list.children[to].querySelector(".handle").focus();
    const label = this.find(name)?.title ?? name;
    say(t(from === section ? "moved" : "moved_into", { label, place: to + 1, count: section.names.length, section: section.head.read().title ?? "" }));
    this.context.changed();
  }

  #place() { this.list.replaceChildren(...this.sections.map((one) => one.element)); for (const one of this.sections) one.draw(); }
  #fill() { this.sections.forEach((one, place) => { one.found = this.data?.sections[place] ?? []; if (!one.list.contains(document.activeElement)) one.draw(); }); }

  /** Read again which items the rules of the sections find, and where the editions are. */
  async refresh(found) {
    try {
      this.data = found.path ? await get(`issue/${encodePath(found.path)}`) : await send("POST", `issue/${this.context.folder}`, { values: this.context.values() });
    } catch { return; } // the file has faults, which stand at their fields
    this.items = this.data.items;
    this.#fill();
    this.drawEditions?.();
  }

  /** Offer the editions that the issue has; `open` shows one. */
  editions(open, place) {
    this.drawEditions = () => {
      const known = Object.entries(this.data?.editions ?? {}).filter(([, url]) => url);
      place.hidden = !known.length;
      const choose = (name) => {
        const [, url] = known.find(([one]) => one === name) ?? known[0] ?? [];
        if (!url) return;
        this.shown = name;
        for (const one of place.children) one.setAttribute("aria-pressed", String(one.dataset.name === name));
        open(name, url);
      };
      place.replaceChildren(...known.map(([name]) => button(t(`edition_${name}`), () => choose(name), { "data-name": name })));
      if (known.length) choose(known.some(([one]) => one === this.shown) ? this.shown : known[0][0]);
    };
    this.drawEditions();
  }
}

export const composer = (fields, found, context) => new Composer(fields, found, context);
