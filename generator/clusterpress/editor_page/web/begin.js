// A new site: a form in steps. Each answer is checked when its step is left, and all are kept, also on the way back.
import { send } from "./api.js";
import { button, h, languageName, newId, table } from "./dom.js";

const KEEP = "clusterpress.begin";
/** The zone of this computer, unless it is a server that has none. */
const ownZone = (zones, other) => { const own = Intl.DateTimeFormat().resolvedOptions().timeZone; return own !== "UTC" && zones.includes(own) ? own : other; };
const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

/** The name of the file in an answer; see `#logo`. */
const logoName = (address) => decodeURIComponent(/;name=([^;,]*)/.exec(address)?.[1] ?? "");
const readAddress = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result);
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(file);
});

/** A question with its label, hint and a place for what is wrong; `control` is what is filled in. */
const question = (name, words, control, fault) => {
  control.id = newId(name);
  const hint = words.hint && h("span", { className: "hint", id: `${control.id}-hint` }, words.hint);
  const wrong = fault && h("p", { className: "fault-here stops", id: `${control.id}-fault` }, fault);
  control.setAttribute("aria-describedby", [hint?.id, wrong?.id].filter(Boolean).join(" "));
  if (fault) control.setAttribute("aria-invalid", "true");
  return h("div", { className: "field", "data-key": name }, h("label", { htmlFor: control.id }, words.label), control, hint, wrong);
};

class Begin {
  constructor({ begin }, done) {
    Object.assign(this, { form: begin, done, words: table("begin"), faults: {}, step: 0 });
    this.answers = { ...begin.defaults, time_zone: ownZone(begin.zones, begin.defaults.time_zone), ...this.#kept() };
    this.steps = [...begin.steps, { name: "review", questions: [] }];
    this.reached = 0;
    this.root = h("main", { id: "content", className: "begin", tabIndex: -1 });
    document.title = this.words.title;
    document.body.replaceChildren(this.root);
    this.draw();
  }

  #kept() { try { return JSON.parse(sessionStorage.getItem(KEEP)) ?? {}; } catch { return {}; } }

  set(name, value) {
    this.answers[name] = value;
    sessionStorage.setItem(KEEP, JSON.stringify(this.answers));
  }

  draw() {
    const { name } = this.steps[this.step];
    const isReview = name === "review";
    const status = h("p", { className: "fault", role: "alert" });
    const form = h("form", { noValidate: true, onsubmit: (event) => { event.preventDefault(); this.next(status); } },
      h("h2", { tabIndex: -1 }, this.words.steps[name]), this.words.intro[name] && h("p", { className: "note" }, this.words.intro[name]),
      isReview ? this.#review() : this.#questions(name), status,
      h("p", { className: "actions spread" },
        this.step > 0 ? button(this.words.back, () => this.go(this.step - 1)) : h("span", {}),
        h("button", { className: "main big" }, isReview ? this.words.create : this.words.next)));
    this.root.replaceChildren(h("h1", {}, this.words.title), h("p", { className: "note" }, this.words.lead), this.#way(), form);
    (form.querySelector("[aria-invalid]") ?? form.querySelector(isReview ? "h2" : "input:not([type=radio]):not([type=checkbox]), select, textarea, input, h2")).focus();
  }

  /** The steps; those that were reached can be gone to. */
  #way() {
    return h("ol", { className: "way" }, this.steps.map(({ name }, place) => {
      const one = button(`${place + 1}. ${this.words.steps[name]}`, () => this.go(place), { className: "as-link", disabled: place > this.reached });
      if (place === this.step) one.setAttribute("aria-current", "step");
      return h("li", {}, one);
    }));
  }

  go(place) {
    this.step = place;
    this.reached = Math.max(this.reached, place);
    this.draw();
  }

  async next(status) {
    const { name, questions } = this.steps[this.step];
    const isLast = name === "review";
    try {
      const asked = isLast ? this.answers : Object.fromEntries([...questions, "programme", "rules"].map((one) => [one, this.answers[one] ?? ""]));
      const found = await send("POST", isLast ? "begin/create" : "begin/check", asked);
      for (const [key, value] of Object.entries(found.answers)) if (value) this.set(key, value);
      this.faults = found.faults;
    } catch (fault) {
      status.textContent = fault.message;
      return;
    }
    const wrong = Object.keys(this.faults);
    if (wrong.length) { this.go(this.steps.findIndex((one) => one.questions.includes(wrong[0]))); return; }
    if (!isLast) { this.go(this.step + 1); return; }
    sessionStorage.removeItem(KEEP);
    this.done();
  }

  #questions(step) {
    const asked = this.steps.find((one) => one.name === step).questions;
    return asked.map((name) => this.#question(name)).filter(Boolean);
  }

  #question(name) {
    const words = this.words.questions[name];
    if (name === "languages") return this.#languages(words);
    if (name === "rules") return this.#rules(words);
    if (["grant", "authority", "boilerplate"].includes(name) && !this.#isAsked(name)) return null;
    if (name === "colour") return this.#colour(words);
    if (name === "logo") return this.#logo(words);
    if (name === "time_zone") {
      const zones = h("select", { onchange: () => this.set(name, zones.value) }, this.form.zones.map((one) => h("option", { value: one }, one.replaceAll("_", " "))));
      zones.value = this.answers[name];
      return question(name, words, zones, this.faults[name]);
    }
    const isLong = name === "boilerplate";
    const input = h(isLong ? "textarea" : "input", { value: this.answers[name] ?? "", dir: "auto", placeholder: words.example ?? "", oninput: () => this.set(name, input.value) });
    if (isLong) input.rows = 4; else input.type = name === "contact" ? "email" : "text";
    if (name === "programme") input.addEventListener("change", () => this.#redraw("programme"));
    const label = this.#isNeeded(name) ? words.label : `${words.label} ${this.words.optional}`;
    return question(name, { ...words, label }, input, this.faults[name]);
  }

  /** What the funding rules ask for; nothing without a programme. */
  #isAsked(name) {
    const needs = this.form.rules.find((one) => one.name === this.answers.rules)?.needs ?? [];
    return Boolean(this.answers.programme) && needs.includes(name === "boilerplate" ? "description" : name);
  }
  #isNeeded(name) { return this.form.needed.includes(name) || (name !== "boilerplate" && this.#isAsked(name)); }

  #redraw(name) {
    const next = document.activeElement?.closest("[data-key]")?.dataset.key ?? name;
    this.draw();
    this.root.querySelector(`[data-key="${next}"] :is(input:checked, input, select, textarea)`)?.focus();
  }

