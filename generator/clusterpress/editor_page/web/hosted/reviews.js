// Reviews: what waits to be published, in which state it is, and what can be done with it.
import { Refusal } from "../api.js";
import { button, confirmDialog, h, say, t, when } from "../dom.js";
import { resolveConflict } from "../versions.js";
import { access } from "./host.js";

const STEPS = ["draft", "review", "approved"];
const LOOK_AGAIN = 15_000;

const outside = (url, words) => h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, words);
const isWeb = (url) => /^https?:\/\//.test(url);

/** The panel beside the form of an item. */
class Panel {
  constructor(repository, item) {
    Object.assign(this, { repository, item });
    this.content = h("div", { className: "review" });
    this.checks = h("ul", { className: "checks" });
    this.message = h("div", { role: "status" });
    this.element = h("aside", { className: "preview panel", "aria-label": t("preview") }, h("h2", {}, t("preview")), this.content, this.message);
  }

  draw(found) {
    this.found = found;
    const { review } = found;
    const words = this.repository.words;
    this.content.replaceChildren(...[
      this.#steps(review),
      h("p", {}, this.#explain(found)),
      review && h("p", { className: "actions" }, this.#buttons(review)),
      review?.number ? h("p", { className: "note" }, review.author ? `${t("review_by", review)} · ` : "", isWeb(review.url) && outside(review.url, t("review_open", words))) : null,
      found.url && h("p", {}, outside(this.repository.site.root + found.url, t("page_open"))),
      review && h("section", {}, h("h3", {}, t("checks")), this.checks),
    ].filter(Boolean));
    clearTimeout(this.timer);
    if (review) this.#look(review);
  }

  #steps(review) {
    const at = review ? STEPS.indexOf(review.state) : -1;
    return h("ol", { className: "steps" }, STEPS.map((one, place) => h("li", { className: place < at ? "past" : "", ...(place === at && { "aria-current": "step" }) }, t(`step_${one}`))));
  }

  #explain({ path, review }) {
    if (!path) return t("review_new");
    if (!review) return t("review_first");
    return t(review.isRemoved ? "review_removing" : `review_${review.state}`);
  }

  #buttons(review) {
    const to = (state) => button(t(`to_${state}`), () => this.#work(() => this.repository.setState(this.found.path, state)), { className: state === "draft" ? "" : "main" });
    const publish = button(t("publish_item"), () => this.#publish(review), { className: "main" });
    const discard = button(t("discard"), () => this.#discard());
    return { draft: [to("review"), discard], review: [to("approved"), to("draft"), discard], approved: [publish, to("draft"), discard] }[review.state];
  }

  /** Do something that changes the review; its failure is a sentence here. */
  async #work(work) {
    if (this.item.isChanged) { this.#say(t("publish_unsaved"), "fault"); return; }
    for (const one of this.content.querySelectorAll("button")) one.disabled = true;
    this.item.status.replaceChildren();
    this.#say(t("sign_in_checking", this.repository.words), "note");
    try {
      this.after = "";
      const found = await work();
      this.#say(this.after, "good");
      if (found) this.item.showSaved(found);
    } catch (fault) {
      for (const one of this.content.querySelectorAll("button")) one.disabled = false;
      const isMoved = fault instanceof Refusal && fault.message === "conflict" && fault.current;
      this.#say(isMoved ? t("conflict") : fault.message, "fault");
      if (isMoved) { await this.item.fill(fault.current); this.item.showSaved(fault.current); }
    }
  }
  #say(words, className = "") { this.message.replaceChildren(words ? h("p", { className, ...(className === "fault" && { role: "alert" }) }, words) : ""); }

  async #publish(review) {
    const title = this.found.values.title ?? this.found.path;
    if (!(await confirmDialog(t("publish_sure", { title }), t("publish_item")))) return;
    await this.#work(async () => {
      const clash = await this.repository.publish(this.found.path, review.head);
      if (!clash) return this.#published(title, review);
      this.item.base = { file: clash.base, form: clash.base };
      await resolveConflict(this.item, clash.current, true);
      this.after = t("publish_clash");
      return null;
    });
  }

  #published(title, review) {
    const words = t("published_item", this.repository.words);
    say(words);
    if (review.isRemoved) { location.hash = `#/${this.item.asked.folder}`; return null; }
    this.after = words;
    return this.repository.open(this.found.path);
  }

  async #discard() {
    const title = this.found.values.title ?? this.found.path;
    if (!(await confirmDialog(t("discard_sure", { title, ...this.repository.words }), t("discard")))) return;
    const { isNew } = this.found.review;
    await this.#work(async () => {
      await this.repository.discard(this.found.path);
      say(t("discarded"));
      if (isNew) { location.hash = `#/${this.item.asked.folder}`; return null; }
      const found = await this.repository.open(this.found.path);
      await this.item.fill(found);
      this.item.isChanged = false;
      this.item.keeper.forget();
      return found;
    });
  }

  /** Show the checks of the host, and look again while one is running. */
  async #look(review) {
    let found;
    try {
      found = await this.repository.host.checks(review.head);
    } catch {
      return; // no network: what is known stays
    }
    if (!this.element.isConnected || this.found.review?.head !== review.head) return;
    this.checks.replaceChildren(...(found.length ? found.map((one) => h("li", { className: one.state }, isWeb(one.url) ? outside(one.url, one.name) : one.name, " ", h("span", { className: "state" }, t(`check_${one.state}`)))) : [h("li", { className: "note" }, t("checks_none"))]));
    if (!found.length || found.some((one) => one.state === "waiting")) this.timer = setTimeout(() => this.#look(review), LOOK_AGAIN);
  }
}

const line = (row, review) =>
  h("li", {}, h("a", { href: `#/edit/${encodeURI(row.path)}` }, h("strong", { dir: "auto" }, row.title), h("span", { className: "note" }, review.author && t("reviews_since", { author: review.author, time: when(review.time) }))));

/** The page of all reviews, by state. */
const showReviews = async (repository, { content, config }) => {
  document.title = `${t("reviews")} · ${config.site}`;
  content.append(h("div", { className: "head" }, h("h1", { tabIndex: -1 }, t("reviews"))));
  const rows = new Map((await repository.list()).map((one) => [one.path, one]));
  const { reviews } = await repository.refresh();
  const known = [...reviews].filter(([path]) => rows.has(path));
  if (!known.length) { content.append(h("p", {}, t("reviews_none"))); return; }
  content.append(h("div", { className: "board" }, STEPS.map((state) => {
    const found = known.filter(([, review]) => review.state === state);
    return h("section", {}, h("h2", {}, `${t(`step_${state}`)} (${found.length})`), h("ul", { className: "reviews" }, found.map(([path, review]) => line(rows.get(path), review))));
  })));
};

/** What the editor on a site adds to the page: its menu, a panel, and a page of reviews. */
export const makeReviews = (repository, name) => ({
  words: repository.words,
  menu: () => [
    h("li", { className: "note" }, t("signed_in", { name })),
    h("li", {}, h("a", { href: "#/reviews" }, t("reviews"))),
    h("li", {}, button(t("sign_out"), () => { access.forget(); location.reload(); }))],
  panel: (item) => new Panel(repository, item),
  showReviews: (context) => showReviews(repository, context),
});
