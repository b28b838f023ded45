// Read texts as the text view of the editor does, and say what it would write. Input: JSON on stdin.
import { Origin, readMarkdown, schema, splitBlocks } from "../../generator/clusterpress/editor_page/web/markdown.js";

let input = "";
for await (const part of process.stdin) input += part;
const { texts } = JSON.parse(input);
const found = [];
for (const text of texts) {
  const pairs = [];
  const same = (asked) => { pairs.push(...asked); return asked.map(() => true); };
  const { doc, origin } = await readMarkdown(text, same);
  const added = schema.nodes.paragraph.create(null, schema.text("An added line."));
  const longer = doc.copy(doc.content.addToEnd(added));
  const fresh = new Origin().write(doc);
  let raw = 0;
  doc.descendants((node) => { raw += node.type === schema.nodes.raw ? 1 : 0; });
  found.push({ raw, kept: origin.write(doc), longer: origin.write(longer), fresh, pairs, blocks: splitBlocks(text).length });
}
process.stdout.write(JSON.stringify(found));
