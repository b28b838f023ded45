// Searches the handbook: every word of the query must begin a word of a section. Headings count more than texts.
"use strict";
(() => {
  const form = document.getElementById("search"), query = document.getElementById("query");
  const found = document.getElementById("found"), results = document.getElementById("results");
  const article = document.querySelector("article");
  const MOST = 30, BEFORE = 60, AFTER = 160;
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const sections = INDEX.map((one) => ({
    ...one, inTitle: ` ${fold(one.title)}`, inHeading: ` ${fold(one.heading)}`, inText: ` ${fold(one.text)}`,
  }));
  const starts = (text, word) => {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      if (!/[\p{L}\p{N}]/u.test(text[at - 1])) return at;
    }
    return -1;
  };
  const score = (section, words) => {
    let sum = 0;
    for (const word of words) {
      const points = (starts(section.inHeading, word) >= 0 ? 8 : 0) + (starts(section.inTitle, word) >= 0 ? 4 : 0)
        + (starts(section.inText, word) >= 0 ? 1 : 0);
      if (!points) return 0;
      sum += points;
    }
    return sum;
  };
  const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });
  const excerpt = (section, words) => {
    const at = Math.max(0, ...words.map((word) => starts(section.inText, word)));
    const from = at > BEFORE ? section.text.indexOf(" ", at - BEFORE) + 1 : 0;
    const line = document.createElement("p");
    const piece = section.text.slice(from, at + AFTER);
    const marks = new RegExp(`(${words.map((word) => word.replace(/[^\p{L}\p{N}]/gu, "\\$&")).join("|")})`, "giu");
    if (from) line.append("… ");
    piece.split(marks).forEach((part, index) => line.append(index % 2 ? element("mark", part) : part));
    line.append(" …");
    return line;
  };
  const show = () => {
    const words = fold(query.value).split(/[^\p{L}\p{N}.@#_-]+/u).filter(Boolean);
    results.replaceChildren();
    results.hidden = !words.length;
    article.hidden = words.length > 0;
    found.textContent = "";
    if (!words.length) return;
    const hits = sections.map((one) => [score(one, words), one]).filter(([points]) => points)
      .sort((one, other) => other[0] - one[0]);
    found.textContent = hits.length ? `${hits.length} ${hits.length === 1 ? "place" : "places"}` : "Nothing found. Try fewer or shorter words.";
    for (const [, section] of hits.slice(0, MOST)) {
      const item = document.createElement("li"), link = element("a", section.heading ? `${section.title}: ${section.heading}` : section.title);
      link.href = `${section.page}.html${section.id ? `#${section.id}` : ""}`;
      item.append(link, excerpt(section, words));
      results.append(item);
    }
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => { event.preventDefault(); results.querySelector("a")?.click(); });
  query.addEventListener("input", show);
  results.addEventListener("click", (event) => { if (event.target.closest("a")) { query.value = ""; show(); } });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== query) { event.preventDefault(); query.focus(); }
    if (event.key === "Escape" && query.value) { query.value = ""; show(); }
  });
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) { query.value = asked; show(); }
})();
