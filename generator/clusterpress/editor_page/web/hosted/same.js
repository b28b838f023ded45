// Whether two texts mean the same. The site's own rules are in Python, which is not here: only texts are taken for the
// same whose Markdown is plain enough that all readers of Markdown agree. All others stay as they are written.
import { tokenizer } from "../markdown.js";

/** Marks that our Markdown knows and CommonMark does not, or reads in another way. */
const OWN = /[^\S \n]|[\0\ufffd{}|^~=<>&\\]|\+\+|\[\^|:::|^ {0,3}(?:!!!|\?\?\?|:|\*\[|\d+\)|\+ )|^\t|\$\$|`{3}|^ {0,3}#{1,6}[^\s#]|_{3,}|\*{3,}|"|'|--|\.\.\.|\(c\)|:\w+:|https?:|www\.|@/im;
const LIST = /^ *(?:[-*+]|\d+\.) /m;
const space = (text) => text.replace(/\s+/g, " ").trim();

const meansSame = (one, other) => {
  if (space(one) === "" || space(other) === "") return space(one) === space(other);
  if (one !== one.trimEnd() || other !== other.trimEnd()) return false;
  if (OWN.test(one) || OWN.test(other) || LIST.test(one) !== LIST.test(other)) return false;
  if (LIST.test(one) && /^ {1,3}\S/m.test(one)) return false; // indented by other than four spaces
  return space(tokenizer.render(one)) === space(tokenizer.render(other));
};

/** Return for each pair of texts whether both mean the same. */
export const sameTexts = (pairs) => pairs.map(([one, other]) => meansSame(one, other));
