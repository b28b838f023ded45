// Check the whole site, and publish it.
import { get, send } from "./api.js";
import { button, h, say, t } from "./dom.js";

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

const pages = (paths) => paths.filter((one) => one.endsWith("index.html"));

const changes = (lists) =>
  ["new", "changed", "removed"].filter((name) => lists[name]?.length).map((name) => {
    const shown = pages(lists[name]);
    const rest = lists[name].length - shown.length;
    return h("section", {}, h("h2", {}, t(`publish_${name}`)),
      h("ul", { className: "changes" }, shown.slice(0, 200).map((path) => h("li", {}, `/${path.replace(/index\.html$/, "")}`)),
        rest || shown.length > 200 ? h("li", { className: "note" }, t("publish_files", { count: rest + Math.max(0, shown.length - 200) })) : null));
  });

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
      result.replaceChildren(h("p", { className: "good" }, t("publish_done", { where: found.where })), ...changes(found.lists));
      say(t("publish_done", { where: found.where }));
    } else if (Object.values(found.lists).every((one) => !one.length)) {
      result.replaceChildren(h("p", { className: "good" }, t("publish_nothing")));
    } else {
      const all = Object.values(found.lists).flat();
      const go = button(t("publish_now", { target: chosen.value }), () => work("POST"), { className: "main big" });
      result.replaceChildren(h("p", {}, t("publish_pages", { count: pages(all).length, files: all.length })), go, ...changes(found.lists));
      go.focus();
    }
  };
  chosen.addEventListener("change", () => work("GET"));
  await work("GET");
};
