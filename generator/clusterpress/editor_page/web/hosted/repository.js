// The items of a site in its repository: published ones, and those in reviews, each in a branch of its own.
import { Refusal } from "../api.js";
import { t } from "../dom.js";
import { SourceFault } from "./front_matter.js";
import { branchOf, Moved, pathOf } from "./host.js";
import { pathOfNew } from "./new_path.js";
import { forgetPicture, waitingKeys, waitingPicture } from "./waiting.js";

const AT_ONCE = 6;
const FRESH = 5000;
const MAX_TRIES = 100;

/** Two people saved one item: what is there now; null if it is gone. */
class Conflict extends Refusal {
  constructor(current) { super("conflict", 409, current); }
}

/** Whether a text names a file, and not only one whose name ends alike. */
const isNamed = (name, text) => [..." /(\"'<"].some((sign) => text.includes(sign + name));

export const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);

export class Repository {
  constructor(host, site, documents, rows) {
    Object.assign(this, { host, site, documents });
    this.rows = new Map(rows.map((one) => [one.path, one]));
    this.sources = new Map();
    this.read = { time: 0 };
  }

  get words() { return this.host.words; }

  /** Read the published branch and the reviews, unless that was done a moment ago. */
  async refresh(isForced = false) {
    if (!isForced && Date.now() - this.read.time < FRESH) return this.read;
    const [main, reviews] = await Promise.all([this.host.head(), this.host.reviews()]);
    if (!main) throw new Refusal(t("no_branch", this.words), 404);
    const tree = this.read.main === main ? this.read.tree : await this.host.tree(main);
    const byPath = new Map(reviews.map((one) => [pathOf(one.branch), one]).filter(([path]) => this.documents.kindOf(path)));
    this.read = { time: Date.now(), main, tree, reviews: byPath };
    return this.read;
  }
  forget() { this.read.time = 0; }

  /** Return the source of a file by its digest. */
  async source(sha, path) {
    if (!this.sources.has(sha)) {
      const bytes = await this.host.blob(sha);
      try {
        this.sources.set(sha, new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
      } catch {
        throw new Refusal(t("not_utf8", { path }), 422);
      }
    }
    return this.sources.get(sha);
  }

  /** Return what a form shows of a source; a fault of it is a sentence. */
  document(text, path) { return this.#inWords(path, () => this.documents.read(text, path)); }
  #inWords(path, work) {
    try {
      return work();
    } catch (fault) {
      if (!(fault instanceof SourceFault)) throw fault;
      throw new Refusal(t(fault.message, { ...this.words, path, line: fault.line }), 422);
    }
  }

  /** Return where an item is now: its digest, and the review in which it is changed. */
  async #place(path) {
    const { tree, reviews, main } = await this.refresh(true);
    const review = reviews.get(path);
    return { review, main, published: tree.get(path) ?? "", sha: review ? await this.host.digest(review.head, path) : tree.get(path) ?? "" };
  }

  async open(path) {
    const place = await this.#place(path);
    if (place.sha) return this.#shown(path, place);
    if (!place.published) throw new Refusal(t("host_missing", { path }), 404);
    return this.#shown(path, { ...place, sha: place.published, isRemoved: true }); // a review deletes it
  }

