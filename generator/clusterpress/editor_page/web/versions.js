// Earlier versions of an item, and two versions side by side when two people saved it.
import { encodePath, get } from "./api.js";
import { button, h, newId, openDialog, t, when } from "./dom.js";
import { mergeVersions } from "./merge.js";

const shown = (value) => (value === undefined ? "—" : typeof value === "string" ? value : JSON.stringify(value));
const differing = (one, other) => {
  const keys = [...new Set([...Object.keys(one.values), ...Object.keys(other.values)])];
  const found = keys.filter((key) => JSON.stringify(one.values[key]) !== JSON.stringify(other.values[key]));
  return one.body === other.body ? found : [...found, "body"];
};
const part = (version, key) => (key === "body" ? version.body : version.values[key]);
const labelOf = (item, key) =>
  key === "body" ? t("text") : [...item.form.first, ...item.form.groups.flatMap((one) => one.fields)].find((one) => one.key === key)?.label ?? key;

export const showHistory = async (item) => {
  const versions = await get(`versions/${encodePath(item.found.path)}`);
  openDialog(t("history"), (close) => {
    if (!versions.length) return h("p", {}, t("history_none"));
    return h("ul", { className: "versions" }, versions.map((one) => {
      const differences = h("div", {});
      const open = async (event) => {
        event.currentTarget.disabled = true;
        const found = await get(`versions/${encodePath(item.found.path)}?version=${one.id}`);
        const mine = { values: item.values(), body: item.text.read() };
        const keys = differing(mine, found);
        differences.append(h("h3", {}, t("history_differs")),
          h("dl", {}, keys.flatMap((key) => [h("dt", {}, labelOf(item, key)), h("dd", {}, h("pre", { dir: "auto" }, shown(part(found, key))))])),
          button(t("history_use"), async () => { close(); await item.fill(found); item.status.textContent = t("history_taken", { time: when(one.time) }); }, { className: "main" }));
      };
      return h("li", {}, button(when(one.time), open), " ", h("span", { className: "note" }, one.by ? `${one.by}: ${one.what}` : t("history_editor")), differences);
    }));
  }, { wide: true });
};

const showGone = (item, ready) =>
  openDialog(t("conflict"), (close) => [h("p", {}, t("conflict_gone")), h("p", { className: "actions" }, button(t("conflict_again"), () => {
    close();
    item.found = { ...item.found, path: "", seen: "" };
    item.save(ready);
  }, { className: "main" }), button(t("cancel"), close))]);

/** Two versions of one part, to choose from. */
const choiceOf = (item, key, mine, theirs) => {
  const name = newId("version");
  const option = (label, version, isChosen) => {
    const input = h("input", { type: "radio", name, checked: isChosen });
    return [input, h("label", { className: "version" }, input, " ", h("strong", {}, label), h("pre", { dir: "auto" }, shown(part(version, key))))];
  };
  const [own, first] = option(t("conflict_mine"), mine, true);
  const [, second] = option(t("conflict_theirs"), theirs, false);
  return { key, own, element: h("fieldset", { className: "versions-of" }, h("legend", {}, labelOf(item, key)), first, second) };
};

/** Bring together what two people changed; ask only where both changed the same. Return whether it asked. */
export const resolveConflict = async (item, current, ready) => {
  if (!current) { showGone(item, ready); return true; }
  const mine = { values: item.values(), body: item.text.read() };
  const merged = mergeVersions(item.base, mine, current);
  const save = async (version) => {
    item.rebase(current);
    await item.fill(version);
    await item.save(ready, t("conflict_merged"));
  };
  if (!merged.conflicts.length) { await save(merged); return false; }
  openDialog(t("conflict"), (close) => {
    const rows = merged.conflicts.map((key) => choiceOf(item, key, mine, current));
    const choose = () => {
      const chosen = { values: { ...merged.values }, body: merged.body };
      for (const { key } of rows.filter(({ own }) => !own.checked)) {
        if (key === "body") chosen.body = current.body;
        else if (current.values[key] === undefined) delete chosen.values[key];
        else chosen.values[key] = current.values[key];
      }
      close();
      return save(chosen);
    };
    return [h("p", {}, t("conflict_words")), rows.map((one) => one.element), h("p", { className: "actions" }, button(t("conflict_save"), choose, { className: "main" }), button(t("cancel"), close))].flat();
  }, { wide: true });
  return true;
};
