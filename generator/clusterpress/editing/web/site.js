// Check the whole site, and publish it.
import { get, send } from "./api.js";
import { button, h, languageName, t, table } from "./dom.js";

const problemList = (problems) =>
  h("ul", { className: "problems" }, problems.map((one) =>
    h("li", { className: one.stops ? "stops" : "" },
      one.path.endsWith(".md") && one.path.startsWith("content/") ? h("a", { href: `#/edit/${encodeURI(one.path)}` }, one.title || one.path) : h("code", {}, one.path),
      " ", h("span", {}, one.message))));

export const showCheck = async ({ content, config }) => {
  const result = h("div", { role: "status" }, h("p", {}, t("check_running")));
  content.append(h("div", { className: "head" }, h("h1", { tabIndex: -1 }, t("check_title"))), result);
  document.title = `${t("check_title")} · ${config.site}`;
  const problems = await get("check");
  const stops = problems.filter((one) => one.stops);
  const others = problems.filter((one) => !one.stops);
  result.replaceChildren(
    stops.length ? h("h2", {}, stops.length === 1 ? t("check_error") : t("check_errors", { count: stops.length })) : h("p", { className: "good" }, t("check_none_stops")),
    stops.length ? problemList(stops) : "",
    ...(others.length ? [h("h2", {}, t("check_warnings")), problemList(others)] : []),
  );
};

const CHANGES = ["new", "changed", "removed"];

const badge = (change) => h("span", { className: `state change ${change}` }, t(`publish_${change}`));

/** An item of the list: its title first, its address small. */
const changedItem = (row, config) => h("li", {},
  badge(row.change),
  h("span", { className: "what" },
    row.path ? h("a", { href: `#/edit/${encodeURI(row.path)}`, dir: "auto" }, row.title) : h("strong", { dir: "auto" }, row.title),
    h("span", { className: "note" }, [table("kinds")[row.kind]?.one, config.languages.length > 1 && languageName(row.lang)].filter(Boolean).join(" · ")),
    h("code", { className: "address" }, `/${row.url}`)));

const SHOWN = 200;

/** What publishing changes: items by their titles, then the pages that follow them, then the number of other files. */
const changes = (found, config) => {
  const items = found.pages.filter((one) => one.kind);
  const others = found.pages.filter((one) => !one.kind);
  const files = Object.values(found.lists).flat().length - found.pages.length;
  return [
    items.length && h("h2", {}, t("publish_items")),
    items.length && h("ul", { className: "changed" }, items.slice(0, SHOWN).map((one) => changedItem(one, config))),
    items.length > SHOWN && h("p", { className: "note" }, t("publish_further", { count: items.length - SHOWN })),
    others.length && h("details", { open: !items.length }, h("summary", {}, t("publish_others", { count: others.length })),
      h("ul", { className: "changed" }, others.slice(0, SHOWN).map((one) => h("li", {}, badge(one.change), h("span", { className: "what" }, h("span", { dir: "auto" }, one.title), h("code", { className: "address" }, `/${one.url}`))))),
      others.length > SHOWN && h("p", { className: "note" }, t("publish_further", { count: others.length - SHOWN }))),
    files > 0 && h("p", { className: "note" }, t("publish_files", { count: files })),
  ].filter(Boolean);
};

/** The same in numbers: "3 new, 1 changed, 2 gone". */
const counts = (pages) => CHANGES.map((change) => [pages.filter((one) => one.change === change).length, change]).filter(([count]) => count)
  .map(([count, change]) => t(`publish_count_${change}`, { count })).join(", ");

export const showPublish = async ({ content, config }) => {
  document.title = `${t("publish_title")} · ${config.site}`;
  const result = h("div", { role: "status" });
  const chosen = h("select", { "aria-label": t("publish_to") }, config.targets.map((one) => h("option", { value: one }, one)));
  content.append(h("div", { className: "head" }, h("h1", { tabIndex: -1 }, t("publish_title")), config.targets.length > 1 ? h("label", {}, t("publish_to"), " ", chosen) : ""), result);
  if (!config.targets.length) {
    result.append(h("p", {}, t("publish_no_target")));
    return;
  }
  const work = async (method) => {
    result.replaceChildren(h("p", { className: "busy" }, t(method === "GET" ? "publish_looking" : "publish_running")));
    const name = `publish/${encodeURIComponent(chosen.value)}`;
    try {
      draw(method === "GET" ? await get(name) : await send("POST", name, {}), method);
    } catch (fault) {
      result.replaceChildren(h("p", { className: "fault", role: "alert" }, `${t("publish_failed")} ${fault.message}`), button(t("again"), () => work(method)));
    }
  };
  const draw = (found, method) => {
    if (found.against.length) {
      result.replaceChildren(h("h2", {}, t("publish_against")), problemList(found.against));
    } else if (method === "POST") {
      result.replaceChildren(h("p", { className: "good" }, t("publish_done", { where: found.where })), ...changes(found, config));
    } else if (Object.values(found.lists).every((one) => !one.length)) {
      result.replaceChildren(h("p", { className: "good" }, t("publish_nothing")));
    } else {
      const items = counts(found.pages.filter((one) => one.kind));
      const go = button(t("publish_now", { target: chosen.value }), () => work("POST"), { className: "main big" });
      result.replaceChildren(h("p", {}, items ? t("publish_summary", { items }) : t("publish_summary_none")), go, ...changes(found, config));
      go.focus();
    }
  };
  chosen.addEventListener("change", () => work("GET"));
  await work("GET");
};
