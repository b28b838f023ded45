// Requests to the editor's own server on this machine, or to what stands in for it on a site (hosted/). Every failure
// is a sentence; nothing is lost by one.
import { t } from "./dom.js";

const TOKEN = "clusterpress.token";

// The token stands in the address that "clusterpress edit" prints, behind the "#": no page contains it and no
// browser sends it. This window keeps it until it is closed; the address bar and the history do not.
export const takeToken = () => {
  const [, given, place] = /^#token=([\w-]+)(.*)$/.exec(location.hash) ?? [];
  if (!given) return false;
  sessionStorage.setItem(TOKEN, given);
  history.replaceState(null, "", `${location.pathname}${place && `#${place}`}`);
  return true;
};

export class Refusal extends Error {
  constructor(message, status, current) {
    super(message);
    this.status = status;
    this.current = current;
  }
}

export const encodePath = (path) => path.split("/").map(encodeURIComponent).join("/");

const request = async (method, name, body) => {
  const headers = { "X-Clusterpress-Token": sessionStorage.getItem(TOKEN) ?? "" };
  let answer;
  try {
    answer = await fetch(`api/${name}`, { method, body, headers });
  } catch {
    throw new Refusal(t("lost"), 0);
  }
  if (answer.ok) return answer;
  if (answer.status === 409 && answer.headers.get("Content-Type") === "application/json")
    throw new Refusal("conflict", 409, (await answer.json()).current);
  const words = await answer.text();
  throw new Refusal(answer.status === 403 && words.includes("clusterpress edit") ? t("expired") : words, answer.status);
};

let standIn = null;
/** Let a function answer all requests: it gets method, name and value, and returns a value or a promise. */
export const setStandIn = (answer) => { standIn = answer; };

export const get = async (name) => (standIn ? standIn("GET", name) : (await request("GET", name)).json());
export const send = async (method, name, value) =>
  standIn ? standIn(method, name, structuredClone(value)) : (await request(method, name, JSON.stringify(value))).json();
/** Megabytes of a file that the server takes (`MAX_BODY` in preview/app_server.py). */
const MOST = 100;
export const upload = async (name, file) => {
  if (standIn) return standIn("POST", name, file);
  const size = Math.ceil(file.size / 1e6);
  if (size > MOST) throw new Refusal(t("file_large", { name: file.name, size, most: MOST }), 413);
  return (await request("POST", name, file)).json();
};
const download = async (name) => (standIn ? standIn("GET", name) : (await request("GET", name)).blob());

const blobs = new Map();
/** Return an address of a file beside the items that an <img> can show. */
export const fileAddress = (path) => {
  if (!blobs.has(path))
    blobs.set(path, download(`file/${encodePath(path)}`).then((one) => URL.createObjectURL(one)));
  return blobs.get(path);
};
export const forgetFile = (path) => blobs.delete(path);

/** Return the path of a file that an item in a folder names. */
export const resolvePath = (folder, src) => {
  if (src.startsWith("/")) return `content/static${src}`;
  const parts = folder.split("/");
  for (const part of decodeURI(src).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
};

/** Return how an item in a folder names a file. */
export const relativePath = (folder, path) => {
  const from = folder.split("/");
  const to = path.split("/");
  while (from.length && to.length > 1 && from[0] === to[0]) {
    from.shift();
    to.shift();
  }
  return [...from.map(() => ".."), ...to].join("/");
};
