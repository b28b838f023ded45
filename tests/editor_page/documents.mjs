// Read and write sources as the editor on a site does. Input: lines of JSON, first the site, then lists of
// [name, arguments]. Output: a line for each list.
import { createInterface } from "node:readline";
import { branchOf, pathOf } from "../../generator/clusterpress/editor_page/web/hosted/host.js";
import { Documents } from "../../generator/clusterpress/editor_page/web/hosted/documents.js";
import { pathOfNew, slugify } from "../../generator/clusterpress/editor_page/web/hosted/new_path.js";
import { sameTexts } from "../../generator/clusterpress/editor_page/web/hosted/same.js";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const next = async () => JSON.parse((await lines.next()).value ?? "null");
const site = await next();
const documents = new Documents(site);
const works = {
  read: (text, path) => documents.read(text, path),
  change: (text, form, path) => documents.change(text, form, path),
  write: (form, path) => documents.write(form, path),
  same: (pairs) => sameTexts(pairs),
  path: (folder, values, today) => pathOfNew(site.paths[folder], values, today),
  slug: slugify,
  branch: (path) => [branchOf(path), pathOf(branchOf(path))],
  kind: (path) => documents.kindOf(path) ?? null,
};
const answer = ([name, ...rest]) => {
  try {
    return works[name](...rest) ?? null;
  } catch (fault) {
    return { fault: fault.message, line: fault.line };
  }
};
for (let asked = await next(); asked; asked = await next()) console.log(JSON.stringify(asked.map(answer)));
