// What the interfaces of GitHub and GitLab share: the access of the person who signed in, requests, and what their
// failures mean in words.
import { Refusal } from "../api.js";
import { t } from "../dom.js";

const ACCESS = "clusterpress.access";
export const PREFIX = "clusterpress/";
/** The states of a review, and the labels that hold them at the host. */
export const LABELS = { draft: "clusterpress: draft", review: "clusterpress: in review", approved: "clusterpress: ready" };

// The access stands in this window's store only, and goes with the window: no address, page, file or log has it.
export const access = {
  read: () => sessionStorage.getItem(ACCESS) ?? "",
  keep: (token) => sessionStorage.setItem(ACCESS, token),
  forget: () => sessionStorage.removeItem(ACCESS),
};

/** Somebody else was faster: what was read is no longer so. */
export class Moved extends Error {}

export const encode64 = (bytes) => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
};
export const decode64 = (text) => Uint8Array.from(atob(text.replace(/\s/g, "")), (one) => one.charCodeAt(0));

const PATIENCE = 60_000;

export class Host {
  constructor(settings) { this.settings = settings; }

  get words() { return { host: this.settings.name, repo: this.settings.repo, branch: this.settings.branch }; }

  /** Ask the host; return its answer. `known` are statuses that the caller understands. */
  async fetch(method, path, { body, known = [], token = access.read() } = {}) {
    const options = { method, headers: this.headers(token), cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer", signal: AbortSignal.timeout(PATIENCE) };
    if (body !== undefined) Object.assign(options, { body: JSON.stringify(body), headers: { ...options.headers, "Content-Type": "application/json" } });
    let answer;
    try {
      answer = await fetch(this.settings.api + path, options);
    } catch {
      throw new Refusal(t("lost", this.words), 0);
    }
    if (answer.ok || known.includes(answer.status)) return answer;
    throw new Refusal(await this.explain(answer, path), answer.status);
  }

  /** Return the JSON of an answer; null for a known status that is a refusal. */
  async ask(method, path, options = {}) {
    const answer = await this.fetch(method, path, options);
    if (!answer.ok) return null;
    return answer.status === 204 ? {} : answer.json();
  }

  /** Return all parts of a long list. */
  async list(path, options) {
    const found = [];
    for (let next = `${path}${path.includes("?") ? "&" : "?"}per_page=100`; next;) {
      const answer = await this.fetch("GET", next, options);
      if (!answer.ok) return found;
      found.push(...(await answer.json()));
      const link = /<([^<>]+)>;\s*rel="next"/.exec(answer.headers.get("Link") ?? "")?.[1];
      next = link?.startsWith(this.settings.api) ? link.slice(this.settings.api.length) : "";
    }
    return found;
  }

  async explain(answer, path) {
    const reason = await reasonOf(answer);
    if (answer.status === 401) {
      document.dispatchEvent(new CustomEvent("clusterpress-signed-out"));
      return t("expired", this.words);
    }
    if (answer.status === 429 || answer.headers.get("X-RateLimit-Remaining") === "0") return t("host_busy", this.words);
    if (answer.status === 403) return t("host_forbids", { ...this.words, reason });
    if (answer.status === 404) return t("host_missing", { path: decodeURIComponent(path.split(/[?#]/)[0]) });
    if (answer.status >= 500) return t("host_down", { ...this.words, status: answer.status });
    return t("host_refuses", { ...this.words, reason });
  }

  /** Return the path of a file in the repository. */
  inRepository(path) { return this.settings.folder ? `${this.settings.folder}/${path}` : path; }
  /** Return the path of a file in the project; empty for files outside of it. */
  inProject(path) {
    const folder = this.settings.folder ? `${this.settings.folder}/` : "";
    return path.startsWith(folder) ? path.slice(folder.length) : "";
  }
}

/** Return what the host says about a refusal, on one line. */
export const reasonOf = async (answer) => {
  const text = await answer.text().catch(() => "");
  try {
    const { message, error, error_description: more, errors } = JSON.parse(text);
    const words = [message, more ?? error, ...(Array.isArray(errors) ? errors.map((one) => one.message ?? one) : [])].filter((one) => typeof one === "string");
    return words.join("; ") || (message ? JSON.stringify(message) : String(answer.status));
  } catch {
    return `${answer.status} ${answer.statusText}`.trim();
  }
};

/** Return the name of an item's branch. Each path has one of its own, as branches cannot have all signs of paths. */
export const branchOf = (path) => {
  const name = path.slice("content/".length).replace(/\.md$/, "");
  return PREFIX + [...name].map((one) => (one === "/" ? "+" : /[\p{L}\p{N}_-]/u.test(one) ? one : [...new TextEncoder().encode(one)].map((byte) => `=${byte.toString(16).padStart(2, "0")}`).join(""))).join("");
};

/** Return the path of the item that a branch is for; empty for other branches. */
export const pathOf = (branch) => {
  if (!branch.startsWith(PREFIX)) return "";
  try {
    const name = decodeURIComponent(branch.slice(PREFIX.length).replace(/%/g, "%25").replace(/=([0-9a-f]{2})/g, "%$1").replaceAll("+", "/"));
    return `content/${name}${/\.(markdown|mdown|mkdn?)$/i.test(name) ? "" : ".md"}`;
  } catch {
    return "";
  }
};

/** Return the state that the labels of a review say. */
export const stateOf = (labels) => Object.keys(LABELS).reverse().find((one) => labels.includes(LABELS[one])) ?? "draft";
