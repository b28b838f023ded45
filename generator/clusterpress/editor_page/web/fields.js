// The fields of a form. Each is { element, read, show }: read() returns its value, undefined if it is empty.
import { completeAddress } from "./addresses.js";
import { button, h, languageName, newId, t } from "./dom.js";
import { pictureField } from "./pictures.js";

const DATE = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(?::00)?)?$/;

const isEmpty = (value) =>
  value === undefined || value === null || value === "" || value === false ||
  (Array.isArray(value) ? !value.length : typeof value === "object" && !Object.keys(value).length);

/** Return a label with a control below it, its hint, and a place for faults. */
const labelled = (field, control, ...further) => {
  control.id = newId(field.key);
  const hint = field.hint ? h("span", { className: "hint", id: `${control.id}-hint` }, field.hint) : null;
  if (hint) control.setAttribute("aria-describedby", hint.id);
  if (field.needed) control.setAttribute("aria-required", "true");
  return h("div", { className: "field", "data-key": field.key },
    h("label", { htmlFor: control.id }, field.label, field.needed && h("span", { className: "needed" }, ` (${t("needed")})`)),
    control, ...further, hint);
};

const plainField = (control) => (field, value, context) => {
  const input = control(field);
  input.value = value ?? "";
  input.dir = "auto";
  input.addEventListener("input", context.changed);
  return {
    element: labelled(field, input),
    read: () => input.value.trim() || undefined,
    show: (found) => { input.value = found ?? ""; },
  };
};

const text = plainField(() => h("input", { type: "text" }));
const lines = plainField(() => h("textarea", { rows: 3 }));

/** An address of the web, completed when the field is left, and when it is saved. */
const address = (field, value, context) => {
  const found = text(field, value, context);
  const input = found.element.querySelector("input");
  input.inputMode = "url";
  input.autocomplete = "off";
  const complete = () => { if (input.value.trim()) input.value = completeAddress(input.value, { mail: field.key === "url" }); };
  input.addEventListener("change", complete);
  return { ...found, read: () => completeAddress(input.value, { mail: field.key === "url" }) || undefined };
};

const number = (field, value, context) => {
  const found = plainField(() => h("input", { type: "number", min: 0, step: 1 }))(field, value, context);
  return { ...found, read: () => (found.read() === undefined ? undefined : Number(found.read())) };
};

const flag = (field, value, context) => {
  const input = h("input", { type: "checkbox", checked: value === true, onchange: context.changed, id: newId(field.key) });
  const hint = field.hint ? h("span", { className: "hint" }, field.hint) : null;
  return {
    element: h("div", { className: "field flag", "data-key": field.key }, h("label", {}, input, " ", field.label), hint),
    read: () => input.checked || undefined,
    show: (found) => { input.checked = found === true; },
  };
};

/** A date with a picker, an optional time and "today"; other dates stay as they are written. */
const date = (field, value, context) => {
  const day = h("input", { type: "date", max: "9999-12-31" });
  const time = h("input", { type: "time", "aria-label": `${field.label}: ${t("time")}` });
  const odd = h("input", { type: "text", "aria-label": `${field.label}: ${t("date_odd")}`, hidden: true });
  const today = button(t("today"), () => { odd.hidden = true; day.hidden = false; day.value = context.today; context.changed(); }, { "aria-label": `${field.label}: ${t("today")}` });
  const show = (found) => {
    const [whole, one, clock] = DATE.exec(found ?? "") ?? [];
    odd.hidden = !found || Boolean(whole);
    day.hidden = time.hidden = !odd.hidden;
    odd.value = found ?? "";
    day.value = one ?? "";
    time.value = clock ?? "";
    time.hidden = day.hidden || (field.key === "date" && !clock);
  };
  for (const one of [day, time, odd]) one.addEventListener("input", context.changed);
  const row = h("span", { className: "row" }, odd, day, time, today);
  const element = labelled(field, day);
  day.replaceWith(row);
  row.insertBefore(day, time);
  show(value);
  return {
    element,
    show,
    read: () => (odd.hidden ? [day.value, day.value && time.value].filter(Boolean).join(" ") : odd.value.trim()) || undefined,
  };
};

