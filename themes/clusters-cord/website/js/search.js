// The search page. Nothing of the index is loaded before a reader searches: Pagefind's program and what a query needs
// come with the first one. Words and filters stand in the address, so a search can be linked, reloaded and gone back to.

const BATCH = 10;
const CANDIDATES = 30; // how many of the best results may come first because of their titles

const box = document.getElementById("search-box");
const form = document.getElementById("search");
const filters = box.querySelector(".search__filters");
const choices = [...box.querySelectorAll(".search__filters input")];
const clear = box.querySelector(".search__clear");
const found = document.getElementById("search-found");
const status = found.querySelector(".found__status");
const failed = found.querySelector(".found__failed");
const advice = found.querySelector(".found__advice");
const list = found.querySelector(".found__list");
const more = found.querySelector(".found__more");
const places = document.querySelector(".search__places");
const locale = form.dataset.locale;
const root = form.dataset.root;
const shards = form.dataset.shards.split(" ");

const number = new Intl.NumberFormat(locale);
const plural = new Intl.PluralRules(locale);

const NOTHING = {}; // counts before a search

let index; // the promise of an opened index
let round = 0; // the number of the last search: answers to older ones are dropped

function open() {
  index ??= load().catch((fault) => {
    index = undefined;
    throw fault;
  });
  return index;
}

async function load() {
  const [first, ...others] = shards.map((shard) => root + shard);
  const { createInstance } = await import(`${first}pagefind.js`);
  const opened = createInstance({ basePath: first, noWorker: true });
  await opened.preload(""); // waits for the program, and fails if it cannot be had
  await Promise.all(others.map((shard) => opened.mergeIndex(shard)));
  if (choices.length) await opened.filters(); // results are counted only for filters that are loaded
  return opened;
}

// What is asked for

function asked() {
  const fields = [...new FormData(form)].map(([name, value]) => [name, value.trim()]);
  return new URLSearchParams(fields.filter(([, value]) => value));
}

function narrowing(query) {
  const names = new Set(choices.map((choice) => choice.name).filter((name) => query.has(name)));
  return Object.fromEntries([...names].map((name) => [name, { any: query.getAll(name) }]));
}

function fill(query) {
  form.elements.namedItem("q").value = query.get("q") ?? "";
  for (const choice of choices) {
    choice.checked = query.getAll(choice.name).includes(choice.value);
    if (choice.checked) choice.closest("details").open = true;
  }
}

function follow(query) {
  const words = query.get("q");
  const chosen = choices.filter((choice) => choice.checked).length;
  if (filters) {
    clear.hidden = chosen === 0;
    filters.querySelector(".search__chosen").textContent = chosen ? ` (${number.format(chosen)})` : "";
  }
  for (const link of document.querySelectorAll(".search__others a")) {
    link.search = words ? new URLSearchParams({ q: words }) : "";
  }
}

// The answer

async function search(query) {
  const mine = ++round;
  const words = query.get("q");
  follow(query);
  failed.replaceChildren();
  if (!words) {
    // Filters alone would load the whole index.
    empty();
    if (query.size) status.replaceChildren(make("p", "", form.dataset.ask));
    return;
  }
  status.replaceChildren(make("p", "quiet", form.dataset.working));
  found.setAttribute("aria-busy", "true");
  try {
    const answer = await (await open()).search(words, { filters: narrowing(query) });
    const results = await titlesFirst(words, answer.results);
    const items = await read(results, 0);
    if (mine === round) {
      tell(words, results, items);
      countChoices(answer.totalFilters);
    }
  } catch (fault) {
    if (mine === round) fail(fault);
  }
  if (mine === round) found.removeAttribute("aria-busy");
}

function empty() {
  countChoices();
  status.replaceChildren();
  list.replaceChildren();
  advice.hidden = more.hidden = true;
  places.hidden = false;
}

function read(results, start) {
  return Promise.all(results.slice(start, start + BATCH).map((result) => result.data()));
}

function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}+/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim().toLocaleLowerCase(locale);
}

// A reader who types a title, or its beginning, means that item.
async function titlesFirst(words, results) {
  const wanted = fold(words);
  const best = await Promise.all(
    results.slice(0, CANDIDATES).map(async (result) => [fold((await result.data()).meta.title), result]),
  );
  const place = ([title]) => (title === wanted ? 0 : title.startsWith(`${wanted} `) ? 1 : 2);
  best.sort((one, other) => place(one) - place(other)); // stable: equals keep the order of the index
  return [...best.map(([, result]) => result), ...results.slice(CANDIDATES)];
}

