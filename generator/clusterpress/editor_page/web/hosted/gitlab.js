// The repository at GitLab (REST interface, version 4).
import { Refusal } from "../api.js";
import { t } from "../dom.js";
import { access, decode64, encode64, Host, LABELS, Moved, PREFIX, reasonOf, stateOf } from "./host.js";

const DEVELOPER = 30;
const TRIES = 8;
const PAUSE = 1000;
const pause = () => new Promise((done) => { setTimeout(done, PAUSE); });

export class GitLab extends Host {
  start = "glpat-";
  get makeToken() { return `${this.settings.web}/-/user_settings/personal_access_tokens?name=clusterpress&scopes=api`; }
  get #project() { return `/projects/${encodeURIComponent(this.settings.repo)}`; }
  get #repo() { return `${this.#project}/repository`; }

  headers(token) { return { Accept: "application/json", ...(token && { Authorization: `Bearer ${token}` }) }; }

  /** Return the name of the person with an access, null if the host does not know it; and the repository. */
  async whoIs(token = access.read()) {
    const person = await this.ask("GET", "/user", { known: [401], token });
    if (!person) return null;
    const found = await this.ask("GET", this.#project, { known: [401, 403, 404], token });
    const level = Math.max(found?.permissions?.project_access?.access_level ?? 0, found?.permissions?.group_access?.access_level ?? 0);
    return { name: person.username, hasRepository: Boolean(found), canWrite: level >= DEVELOPER };
  }

  async head(branch = this.settings.branch) {
    const found = await this.ask("GET", `${this.#repo}/branches/${encodeURIComponent(branch)}`, { known: [404] });
    return found?.commit?.id ?? "";
  }

  /** Return path → digest of every file of a commit. */
  async tree(commit) {
    const found = await this.list(`${this.#repo}/tree?ref=${commit}&recursive=true&pagination=keyset`);
    return new Map(found.filter((one) => one.type === "blob").map((one) => [this.inProject(one.path), one.id]).filter(([path]) => path));
  }

  async blob(sha) { return decode64((await this.ask("GET", `${this.#repo}/blobs/${sha}`)).content); }

  #file(ref, path) { return this.ask("GET", `${this.#repo}/files/${encodeURIComponent(this.inRepository(path))}?ref=${encodeURIComponent(ref)}`, { known: [404] }); }

  /** Return the digest of a file in a commit or branch; empty if it is not there. */
  async digest(ref, path) { return (await this.#file(ref, path))?.blob_id ?? ""; }

  /** Return the actions that write files on top of a commit. A file that has changed since then is refused. */
  async #actions(base, files) {
    const actions = [];
    for (const { path, bytes, sha } of files) {
      const known = await this.#file(base, path);
      const place = { file_path: this.inRepository(path), ...(known && { last_commit_id: known.last_commit_id }) };
      const content = bytes ?? (sha ? await this.blob(sha) : null);
      if (content) actions.push({ action: known ? "update" : "create", ...place, content: encode64(content), encoding: "base64" });
      else if (known) actions.push({ action: "delete", ...place });
    }
    return actions;
  }

  async #post(body) {
    const answer = await this.fetch("POST", `${this.#repo}/commits`, { body, known: [400, 409] });
    if (answer.ok) return (await answer.json()).id;
    const reason = await reasonOf(answer);
    if (/already exists|changed|does ?n.t exist|doesn't exist|out of date/i.test(reason)) throw new Moved();
    throw new Refusal(t("host_refuses", { ...this.words, reason }), answer.status);
  }

  /** Commit files to a branch in one request; `parents[0]` is its present head, or where a new branch begins. */
  async commit({ branch, isNew, parents: [head], files, message }) {
    if (!isNew && (await this.head(branch)) !== head) throw new Moved();
    return this.#post({ branch, commit_message: message, actions: await this.#actions(head, files), ...(isNew && { start_sha: head }) });
  }

  /** Begin a branch anew on top of the published one, with what a review changes there. */
  async restart({ branch, head, main, files, message }) {
    if ((await this.head(branch)) !== head) throw new Moved();
    return this.#post({ branch, commit_message: message, actions: await this.#actions(main, files), start_sha: main, force: true });
  }

  async commonCommit(one, other) { return (await this.ask("GET", `${this.#repo}/merge_base?refs[]=${one}&refs[]=${other}`)).id; }

  #review(one) {
    return { branch: one.source_branch, number: one.iid, title: one.title, url: one.web_url, author: one.author?.username ?? "", time: one.updated_at, head: one.sha, labels: one.labels, state: stateOf(one.labels) };
  }

  /** Return the open reviews, and the branches that have none because the network was lost. */
  async reviews() {
    const [open, branches] = await Promise.all([
      this.list(`${this.#project}/merge_requests?state=opened&scope=all&target_branch=${encodeURIComponent(this.settings.branch)}`),
      this.list(`${this.#repo}/branches?search=${encodeURIComponent(`^${PREFIX}`)}`),
    ]);
    const found = open.filter((one) => one.source_branch.startsWith(PREFIX) && one.source_project_id === one.target_project_id).map((one) => this.#review(one));
    const heads = new Map(branches.map((one) => [one.name, one.commit.id]));
    for (const one of found) one.head = heads.get(one.branch) ?? one.head;
    const known = new Set(found.map((one) => one.branch));
    const others = [...heads].filter(([branch]) => !known.has(branch));
    return [...found, ...others.map(([branch, head]) => ({ branch, head, number: 0, title: "", url: "", author: "", time: "", labels: [], state: "draft" }))];
  }

  async openReview({ branch, title, body, state }) {
    const made = await this.ask("POST", `${this.#project}/merge_requests`, { body: { title, description: body, source_branch: branch, target_branch: this.settings.branch, labels: LABELS[state], remove_source_branch: true } });
    return this.#review(made);
  }

  async setState(review, state) {
    const others = Object.values(LABELS).filter((one) => one !== LABELS[state]);
    const made = await this.ask("PUT", `${this.#project}/merge_requests/${review.number}`, { body: { add_labels: LABELS[state], remove_labels: others.join(",") } });
    return { ...this.#review(made), head: review.head };
  }

  /** Publish a review. Return "clash" if the published branch has changed the same lines, else "". */
  async merge(review) {
    const place = `${this.#project}/merge_requests/${review.number}`;
    for (let tries = 1; ; tries += 1) {
      const answer = await this.fetch("PUT", `${place}/merge`, { body: { sha: review.head, should_remove_source_branch: true }, known: [401, 403, 405, 406, 409, 422] });
      if (answer.ok) return "";
      if (answer.status === 409) throw new Moved();
      const reason = await reasonOf(answer);
      const found = await this.ask("GET", place); // GitLab says 401 also to those who may not publish
      if (found.has_conflicts || found.detailed_merge_status === "conflict") return "clash";
      if (["checking", "unchecked", "preparing"].includes(found.detailed_merge_status) && tries < TRIES) { await pause(); continue; }
      throw new Refusal(t("publish_forbidden", { ...this.words, reason }), 403);
    }
  }

  async discard(review) {
    if (review.number) await this.ask("PUT", `${this.#project}/merge_requests/${review.number}`, { body: { state_event: "close" } });
    await this.ask("DELETE", `${this.#repo}/branches/${encodeURIComponent(review.branch)}`, { known: [404] });
  }

  /** Return the checks of a commit: name, state, address. */
  async checks(commit) {
    const found = await this.ask("GET", `${this.#repo}/commits/${commit}/statuses?per_page=100`, { known: [403, 404] });
    const word = (one) => (["success", "skipped"].includes(one) ? "passed" : ["failed", "canceled"].includes(one) ? "failed" : "waiting");
    return (found ?? []).map((one) => ({ name: one.name, state: word(one.status), url: one.target_url ?? "" }));
  }

  async versions(ref, path) {
    const found = await this.ask("GET", `${this.#repo}/commits?path=${encodeURIComponent(this.inRepository(path))}&ref_name=${encodeURIComponent(ref)}&per_page=50`);
    return found.map((one) => ({ id: one.id, time: one.committed_date, by: one.author_name, what: one.title }));
  }
}
