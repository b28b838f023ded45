// The editor on a site: somebody signs in, then the page of "clusterpress edit" works on the repository.
import { setStandIn } from "../api.js";
import { h, setWords } from "../dom.js";
import { Documents } from "./documents.js";
import { GitHub } from "./github.js";
import { GitLab } from "./gitlab.js";
import { Repository } from "./repository.js";
import { answers } from "./requests.js";
import { makeReviews } from "./reviews.js";
import { signIn, signInAgain } from "./sign_in.js";

const load = async (name) => {
  const answer = await fetch(new URL(`../../${name}`, import.meta.url), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
};

const start = async () => {
  if (window.top !== window.self) throw new Error("it is shown inside another page");
  const site = await load("site.json");
  setWords(site.words);
  document.documentElement.lang = site.words.language;
  const host = new (site.host.backend === "gitlab" ? GitLab : GitHub)(site.host);
  const name = await signIn(host, site);
  signInAgain(host);
  const repository = new Repository(host, site, new Documents(site), await load("items.json"));
  setStandIn(answers(repository));
  const { begin } = await import("../app.js");
  await begin(makeReviews(repository, name));
};

start().catch((fault) => {
  document.body.replaceChildren(h("main", {}, h("h1", {}, "Editor"), h("p", { role: "alert" }, `The editor cannot start: ${fault.message}. Load the page again.`)));
});
