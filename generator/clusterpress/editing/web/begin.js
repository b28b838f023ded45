// A new site: a form in steps. Each answer is checked when its step is left, and all are kept, also on the way back.
import { send } from "./api.js";
import { button, h, languageName, newId, table } from "./dom.js";

const KEEP = "clusterpress.begin";
/** The zone of this computer, unless it is a server that has none. */
const ownZone = (zones, other) => { const own = Intl.DateTimeFormat().resolvedOptions().timeZone; return own !== "UTC" && zones.includes(own) ? own : other; };
const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

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
      const input = h("input", { type: "radio", name: group, value: name, checked: (this.answers.rules || "none") === name, onchange: () => { this.set("rules", name); this.#redraw("rules"); } });
      return h("label", { className: "option" }, input, " ", capital(programmes));
    };
    const fault = this.faults.rules && h("p", { className: "fault-here stops" }, this.faults.rules);
    return h("fieldset", { className: "field", "data-key": "rules" }, h("legend", {}, words.label), words.hint && h("span", { className: "hint" }, words.hint), this.form.rules.map(option), fault);
  }

  #review() {
    const written = (name) => (name === "newsletter" && !this.answers.newsletter ? this.words.called.replace("{name}", this.answers.name)
      : name === "languages" ? this.answers.languages.split(", ").map((code) => languageName(code)).join(", ")
      : name === "rules" ? capital(this.form.rules.find((one) => one.name === this.answers.rules)?.words ?? "") : this.answers[name]);
    const isShown = (name) => (["rules", "grant", "authority", "boilerplate"].includes(name) ? Boolean(this.answers.programme) && (name === "rules" || this.#isAsked(name)) : true);
    return h("div", { className: "review" }, this.form.steps.map((step, place) => h("section", {},
      h("p", { className: "row spread" }, h("strong", {}, this.words.steps[step.name]), button(this.words.change, () => this.go(place), { "aria-label": `${this.words.change}: ${this.words.steps[step.name]}` })),
      h("dl", {}, step.questions.filter(isShown).flatMap((name) => [h("dt", {}, this.words.questions[name].short ?? this.words.questions[name].label), h("dd", { dir: "auto" }, written(name) || this.words.none)])))),
    h("p", { className: "note" }, this.words.where.replace("{folder}", this.form.folder)));
  }
}

export const showBegin = (config, done) => new Begin(config, done);