const choice = (asked, value, context) => {
  const field = asked.key === "lang" ? { ...asked, options: asked.options.map(([one]) => [one, languageName(one)]) } : asked;
  const options = field.options.some(([one]) => one === value) || !value ? field.options : [...field.options, [value, value]];
  const input = h("select", { onchange: context.changed },
    (!field.needed || !value) && h("option", { value: "" }, t("choose")), options.map(([one, words]) => h("option", { value: one }, words)));
  input.value = value ?? "";
  return { element: labelled(field, input), read: () => input.value || undefined, show: (found) => { input.value = found ?? ""; } };
};

/** Several names: chips, and a box that offers the known ones. */
const names = (field, value, context) => {
  let chosen = [];
  const labels = new Map(field.options.map(([one, words]) => [one, words]));
  const chips = h("ul", { className: "chips" });
  const list = h("datalist", { id: newId("list") });
  const input = h("input", { type: "text", list: list.id, placeholder: field.options.length ? t("choose") : "", autocomplete: "off" });
  const fault = h("span", { className: "fault", role: "alert" });
  const draw = () => {
    chips.replaceChildren(...chosen.map((one) => h("li", {}, h("span", { dir: "auto" }, labels.get(one) ?? one),
      button("×", () => { chosen = chosen.filter((other) => other !== one); draw(); context.changed(); input.focus(); }, { "aria-label": t("remove", { label: labels.get(one) ?? one }) }))));
    chips.hidden = !chosen.length;
    list.replaceChildren(...field.options.filter(([one]) => !chosen.includes(one)).map(([, words]) => h("option", { value: words })));
  };
  const find = (written) => {
    const wanted = written.toLocaleLowerCase();
    return field.options.find(([one, words]) => words.toLocaleLowerCase() === wanted || one === written)?.[0];
  };
  const take = (force) => {
    const written = input.value.trim().replace(/,$/, "").trim();
    if (!written) return;
    const found = find(written) ?? (field.open && force ? written : undefined);
    fault.textContent = found || !force ? "" : t("no_such", { name: written });
    if (found === undefined) return;
    if (!chosen.includes(found)) chosen.push(found);
    input.value = "";
    draw();
    context.changed();
  };
  input.addEventListener("input", () => take(input.value.endsWith(",")));
  input.addEventListener("change", () => take(true));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); take(true); }
    if (event.key === "Backspace" && !input.value && chosen.length) { chosen.pop(); draw(); context.changed(); }
  });
  const show = (found) => { chosen = [found ?? []].flat().map(String); draw(); };
  show(value);
  const element = labelled(field, input, list, fault);
  element.insertBefore(chips, input);
  return { element, show, read: () => { take(true); return chosen.length ? [...chosen] : undefined; } };
};

const pairs = (field, value, context) => {
  const box = h("textarea", { rows: 3, spellcheck: false, oninput: context.changed });
  const show = (found) => { box.value = Object.entries(found ?? {}).map(([key, one]) => `${key}: ${one}`).join("\n"); };
  show(value);
  const read = () => {
    const found = Object.fromEntries(box.value.split("\n").map((line) => line.split(/:\s*/)).filter(([key, ...rest]) => key.trim() && rest.length)
      .map(([key, ...rest]) => [key.trim(), rest.join(": ").trim()]));
    return Object.keys(found).length ? found : undefined;
  };
  return { element: labelled(field, box), read, show };
};

