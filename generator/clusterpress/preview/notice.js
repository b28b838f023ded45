// Follows the preview: reloads the page when the site was made again, and shows what is wrong with the sources.
// Only the preview server adds this to pages; it is in no file of a site.
"use strict";
(() => {
  const { version } = document.currentScript.dataset;
  const STYLE = `
    :host { all: initial; position: fixed; inset: auto 0 0 0; z-index: 2147483647; }
    @media print { :host { display: none; } }
    details { max-height: 60vh; overflow: auto; color: #fff; background: #3b1113; border-top: 4px solid #ff7b72;
      font: 15px/1.5 system-ui, sans-serif; box-shadow: 0 -2px 16px #0006; }
    details.warning { background: #33270a; border-color: #e3b341; }
    summary { padding: 10px 20px; font-weight: 600; cursor: pointer; }
    summary:focus-visible { outline: 3px solid #fff; outline-offset: -5px; }
    ol { margin: 0; padding: 0 20px 14px; list-style: none; }
    li { padding: 6px 0; border-top: 1px solid #fff3; overflow-wrap: anywhere;
      font: 14px/1.5 ui-monospace, Consolas, monospace; }
    b { color: #ff9b94; } .warning b { color: #f2cc60; }`;

  const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

  const make = (name, ...inside) => {
    const element = document.createElement(name);
    element.append(...inside);
    return element;
  };

  const line = ({ severity, text }) => {
    const [place, ...words] = text.split(` ${severity}: `);
    const item = make("li", `${place} `, make("b", `${severity}:`), ` ${words.join(` ${severity}: `)}`);
    item.className = severity;
    return item;
  };

  let told = "[]";
  const show = (problems) => {
    if (told === JSON.stringify(problems)) return;
    told = JSON.stringify(problems);
    document.querySelector("clusterpress-notice")?.remove();
    if (!problems.length) return;
    const errors = problems.filter(({ severity }) => severity === "error").length;
    const warnings = problems.length - errors;
    const numbers = [errors && count(errors, "error"), warnings && count(warnings, "warning")].filter(Boolean);
    const heading = (errors ? "Not up to date: this is the last good page. " : "") + numbers.join(", ");
    const details = make("details", make("summary", heading), make("ol", ...problems.map(line)));
    details.open = errors > 0;
    details.className = errors ? "error" : "warning";
    details.setAttribute("role", "status");
    const notice = Object.assign(document.createElement("clusterpress-notice"), { lang: "en", dir: "ltr" });
    // Pages allow no style element that they did not come with; a style sheet made by a script is none.
    const shadow = notice.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [new CSSStyleSheet()];
    shadow.adoptedStyleSheets[0].replaceSync(STYLE);
    shadow.append(details);
    document.body.append(notice);
  };

  // A browser keeps six connections to one server: only the page that is looked at holds one. It is told how
  // things stand whenever it connects, so nothing is missed in between.
  let events;
  const follow = () => {
    events?.close();
    if (document.visibilityState !== "visible") return;
    events = new EventSource("/.clusterpress/events");
    events.onmessage = ({ data }) => {
      const notice = JSON.parse(data);
      if (notice.version === version) show(notice.problems);
      else {
        events.close();
        location.reload();
      }
    };
  };
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", () => events?.close());
  addEventListener("pageshow", follow);
})();