  async #shown(path, { sha, review, published, isRemoved = false }) {
    const found = this.document(await this.source(sha, path), path);
    return {
      path, values: found.values, body: found.body, kind: this.documents.kindOf(path), ready: Boolean(review && review.state !== "draft"), seen: sha,
      url: this.rows.get(path)?.url ?? "", state: this.#state(path, found, review, published, isRemoved), problems: this.#missing(path, found.values),
      review: review ? { ...review, isRemoved, isNew: !published } : null,
    };
  }

  #state(path, found, review, published, isRemoved) {
    if (review) return isRemoved ? "removing" : review.state;
    if (!published || found?.isDraft) return "draft";
    return this.rows.has(path) ? "published" : "ready";
  }

  /** Return the problems of fields that are needed and empty; the host's checks find all others. */
  #missing(path, values) {
    const form = this.site.forms[this.documents.folderOf(path)];
    return [...form.first, ...form.groups.flatMap((one) => one.fields)]
      .filter((one) => one.needed && !["alt", "draft"].includes(one.key) && (values[one.key] === undefined || values[one.key] === ""))
      .map((one) => ({ field: one.key, line: 1, message: t("needed_field", { label: one.label }), stops: true }));
  }

  /** Return a row for each item, newest first. Items that the build did not know are read from the repository. */
  async list() {
    const { tree, reviews } = await this.refresh(true);
    const paths = new Set([...tree.keys(), ...reviews.keys()].filter((one) => this.documents.kindOf(one)));
    const found = await atOnce([...paths], (path) => this.#row(path, tree.get(path), reviews.get(path)));
    return found.filter(Boolean).sort((one, other) => (one.sort < other.sort ? 1 : one.sort > other.sort ? -1 : one.title.localeCompare(other.title)));
  }

  async #row(path, published, review) {
    const known = this.rows.get(path);
    if (known && !review) return known;
    const sha = review ? await this.host.digest(review.head, path) : published;
    const isRemoved = Boolean(review && !sha);
    if (isRemoved && !published) return null;
    let found;
    try {
      found = this.documents.read(await this.source(sha || published, path), path);
    } catch (fault) {
      if (fault instanceof Refusal && fault.status !== 422) throw fault;
      found = null;
    }
    const { values } = found ?? { values: {} };
    const date = /^\d{4}-\d\d-\d\d/.exec(values.date ?? values.start ?? "")?.[0] ?? known?.date ?? "";
    const lang = values.lang || this.site.languages[0];
    const stem = path.split("/").at(-1).replace(/\.\w+$/, "");
    return {
      slug: stem, languages: [lang], missing: [], programmes: [values.programme ?? []].flat().map(String), picture: "", note: "", url: "", faulty: false, name: path.slice("content/".length).replace(/\.\w+$/, ""),
      ...known, path, kind: this.documents.kindOf(path), title: String(values.title ?? known?.title ?? stem), date, sort: date ? known?.sort ?? `${date} 9` : "", lang,
      state: found ? this.#state(path, found, review, published, isRemoved) : "error",
    };
  }

  /** Return the pictures that an item shows and that wait to be saved with it: chosen for it, or for its folder. */
  async #pictures(folder, names, text) {
    const found = [];
    for (const path of new Set([...names, ...(await waitingKeys()).filter((one) => one.slice(0, one.lastIndexOf("/")) === folder)])) {
      const name = path.split("/").at(-1);
      const picture = isNamed(name, text) ? await waitingPicture(path) : null;
      if (picture) found.push({ path: `${folder}/${name}`, bytes: new Uint8Array(await picture.arrayBuffer()), waiting: path });
    }
    return found;
  }

  /** Save an item in its branch, and open or go on with its review. Return it as `open` does. */
  async save(path, form) {
    const [seen, restartAt] = form.seen.split("@");
    const place = await this.#place(path);
    const now = place.sha || (place.review ? place.published : ""); // a review that deletes it
    if (!restartAt && !now) throw new Conflict(null);
    if (!restartAt && now !== seen) throw new Conflict(await this.#shown(path, { ...place, sha: now }));
    if (restartAt && (place.main !== restartAt || !place.review)) throw new Moved();
    const old = await this.source(seen, path);
    const text = this.#inWords(path, () => this.documents.change(old, form, path));
    const isSame = text === old && !restartAt && (place.sha || !place.review);
    if (isSame && !place.review) throw new Refusal(t("nothing_changed"), 422);
    return this.#write(path, form, place, isSame ? null : text, restartAt);
  }

  async create(folder, form) {
    const path = await this.#freePath(folder, form);
    const place = await this.#place(path);
    if (place.sha) throw new Refusal(t("name_taken", { path }), 409);
    return this.#write(path, form, place, this.#inWords(path, () => this.documents.write(form, path)));
  }

  async #freePath(folder, { values, original }) {
    const { values: kept } = { values };
    if (!String(kept.title ?? "").trim()) throw new Refusal(t("no_title"), 422);
    if (this.site.kinds.find((one) => one.folder === folder).kind === "issue" && !(kept.newsletter && kept.number)) throw new Refusal(t("no_newsletter"), 422);
    const start = original ? this.#besideOriginal(original) ?? this.#pathOf(folder, kept) : this.#pathOf(folder, kept);
    const end = `${kept.lang && kept.lang !== this.site.languages[0] ? `.${kept.lang}` : ""}.md`;
    const { tree, reviews } = await this.refresh(true);
    for (let number = 1; number < MAX_TRIES; number += 1) {
      const path = `${start}${number === 1 ? "" : `-${number}`}${end}`;
      if (!tree.has(path) && !reviews.has(path)) return path;
      if (original || kept.newsletter) break;
    }
    throw new Refusal(t("name_taken", { path: start + end }), 409);
  }

  #pathOf(folder, values) {
    const path = pathOfNew(this.site.paths[folder], values, today());
    if (!path) throw new Refusal(t("no_address", { title: values.title }), 422);
    return path;
  }

  /** Return the path of a translation without language and ending, if it must lie beside its original. */
  #besideOriginal(original) {
    const stem = original.replace(/\.\w+$/, "");
    return this.isBeside(original) ? stem : undefined;
  }
  isBeside(original) {
    return ["programme", "cluster", "partner", "author", "issue"].includes(this.documents.kindOf(original)) || /\/index\.\w+$/.test(original);
  }

  /** Return the folder of a picture for an item that has no file yet. */
  folderOfNew(folder, values, original) {
    if (original && this.isBeside(original)) return original.split("/").slice(0, -1).join("/");
    return pathOfNew(this.site.paths[folder], { title: "untitled", number: 1, newsletter: "", ...values }, today()).split("/").slice(0, -1).join("/");
  }

  /** Commit a text (null: as it is) with its pictures, then open its review, or set the state of the one that it has. */
  async #write(path, form, place, text, restartAt = "") {
    const title = String(form.values.title ?? path);
    const state = this.#missing(path, form.values).length || !form.ready ? "draft" : "review";
    const branch = branchOf(path);
    let { review } = place;
    let sha = place.sha;
    if (text !== null) {
      const files = [{ path, bytes: new TextEncoder().encode(text) }, ...(await this.#pictures(path.split("/").slice(0, -1).join("/"), form.pictures ?? [], text))];
      const message = t(place.published || place.sha ? "commit_change" : "commit_new", { title });
      const head = await this.#commit({ branch, place, files, message, restartAt, path });
      review = { labels: [], number: 0, state, ...review, branch, head };
      await Promise.all(files.filter((one) => one.waiting).map((one) => forgetPicture(one.waiting)));
    }
    const next = review.state === "approved" && form.ready && text === null ? "approved" : state;
    review = await this.#review(review, path, title, next);
    this.forget();
    sha = await this.host.digest(review.head, path);
    return { ...(await this.#shown(path, { ...place, review, sha })), kept_draft: Boolean(form.ready && state === "draft") };
  }

  async #commit({ branch, place, files, message, restartAt, path }) {
    const { review, main } = place;
    try {
      if (restartAt) return await this.host.restart({ branch, head: review.head, main, files: [...files, ...(await this.#others(review, main, path))], message });
      return await this.host.commit({ branch, isNew: !review, parents: [review?.head ?? main], files, message });
    } catch (fault) {
      if (!(fault instanceof Moved)) throw fault;
      const now = await this.#place(path);
      if (now.sha === place.sha && now.review?.head === review?.head) throw new Refusal(t("host_refuses", { ...this.words, reason: "409" }), 409);
      throw new Conflict(now.sha ? await this.#shown(path, now) : null);
    }
  }

  /** Return the other files that a review changes: pictures of its item. */
  async #others(review, main, path) {
    const common = await this.host.commonCommit(main, review.head);
    const [before, after] = await Promise.all([this.host.tree(common), this.host.tree(review.head)]);
    return [...after].filter(([one, sha]) => one !== path && before.get(one) !== sha).map(([one, sha]) => ({ path: one, sha }));
  }

  async #review(review, path, title, state) {
    if (!review.number) return { ...(await this.host.openReview({ branch: review.branch, title, body: t("review_body", { site: this.site.site, path }), state })), head: review.head };
    return review.state === state ? review : { ...(await this.host.setState(review, state)), head: review.head };
  }

  async setState(path, state) {
    const { review } = await this.#place(path);
    if (!review) throw new Refusal(t("host_missing", { path }), 404);
    const found = await this.open(path);
    await this.#review(review, path, String(found.values.title ?? path), state);
    this.forget();
    return this.open(path);
  }

  /** Propose to delete an item; one that is not published is discarded. */
  async remove(path) {
    const place = await this.#place(path);
    if (place.review && !place.published) return this.discard(path);
    const title = String((await this.open(path)).values.title ?? path);
    const branch = branchOf(path);
    const message = t("commit_delete", { title });
    const head = await this.#commit({ branch, place, files: [{ path, bytes: null }], message, path });
    await this.#review({ labels: [], number: 0, ...place.review, branch, head, state: place.review?.state ?? "draft" }, path, message, "review");
    this.forget();
    return {};
  }

  async discard(path) {
    const { review } = await this.#place(path);
    if (review) await this.host.discard(review);
    this.forget();
    return {};
  }

  /** Publish the review of an item. Return null, or how the published branch has changed the same item. */
  async publish(path, head) {
    const { review, main } = await this.#place(path);
    if (!review) throw new Refusal(t("host_missing", { path }), 404);
    if (review.head !== head) throw new Conflict(await this.open(path));
    let result;
    try {
      result = await this.host.merge(review);
    } catch (fault) {
      if (!(fault instanceof Moved)) throw fault;
      throw new Conflict(await this.open(path));
    }
    this.forget();
    if (result !== "clash") return null;
    const common = await this.host.commonCommit(main, review.head);
    const [before, after] = await Promise.all([this.host.digest(common, path), this.host.digest(main, path)]);
    const read = async (sha) => this.document(sha ? await this.source(sha, path) : "---\n---\n", path);
    const [base, current] = [await read(before), await read(after)];
    return { base: { values: base.values, body: base.body }, current: after ? { values: current.values, body: current.body, seen: `${after}@${main}` } : null };
  }
}

/** Do some work for each part, few at a time. */
const atOnce = async (parts, work) => {
  const found = new Array(parts.length);
  let next = 0;
  const worker = async () => {
    while (next < parts.length) {
      const place = next;
      next += 1;
      found[place] = await work(parts[place]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return found;
};