/** The fields of a block, with the values that no field knows. */
export const fieldSet = (fields, values, context) => {
  let known = values ?? {};
  const isShown = (field) => field.widget !== "names" || field.open || field.options.length || known[field.key];
  const made = fields.filter(isShown).map((field) => [field.key, makeField(field, known[field.key], context)]);
  const read = () => {
    const found = { ...known };
    for (const [key, one] of made) {
      const value = one.read();
      if (isEmpty(value)) delete found[key];
      else found[key] = value;
    }
    return found;
  };
  const show = (found) => { known = found ?? {}; for (const [key, one] of made) one.show(known[key]); };
  return { elements: made.map(([, one]) => one.element), read, show };
};

const block = (field, value, context) => {
  const inner = fieldSet(field.fields, value, context);
  const element = h("fieldset", { className: "field block", "data-key": field.key }, h("legend", {}, field.label), field.hint && h("span", { className: "hint" }, field.hint), inner.elements);
  return { element, show: inner.show, read: () => { const found = inner.read(); return isEmpty(found) ? undefined : found; } };
};

const blocks = (field, value, context) => {
  let parts = [];
  const list = h("ol", { className: "blocks" });
  const draw = () => list.replaceChildren(...parts.map((part, place) => h("li", {}, part.elements,
    h("p", { className: "actions" },
      place > 0 && button("↑", () => { parts.splice(place - 1, 0, parts.splice(place, 1)[0]); draw(); context.changed(); }, { "aria-label": t("up", { label: `${field.label} ${place + 1}` }) }),
      button("×", () => { parts.splice(place, 1); draw(); context.changed(); }, { "aria-label": t("remove", { label: `${field.label} ${place + 1}` }) })))));
  const show = (found) => { parts = (Array.isArray(found) ? found : []).map((one) => fieldSet(field.fields, one, context)); draw(); };
  const add = () => { parts.push(fieldSet(field.fields, {}, context)); draw(); list.lastElementChild.querySelector("input, textarea, select")?.focus(); };
  show(value);
  const element = h("fieldset", { className: "field block", "data-key": field.key }, h("legend", {}, field.label), field.hint && h("span", { className: "hint" }, field.hint), list,
    button(t("add_one", { label: field.label }), add));
  return { element, show, read: () => { const found = parts.map((part) => part.read()).filter((one) => !isEmpty(one)); return found.length ? found : undefined; } };
};

const WIDGETS = { text, lines, address, number, flag, date, choice, names, pairs, block, blocks, picture: (...rest) => pictureField(...rest, fieldSet) };

export const makeField = (field, value, context) => {
  // A value of another shape than its field's is shown as it is written, and kept.
  if (value !== undefined && typeof value === "object" && ["text", "lines", "address", "date", "choice", "number", "flag"].includes(field.widget))
    return { element: h("div", { className: "field", "data-key": field.key }, h("span", {}, field.label), h("pre", {}, JSON.stringify(value))), read: () => value, show: (found) => { value = found; } };
  return WIDGETS[field.widget](field, value, context);
};

/** Show faults at their fields; return those that have none. */
export const showFaults = (form, problems) => {
  for (const one of form.querySelectorAll(".fault-here")) one.remove();
  for (const one of form.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
  return problems.filter((problem) => {
    let place = form;
    for (const part of problem.field.split(".").filter((one) => one && !/^\d+$/.test(one)))
      place = place.querySelector(`[data-key="${CSS.escape(part)}"]`) ?? place;
    if (place === form) return true;
    const id = newId("fault");
    place.append(h("p", { className: `fault-here ${problem.stops ? "stops" : ""}`, id }, problem.field === "body" && problem.line ? `${t("line", { line: problem.line })}: ${problem.message}` : problem.message));
    const control = place.querySelector("input:not([hidden]), textarea, select, [contenteditable]");
    if (problem.stops) control?.setAttribute("aria-invalid", "true");
    control?.setAttribute("aria-describedby", [control.getAttribute("aria-describedby"), id].filter(Boolean).join(" "));
    place.closest("details")?.setAttribute("open", "");
    return false;
  });
};