  #languages(words) {
    const chosen = () => (this.answers.languages || "en").split(/[\s,]+/).filter(Boolean);
    const shown = this.form.languages.map((code) => [code, languageName(code)]).sort(([, one], [, other]) => one.localeCompare(other));
    const main = h("select", {}, shown.map(([code, label]) => h("option", { value: code }, label)));
    [main.value] = chosen();
    const boxes = shown.map(([code, label]) => [code, h("input", { type: "checkbox", checked: chosen().slice(1).includes(code) }), label]);
    const list = h("div", { className: "boxes" }, boxes.map(([code, box, label]) => h("label", { "data-code": code }, box, " ", label)));
    const read = () => {
      for (const one of list.children) one.hidden = one.dataset.code === main.value;
      this.set("languages", [main.value, ...boxes.filter(([code, box]) => box.checked && code !== main.value).map(([code]) => code)].join(", "));
    };
    for (const one of [main, list]) one.addEventListener("change", read);
    read();
    const further = h("fieldset", { className: "field" }, h("legend", {}, `${words.further} ${this.words.optional}`), list);
    return h("div", {}, question("languages", words, main, this.faults.languages), further);
  }

  #rules(words) {
    if (!this.answers.programme) return null;
    const group = newId("rules");
    const option = ({ name, words: programmes }) => {
      const input = h("input", { type: "radio", name: group, value: name, checked: this.answers.rules === name, onchange: () => { this.set("rules", name); this.#redraw("rules"); } });
      return h("label", { className: "option" }, input, " ", capital(programmes));
    };
    const fault = this.faults.rules && h("p", { className: "fault-here stops" }, this.faults.rules);
    return h("fieldset", { className: "field", "data-key": "rules" }, h("legend", {}, words.label), words.hint && h("span", { className: "hint" }, words.hint), this.form.rules.map(option), fault);
  }

  /** The colours that are offered, and one of the site's own; a sample shows its masthead. */
  #colour(words) {
    const group = newId("colour");
    const { colours } = this.form;
    const hex = (value) => colours[value] ?? value;
    const own = h("input", { type: "color", "aria-label": this.words.colours.own, value: hex(this.answers.colour).toLowerCase(), oninput: () => choose(own.value), onchange: () => this.#darken(own.value, choose, note) });
    const note = h("p", { className: "note", role: "status" });
    const sample = h("p", { className: "sample", dir: "auto" }, this.answers.name);
    const boxes = [...Object.keys(colours), "own"].map((name) =>
      h("input", { type: "radio", name: group, value: name, onchange: () => choose(name === "own" ? own.value : name) }));
    const draw = () => {
      for (const box of boxes) box.checked = box.value === (this.answers.colour in colours ? this.answers.colour : "own");
      sample.style.backgroundColor = hex(this.answers.colour);
    };
    const choose = (value) => { this.set("colour", value); note.textContent = ""; draw(); };
    const dot = (name) => { const shown = h("span", { className: "dot" }); shown.style.backgroundColor = hex(name); return shown; };
    draw();
    const fault = this.faults.colour && h("p", { className: "fault-here stops" }, this.faults.colour);
    return h("fieldset", { className: "field colours", "data-key": "colour" }, h("legend", {}, words.label),
      h("div", { className: "boxes" }, boxes.map((box) => h("label", {}, box, box.value === "own" ? own : dot(box.value), this.words.colours[box.value]))), sample, note, fault);
  }

  /** Take the nearest shade of a colour that can be read, and say so. */
  async #darken(typed, choose, note) {
    const { answers } = await send("POST", "begin/check", { colour: typed }).catch(() => ({ answers: {} })); // "Next" asks again
    if (!answers.colour || answers.colour === typed || this.answers.colour !== typed) return;
    choose(answers.colour);
    note.textContent = this.words.darkened.replace("{typed}", typed).replace("{shown}", answers.colour);
  }

  /** A picture that is kept with the other answers: as an address that contains it (RFC 2397), with its name. */
  #logo(words) {
    const said = h("p", { className: "fault-here stops", role: "alert" });
    const take = async ([file]) => {
      if (!file) return;
      if (file.size > this.form.logo_size) {
        said.textContent = this.words.logo_large.replace("{name}", file.name).replace("{size}", (file.size / 1e6).toFixed(1));
        return;
      }
      const [, content] = (await readAddress(file)).split(",");
      this.#setLogo(`data:${file.type || "image/heic"};name=${encodeURIComponent(file.name)};base64,${content}`);
    };
    const input = h("input", { type: "file", accept: "image/*,.heic,.heif", onchange: () => take(input.files) });
    const made = question("logo", { ...words, label: `${words.label} ${this.words.optional}` }, input, this.faults.logo);
    const { logo } = this.answers;
    made.append(said, logo ? h("p", { className: "row" },
      h("img", { className: "logo", src: logo, alt: "", onerror: (event) => event.target.remove() }), logoName(logo),
      button(this.words.logo_remove, () => this.#setLogo(""))) : "");
    return made;
  }

  #setLogo(address) {
    this.set("logo", address);
    this.faults.logo = "";
    this.#redraw("logo");
  }

  #review() {
    const written = (name) => (name === "newsletter" && !this.answers.newsletter ? this.words.called.replace("{name}", this.answers.name)
      : name === "languages" ? this.answers.languages.split(", ").map((code) => languageName(code)).join(", ")
      : name === "colour" ? this.words.colours[this.answers.colour] ?? this.answers.colour
      : name === "logo" ? logoName(this.answers.logo)
      : name === "rules" ? capital(this.form.rules.find((one) => one.name === this.answers.rules)?.words ?? "") : this.answers[name]);
    const isShown = (name) => (["rules", "grant", "authority", "boilerplate"].includes(name) ? Boolean(this.answers.programme) && (name === "rules" || this.#isAsked(name)) : true);
    return h("div", { className: "review" }, this.form.steps.map((step, place) => h("section", {},
      h("p", { className: "row spread" }, h("strong", {}, this.words.steps[step.name]), button(this.words.change, () => this.go(place), { "aria-label": `${this.words.change}: ${this.words.steps[step.name]}` })),
      h("dl", {}, step.questions.filter(isShown).flatMap((name) => [h("dt", {}, this.words.questions[name].short ?? this.words.questions[name].label), h("dd", { dir: "auto" }, written(name) || this.words.none)])))),
    h("p", { className: "note" }, this.words.where.replace("{folder}", this.form.folder)));
  }
}

export const showBegin = (config, done) => new Begin(config, done);