function countChoices(counts = NOTHING) {
  for (const choice of choices) {
    const many = counts[choice.name]?.[choice.value] ?? 0;
    choice.closest("label").querySelector(".search__count").textContent =
      counts === NOTHING ? "" : number.format(many);
  }
}

function tell(words, results, items) {
  const none = results.length === 0;
  const heading = none ? form.dataset.none.replace("{q}", words) : count(form.dataset.found, results.length, words);
  status.replaceChildren(make("h2", "found__heading", heading));
  advice.hidden = !none;
  places.hidden = !none;
  list.replaceChildren(...items.map(draw));
  offer(results);
}

function offer(results) {
  more.hidden = list.children.length >= results.length;
  more.querySelector("span").textContent = more.hidden ? "" : shown(results);
  more.querySelector("button").onclick = () => extend(results);
}

async function extend(results) {
  const mine = round;
  try {
    const items = (await read(results, list.children.length)).map(draw);
    if (mine !== round) return;
    list.append(...items);
    items[0].querySelector("a").focus();
    offer(results);
  } catch (fault) {
    if (mine === round) fail(fault);
  }
}

function fail(fault) {
  console.warn(fault);
  empty();
  failed.replaceChildren(make("p", "note", form.dataset.failed));
}

// Words

function count(text, many, words) {
  const forms = JSON.parse(text);
  const chosen = typeof forms === "string" ? forms : (forms[plural.select(many)] ?? forms.other);
  return chosen.replace("{n}", number.format(many)).replace("{q}", words);
}

function shown(results) {
  const values = { shown: number.format(list.children.length), n: number.format(results.length) };
  return form.dataset.shown.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function when({ date, last, when: words }) {
  if (words || !date) return words ?? "";
  const days = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  return last ? days.formatRange(new Date(date), new Date(last)) : days.format(new Date(date));
}

function names(item, filter) {
  const values = item.filters[filter] ?? [];
  const chosen = choices.filter((choice) => choice.name === filter && values.includes(choice.value));
  return chosen.map((choice) => choice.closest("label").querySelector("bdi").textContent.trim());
}

// Drawing: always through text nodes, so that nothing in an item can become markup here

function draw(item) {
  const entry = make("li", "found__item");
  const facts = [...names(item, "kind"), when(item.meta), item.meta.place, ...names(item, "programme").slice(0, 1)];
  const about = make("p", "found__about");
  for (const fact of facts.filter(Boolean)) {
    if (about.childNodes.length) about.append(" · ");
    about.append(make("bdi", "", fact));
  }
  const title = make("h3", "found__title");
  const link = make("a", "", item.meta.title);
  link.href = root + item.raw_url.replace(/^\//, "");
  title.append(link);
  const text = make("p", "found__excerpt");
  text.append(...marked(cut(item)));
  entry.append(about, title, text);
  return entry;
}

function cut({ content, excerpt, plain_excerpt: plain }) {
  const starts = content.startsWith(plain.slice(0, 20));
  const ends = content.trimEnd().endsWith(plain.slice(-20));
  return `${starts ? "" : "… "}${excerpt}${ends ? "" : " …"}`;
}

function* marked(excerpt) {
  let inside = false;
  for (const piece of excerpt.split(/(<\/?mark>)/)) {
    if (piece === "<mark>" || piece === "</mark>") inside = piece === "<mark>";
    else if (piece) {
      const text = piece.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
      yield inside ? make("mark", "", text) : text;
    }
  }
}

function make(name, kind, text = "") {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  element.textContent = text;
  return element;
}

// What the reader does

function go() {
  const query = asked();
  history.pushState(null, "", query.size ? `?${query}` : location.pathname);
  search(query);
}

function arrive() {
  fill(new URLSearchParams(location.search));
  search(asked());
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  go();
});
filters?.addEventListener("change", go);
clear?.addEventListener("click", () => {
  for (const choice of choices) choice.checked = false;
  form.elements.namedItem("q").focus();
  go();
});
window.addEventListener("popstate", arrive);

if (filters) filters.open = matchMedia("(min-width: 56rem)").matches;
box.hidden = false;
arrive();
