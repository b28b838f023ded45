// The project's folder as the browser's own file system would show it, by way of the server on this machine.
// So the editor works in every browser, asks for no folder, and all that it writes passes the same checks.
"use strict";
window.CMS_MANUAL_INIT = true;
window.clusterpress = (() => {
  // The token stands in the address that "clusterpress edit" prints, behind the "#": no page contains it and no
  // browser sends it. This window keeps it until it is closed; the address bar and the history do not.
  const [, given, place] = /^#token=([\w-]+)(.*)$/.exec(location.hash) ?? [];
  if (given) {
    sessionStorage.setItem("clusterpress.token", given);
    history.replaceState(null, "", `${location.pathname}${place && `#${place}`}`);
  }
  const token = sessionStorage.getItem("clusterpress.token") ?? "";
  const TOKEN = "X-Clusterpress-Token";
  const SEEN = "X-Clusterpress-Seen";
  const TEMPORARY = ".sveltia-tmp-";
  const seen = new Map();
  let tree = new Set();

  const tell = (words) => {
    document.querySelector("#clusterpress-refusal")?.remove();
    const box = document.createElement("div");
    box.id = "clusterpress-refusal";
    box.setAttribute("role", "alert");
    box.style.cssText =
      "position:fixed;inset:auto 1rem 1rem 1rem;z-index:2147483647;max-width:50rem;margin:auto;padding:1rem 1.25rem;" +
      "white-space:pre-line;font:16px/1.5 system-ui,sans-serif;color:#fff;background:#7a1014;border-radius:6px";
    box.textContent = `Not saved.\n${words}`;
    const close = document.createElement("button");
    close.textContent = "Close";
    close.style.cssText = "display:block;margin-top:.75rem;padding:.4rem 1rem;font:inherit;cursor:pointer";
    close.onclick = () => box.remove();
    box.append(close);
    document.body.append(box);
    close.focus();
  };

  const ask = async (method, name, body, headers = {}) => {
    const address = `api/${name.split("/").map(encodeURIComponent).join("/")}`;
    const answer = await fetch(address, { method, body, headers: { [TOKEN]: token, ...headers } });
    if (answer.ok) return answer;
    const words = await answer.text();
    if (method !== "GET") tell(words);
    throw answer.status === 404 ? new DOMException(words, "NotFoundError") : new Error(words, { cause: new Error(words) });
  };

  // The editor asks a CDN for its own news; nothing here leaves this machine.
  const fetchHere = window.fetch.bind(window);
  window.fetch = (request, ...rest) => {
    const address = new URL(request instanceof Request ? request.url : request, location.href);
    const isHere = address.origin === location.origin || ["blob:", "data:"].includes(address.protocol);
    return isHere ? fetchHere(request, ...rest) : Promise.reject(new TypeError(`${address.host} is not asked`));
  };

  const load = async () => { tree = new Set(await (await ask("GET", "tree")).json()); };

  class FileHandle {
    kind = "file";
    #written = null;
    constructor(path) { this.path = path; this.name = path.split("/").pop(); }
    get #isTemporary() { return this.name.startsWith(TEMPORARY); }
    async isSameEntry(other) { return other.path === this.path; }
    async queryPermission() { return "granted"; }
    async requestPermission() { return "granted"; }
    async getFile() {
      if (this.#written && this.#isTemporary) return new File([this.#written], this.name);
      const answer = await ask("GET", `file/${this.path}`);
      seen.set(this.path, answer.headers.get(SEEN));
      return new File([await answer.blob()], this.name, { type: answer.headers.get("Content-Type"), lastModified: 0 });
    }
    async #put(data, path = this.path) {
      const headers = seen.has(path) ? { [SEEN]: seen.get(path) } : {};
      const answer = await ask("PUT", `file/${path}`, data, headers);
      seen.set(path, answer.headers.get(SEEN));
      tree.add(path);
    }
    async createWritable() {
      return {
        write: async (data) => {
          const content = data instanceof Blob ? await data.arrayBuffer() : data?.data ?? data;
          this.#written = new Blob([content]);
          if (!this.#isTemporary) await this.#put(this.#written);
        },
        close: async () => {},
      };
    }
    async move(folder, name = this.name) {
      const path = `${folder.path}/${name}`;
      if (this.#isTemporary) {
        // Until this is done the handle keeps its temporary name: whoever cleans up removes that, not the file.
        await this.#put(this.#written, path);
        this.path = path;
        this.name = name;
        return;
      }
      await ask("POST", "move", JSON.stringify({ from: this.path, to: path }));
      tree.delete(this.path);
      tree.add(path);
      if (seen.has(this.path)) seen.set(path, seen.get(this.path));
      this.path = path;
      this.name = name;
    }
  }

  class DirectoryHandle {
    kind = "directory";
    constructor(path) { this.path = path; this.name = path.split("/").pop() || "project"; }
    #below(name) { return this.path ? `${this.path}/${name}` : name; }
    #has(path) { return [...tree].some((file) => file.startsWith(`${path}/`)); }
    async queryPermission() { return "granted"; }
    async requestPermission() { return "granted"; }
    async *entries() {
      if (!this.path) await load();
      const start = this.path ? `${this.path}/` : "";
      const names = new Map();
      for (const file of tree) {
        if (!file.startsWith(start)) continue;
        const [name, ...rest] = file.slice(start.length).split("/");
        names.set(name, rest.length > 0);
      }
      for (const [name, isFolder] of names) {
        yield [name, isFolder ? new DirectoryHandle(this.#below(name)) : new FileHandle(this.#below(name))];
      }
    }
    async *values() { for await (const [, handle] of this.entries()) yield handle; }
    async *keys() { for await (const [name] of this.entries()) yield name; }
    [Symbol.asyncIterator]() { return this.entries(); }
    async getDirectoryHandle(name, { create = false } = {}) {
      const path = this.#below(name);
      if (!create && !this.#has(path)) throw new DOMException(`${path} is not there`, "NotFoundError");
      return new DirectoryHandle(path);
    }
    async getFileHandle(name, { create = false } = {}) {
      const path = this.#below(name);
      if (!create && !tree.has(path)) throw new DOMException(`${path} is not there`, "NotFoundError");
      return new FileHandle(path);
    }
    async removeEntry(name) {
      const path = this.#below(name);
      if (name.startsWith(TEMPORARY) || !tree.has(path)) return;
      await ask("DELETE", `file/${path}`);
      tree.delete(path);
    }
  }

  const project = new DirectoryHandle("");
  const home = { kind: "directory", name: "", getDirectoryHandle: async () => project };
  Object.defineProperty(navigator.storage, "getDirectory", { value: async () => home });
  // Whoever has the address is signed in: the key is its token.
  localStorage.setItem("sveltia-cms.user", JSON.stringify({ backendName: "test-repo" }));
  return { config: async () => (await ask("GET", "config")).json(), ask };
})();
