// Signing in at the host: with an access token, through a helper (the protocol of Netlify and Decap CMS), or at GitLab
// itself (OAuth 2.0 with PKCE, RFC 7636). Whatever the way, the access stays in this window.
import { button, h, newId, openDialog, say, t } from "../dom.js";
import { access, reasonOf } from "./host.js";

const PENDING = "clusterpress.pending";
const WATCH = 500;

/** Ask the host who has an access; keep it if that person may write. Return the name; throw a sentence. */
const enter = async (host, token) => {
  const words = host.words;
  if (!/^[\x21-\x7e]+$/.test(token)) throw new Error(t(token ? "token_refused" : "token_empty", words));
  const found = await host.whoIs(token);
  if (!found) throw new Error(t("token_refused", words));
  if (!found.hasRepository) throw new Error(t("repo_missing", words));
  if (!found.canWrite) throw new Error(t("repo_read_only", { ...words, name: found.name }));
  access.keep(token);
  return found.name;
};

/** Let somebody sign in through the helper, in a window of its own; return the access. */
const askHelper = ({ settings, words }) =>
  new Promise((done, fail) => {
    const address = new URL(settings.auth);
    address.search = new URLSearchParams({ provider: settings.backend, site_id: location.hostname, scope: settings.backend === "gitlab" ? "api" : "repo" });
    const opened = open(address, "clusterpress-sign-in", "popup,width=960,height=720");
    if (!opened) { fail(new Error(t("sign_in_blocked"))); return; }
    const end = (work, value) => { removeEventListener("message", listen); clearInterval(watch); opened.close(); work(value); };
    const listen = ({ data, origin, source }) => {
      if (origin !== address.origin || source !== opened || typeof data !== "string") return; // another window
      if (data === `authorizing:${settings.backend}`) { opened.postMessage(data, origin); return; }
      const [, result, content] = /^authorization:\w+:(success|error):([^]*)$/.exec(data) ?? [];
      if (!result) return;
      let found = {};
      try { found = JSON.parse(content); } catch { found = { message: content }; }
      if (result === "success" && typeof found.token === "string") end(done, found.token);
      else end(fail, new Error(t("sign_in_failed", { ...words, reason: String(found.message ?? found.error ?? content) })));
    };
    const watch = setInterval(() => { if (opened.closed) end(fail, new Error(t("sign_in_closed"))); }, WATCH);
    addEventListener("message", listen);
  });

const encode = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const random = () => encode(crypto.getRandomValues(new Uint8Array(32)));
const here = () => location.origin + location.pathname;

/** Go to GitLab to sign in there; it comes back to this page with a code. */
const goToGitLab = async ({ settings }) => {
  const [verifier, state] = [random(), random()];
  sessionStorage.setItem(PENDING, JSON.stringify({ verifier, state, place: location.hash }));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier)));
  const query = { client_id: settings.app_id, redirect_uri: here(), response_type: "code", scope: "api", state, code_challenge: encode(digest), code_challenge_method: "S256" };
  location.assign(`${settings.web}/oauth/authorize?${new URLSearchParams(query)}`);
};

/** Return the access for the code with which GitLab came back; "" if it did not. The address loses the code at once. */
const takeCode = async ({ settings, words }) => {
  const found = new URLSearchParams(location.search);
  if (!found.has("state") || !settings.app_id) return "";
  const pending = JSON.parse(sessionStorage.getItem(PENDING) ?? "{}");
  sessionStorage.removeItem(PENDING);
  history.replaceState(null, "", here() + (pending.place ?? ""));
  const fail = (reason) => { throw new Error(t("sign_in_failed", { ...words, reason })); };
  if (found.get("error")) fail(found.get("error_description") ?? found.get("error"));
  if (!pending.state || found.get("state") !== pending.state) fail(t("sign_in_closed"));
  const body = new URLSearchParams({ client_id: settings.app_id, code: found.get("code") ?? "", grant_type: "authorization_code", redirect_uri: here(), code_verifier: pending.verifier });
  let answer;
  try {
    answer = await fetch(`${settings.web}/oauth/token`, { method: "POST", body, credentials: "omit", referrerPolicy: "no-referrer" });
  } catch {
    throw new Error(t("lost", words));
  }
  if (!answer.ok) fail(await reasonOf(answer));
  return (await answer.json()).access_token;
};

/** Return a form for signing in; `done` gets the name of the person. */
const makeForm = (host, done) => {
  const { settings, words } = host;
  const status = h("p", { role: "alert", className: "fault" });
  const busy = h("p", { role: "status", className: "note" });
  const token = h("input", { type: "password", id: newId("token"), autocomplete: "off", spellcheck: false });
  const work = async (find, note) => {
    status.textContent = "";
    busy.textContent = note;
    try {
      const found = await find();
      if (found === undefined) return; // on the way to GitLab
      busy.textContent = t("sign_in_checking", words);
      const name = await enter(host, found);
      token.value = "";
      done(name);
    } catch (fault) {
      status.textContent = fault.message;
    } finally {
      busy.textContent = "";
    }
  };
  const form = h("form", { className: "token", noValidate: true, onsubmit: (event) => { event.preventDefault(); work(async () => token.value.trim(), t("sign_in_checking", words)); } },
    h("p", { className: "field" }, h("label", { htmlFor: token.id }, t("sign_in_token")), token, h("span", { className: "hint" }, t("sign_in_hint", { ...words, start: host.start }))),
    h("p", { className: "actions" }, h("button", { className: settings.auth || settings.app_id ? "" : "main" }, t("sign_in")), h("a", { href: host.makeToken, target: "_blank", rel: "noopener noreferrer" }, t("sign_in_make", words))));
  const withHost = settings.auth ? () => work(() => askHelper(host), t("sign_in_waiting")) : settings.app_id ? () => work(() => goToGitLab(host), t("sign_in_waiting")) : null;
  return { status, elements: [
    withHost && h("p", {}, button(t("sign_in_with", words), withHost, { className: "main big" })),
    withHost ? h("details", {}, h("summary", {}, t("sign_in_other")), form) : form, busy, status].filter(Boolean) };
};

/** Show the page for signing in until somebody has; return the name. */
const showPage = (host, site, message) =>
  new Promise((done) => {
    const form = makeForm(host, done);
    form.status.textContent = message;
    const title = t("sign_in_title", { site: site.site });
    document.title = title;
    document.body.replaceChildren(h("main", { className: "sign-in" }, h("h1", { tabIndex: -1 }, title), h("p", {}, t("sign_in_who", host.words)), form.elements));
    document.querySelector("button.main, input").focus();
  });

/** Return the name of the person who is signed in in this window, or signs in now. */
export const signIn = async (host, site) => {
  let message = "";
  try {
    const found = (await takeCode(host)) || access.read();
    if (found) return await enter(host, found);
  } catch (fault) {
    message = fault.message;
  }
  return showPage(host, site, message);
};

/** Offer to sign in again, as soon as the host no longer knows the access. What is in the form stays. */
export const signInAgain = (host) => {
  document.addEventListener("clusterpress-signed-out", () => {
    access.forget();
    if (document.querySelector("dialog.again")) return;
    const dialog = openDialog(t("sign_in_again"), (close) => {
      const form = makeForm(host, () => { close(); say(t("connected")); });
      return [h("p", {}, t("expired", host.words)), ...form.elements];
    });
    dialog.classList.add("again");
  });
};
