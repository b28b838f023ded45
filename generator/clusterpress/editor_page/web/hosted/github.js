// The repository at GitHub (REST interface, version 2022-11-28).
import { Refusal } from "../api.js";
import { t } from "../dom.js";
import { access, decode64, encode64, Host, LABELS, Moved, PREFIX, reasonOf, stateOf } from "./host.js";

const encode = (path) => path.split("/").map(encodeURIComponent).join("/");
const TRIES = 5;
const PAUSE = 1000;
const pause = () => new Promise((done) => { setTimeout(done, PAUSE); });

export class GitHub extends Host {
  start = "github_pat_";
  get makeToken() { return `${this.settings.web}/settings/personal-access-tokens/new`; }
  get #repo() { return `/repos/${this.settings.repo}`; }

  headers(token) {
    return { Accept: "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28", ...(token && { Authorization: `Bearer ${token}` }) };
  }

  /** Return the name of the person with an access, null if the host does not know it; and the repository. */
  async whoIs(token = access.read()) {
    const person = await this.ask("GET", "/user", { known: [401], token });
    if (!person) return null;
    const found = await this.ask("GET", this.#repo, { known: [401, 403, 404], token });
    this.methods = found ? [["merge", "allow_merge_commit"], ["squash", "allow_squash_merge"], ["rebase", "allow_rebase_merge"]].filter(([, key]) => found[key] !== false).map(([name]) => name) : [];
    return { name: person.login, hasRepository: Boolean(found), canWrite: Boolean(found?.permissions?.push) };
  }

  async head(branch = this.settings.branch) {
    const found = await this.ask("GET", `${this.#repo}/git/ref/heads/${encode(branch)}`, { known: [404] });
    return found?.object?.sha ?? "";
  }

  async #treeOf(commit) { return (await this.ask("GET", `${this.#repo}/git/commits/${commit}`)).tree.sha; }

  /** Return path → digest of every file of a commit. */
  async tree(commit) {
    const found = await this.ask("GET", `${this.#repo}/git/trees/${commit}?recursive=1`);
    if (found.truncated) throw new Refusal(t("host_large", this.words), 200);
    return new Map(found.tree.filter((one) => one.type === "blob").map((one) => [this.inProject(one.path), one.sha]).filter(([path]) => path));
  }

  async blob(sha) { return decode64((await this.ask("GET", `${this.#repo}/git/blobs/${sha}`)).content); }

  /** Return the digest of a file in a commit or branch; empty if it is not there. */
  async digest(ref, path) {
    const found = await this.ask("GET", `${this.#repo}/contents/${encode(this.inRepository(path))}?ref=${encodeURIComponent(ref)}`, { known: [404] });
    return found?.sha ?? "";
  }

  /**
   * Commit files to a branch; nothing is seen of it until the last request, which moves the branch.
   * `parents` are commits, of which the first is the present head of the branch, or where a new branch begins.
   */
  async commit({ branch, isNew, parents, base = parents[0], files, message }) {
    const tree = [];
    for (const { path, bytes, sha } of files) {
      const blob = bytes ? (await this.ask("POST", `${this.#repo}/git/blobs`, { body: { content: encode64(bytes), encoding: "base64" } })).sha : sha ?? null;
      tree.push({ path: this.inRepository(path), mode: "100644", type: "blob", sha: blob });
    }
    const made = await this.ask("POST", `${this.#repo}/git/trees`, { body: { base_tree: await this.#treeOf(base), tree } });
    const commit = await this.ask("POST", `${this.#repo}/git/commits`, { body: { message, tree: made.sha, parents } });
    const moved = isNew
      ? await this.ask("POST", `${this.#repo}/git/refs`, { body: { ref: `refs/heads/${branch}`, sha: commit.sha }, known: [409, 422] })
      : await this.ask("PATCH", `${this.#repo}/git/refs/heads/${encode(branch)}`, { body: { sha: commit.sha, force: false }, known: [409, 422] });
    if (!moved) throw new Moved();
    return commit.sha;
  }

  /** Commit on top of the published branch what a review changes, together with what was changed there. */
  restart({ branch, head, main, files, message }) {
    return this.commit({ branch, isNew: false, parents: [head, main], base: main, files, message });
  }

  async commonCommit(one, other) { return (await this.ask("GET", `${this.#repo}/compare/${one}...${other}`)).merge_base_commit.sha; }

  #review(one) {
    return { branch: one.head.ref, number: one.number, title: one.title, url: one.html_url, author: one.user?.login ?? "", time: one.updated_at, head: one.head.sha, labels: one.labels.map(({ name }) => name), state: stateOf(one.labels.map(({ name }) => name)) };
  }

  /** Return the open reviews, and the branches that have none because the network was lost. */
  async reviews() {
    const [open, branches] = await Promise.all([
      this.list(`${this.#repo}/pulls?state=open&base=${encodeURIComponent(this.settings.branch)}`),
      this.list(`${this.#repo}/git/matching-refs/heads/${PREFIX}`, { known: [404] }),
    ]);
    const found = open.filter((one) => one.head.ref.startsWith(PREFIX) && one.head.repo?.full_name?.toLowerCase() === this.settings.repo.toLowerCase()).map((one) => this.#review(one));
    const known = new Set(found.map((one) => one.branch));
    const others = branches.map((one) => ({ branch: one.ref.slice("refs/heads/".length), head: one.object.sha })).filter((one) => !known.has(one.branch));
    return [...found, ...others.map((one) => ({ ...one, number: 0, title: "", url: "", author: "", time: "", labels: [], state: "draft" }))];
  }

  async openReview({ branch, title, body, state }) {
    const made = await this.ask("POST", `${this.#repo}/pulls`, { body: { title, body, head: branch, base: this.settings.branch } });
    return this.setState({ ...this.#review(made), labels: [] }, state);
  }

  async setState(review, state) {
    const labels = [...review.labels.filter((one) => !Object.values(LABELS).includes(one)), LABELS[state]];
    await this.ask("PUT", `${this.#repo}/issues/${review.number}/labels`, { body: { labels } });
    return { ...review, labels, state };
  }

  /** Publish a review. Return "clash" if the published branch has changed the same lines, else "". */
  async merge(review) {
    const [method = "merge"] = this.methods ?? [];
    for (let tries = 1; ; tries += 1) {
      const answer = await this.fetch("PUT", `${this.#repo}/pulls/${review.number}/merge`, { body: { sha: review.head, merge_method: method }, known: [403, 405, 409] });
      if (answer.ok) break;
      if (answer.status === 409) throw new Moved();
      const reason = await reasonOf(answer);
      const pull = await this.ask("GET", `${this.#repo}/pulls/${review.number}`);
      if (pull.mergeable === false && pull.mergeable_state === "dirty") return "clash";
      // GitHub finds out in the background whether a review can be merged.
      if ((pull.mergeable === null || /try the merge again/i.test(reason)) && tries < TRIES) { await pause(); continue; }
      throw new Refusal(t("publish_forbidden", { ...this.words, reason }), answer.status);
    }
    await this.ask("DELETE", `${this.#repo}/git/refs/heads/${encode(review.branch)}`, { known: [404, 422] });
    return "";
  }

  async discard(review) {
    if (review.number) await this.ask("PATCH", `${this.#repo}/pulls/${review.number}`, { body: { state: "closed" } });
    await this.ask("DELETE", `${this.#repo}/git/refs/heads/${encode(review.branch)}`, { known: [404, 422] });
  }

  /** Return the checks of a commit: name, state, address. An access may not include them. */
  async checks(commit) {
    const known = [403, 404];
    const [status, runs] = await Promise.all([
      this.ask("GET", `${this.#repo}/commits/${commit}/status`, { known }), this.ask("GET", `${this.#repo}/actions/runs?head_sha=${commit}`, { known })]);
    const word = (one) => (["success", "neutral", "skipped"].includes(one) ? "passed" : ["pending", null, undefined].includes(one) ? "waiting" : "failed");
    return [
      ...(runs?.workflow_runs ?? []).map((one) => ({ name: one.name, state: word(one.conclusion), url: one.html_url })),
      ...(status?.statuses ?? []).map((one) => ({ name: one.context, state: word(one.state), url: one.target_url ?? "" }))];
  }

  async versions(ref, path) {
    const found = await this.ask("GET", `${this.#repo}/commits?path=${encodeURIComponent(this.inRepository(path))}&sha=${encodeURIComponent(ref)}&per_page=50`);
    return found.map((one) => ({ id: one.sha, time: one.commit.committer.date, by: one.commit.author.name, what: one.commit.message.split("\n")[0] }));
  }
}
