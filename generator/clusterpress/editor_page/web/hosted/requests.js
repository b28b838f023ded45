// What "clusterpress edit" answers on a computer (editing/requests.py), answered from the repository of a site.
import { Refusal, relativePath, resolvePath } from "../api.js";
import { t } from "../dom.js";
import { slugify } from "./new_path.js";
import { today } from "./repository.js";
import { sameTexts } from "./same.js";
import { keepPicture, waitingPicture } from "./waiting.js";

const MEGABYTE = 1_000_000;
const MOST = 20;
/** Types of pictures that every browser shows, and their endings. */
const SHOWN = { "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp", "image/avif": ".avif", "image/svg+xml": ".svg" };
const TYPES = { png: "image/png", jpg: "image/jpeg", jpeg: "image/jpeg", gif: "image/gif", webp: "image/webp", avif: "image/avif", svg: "image/svg+xml" };

/** Return a function that answers requests; see `setStandIn` in api.js. */
export const answers = (repository) => {
  const { site } = repository;

  const form = async (folder, query) => {
    const found = structuredClone(site.forms[folder]);
    if (!found) throw new Refusal(t("host_missing", { path: folder }), 404);
    if ("date" in found.values) found.values.date = today();
    if (query.translates) {
      const original = await repository.open(query.translates);
      const slug = repository.rows.get(query.translates)?.slug ?? query.translates.split("/").at(-1).replace(/\.\w+$/, "");
      Object.assign(found.values, repository.documents.translate(original, query.lang, slug, repository.isBeside(query.translates)));
      const [from, to] = [query.translates.split("/").slice(0, -1).join("/"), repository.folderOfNew(folder, found.values, query.translates)];
      for (const key of ["image", "logo"]) {
        const src = found.values[key]?.src;
        if (src && !/^(?:\/|\w+:)/.test(src)) found.values[key].src = encodeURI(relativePath(to, resolvePath(from, src)));
      }
    }
    return found;
  };

  const folderOf = (folder, { item, date, newsletter, original }) =>
    item ? item.split("/").slice(0, -1).join("/") : repository.folderOfNew(folder, { date, newsletter }, original);

  const picture = async (folder, query, file) => {
    const name = query.name || "picture.png";
    const ending = SHOWN[file.type];
    if (!file.size) throw new Refusal(t("picture_empty", { name }), 422);
    if (!ending) throw new Refusal(t("picture_odd", { name }), 422);
    if (file.size > MOST * MEGABYTE) throw new Refusal(t("picture_large", { name, size: Math.ceil(file.size / MEGABYTE), most: MOST }), 413);
    const { tree } = await repository.refresh();
    const place = `${folderOf(folder, query)}/${slugify(name.replace(/\.\w+$/, "")).slice(0, 80) || "picture"}`;
    for (let number = 1; ; number += 1) {
      const path = `${place}${number === 1 ? "" : `-${number}`}${ending}`;
      if (tree.has(path) || (await waitingPicture(path))) continue;
      await keepPicture(path, file);
      return { path, src: path.split("/").at(-1), note: "" };
    }
  };

  const file = async (path) => {
    const own = await waitingPicture(path);
    if (own) return own;
    const { tree, reviews } = await repository.refresh();
    let sha = tree.get(path);
    const folder = path.split("/").slice(0, -1).join("/");
    for (const [item, review] of reviews) {
      if (sha) break;
      if (item.startsWith(`${folder}/`)) sha = await repository.host.digest(review.head, path);
    }
    if (!sha) throw new Refusal(t("host_missing", { path }), 404);
    return new Blob([await repository.host.blob(sha)], { type: TYPES[path.split(".").at(-1).toLowerCase()] ?? "application/octet-stream" });
  };

  const versions = async (path, { version }) => {
    const { reviews } = await repository.refresh();
    if (!version) return repository.host.versions(reviews.get(path)?.head ?? repository.read.main, path);
    const sha = await repository.host.digest(version, path);
    if (!sha) throw new Refusal(t("host_missing", { path }), 404);
    const { values, body } = repository.document(await repository.source(sha, path), path);
    return { values, body };
  };

  const issue = async (lang) => {
    const items = (await repository.list()).filter((row) => row.kind !== "issue" && row.lang === (lang || site.languages[0]) && row.state !== "error");
    return { sections: [], items, editions: {} };
  };

  const noWord = () => { throw new Refusal(t("no_word_files"), 422); };
  const known = {
    "GET config": () => ({ ...site, preview: site.root, targets: [], today: today() }),
    "GET items": () => repository.list(),
    "GET form": form,
    "GET item": (path) => repository.open(path),
    "PUT item": (path, _, value) => repository.save(path, value),
    "POST item": (folder, _, value) => repository.create(folder, value),
    "DELETE item": (path) => repository.remove(path),
    "GET file": file,
    "POST picture": picture,
    "POST word": noWord,
    "POST table": () => { throw new Refusal(t("no_tables"), 422); },
    "POST same": (_, __, pairs) => sameTexts(pairs),
    "GET versions": versions,
    "GET issue": async (path) => issue((await repository.open(path)).values.lang),
    "POST issue": (_, __, value) => issue(value.values.lang),
  };

  return async (method, name, value) => {
    const [place, words = ""] = name.split("?");
    const [first, ...rest] = place.split("/");
    const work = known[`${method} ${first}`];
    if (!work) throw new Refusal("not found", 404);
    return work(rest.map(decodeURIComponent).join("/"), Object.fromEntries(new URLSearchParams(words)), value);
  };
};
