// Where a new item goes: as "clusterpress new" would put it (scaffolding/items.py, values/slugs.py; a test compares both).

const LETTERS = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n", "’": "", "'": "", "&": " and " };
const MAX_SLUG = 60;

/** Return a text as lower-case ASCII words joined by hyphens. */
export const slugify = (text) =>
  [...text.toLowerCase().replace(/ß|ẞ/g, "ss")].map((one) => LETTERS[one] ?? one).join("").normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");

const shorten = (slug) => {
  if (slug.length <= MAX_SLUG) return slug;
  const start = slug.slice(0, MAX_SLUG + 1);
  return start.includes("-") ? start.slice(0, start.lastIndexOf("-")) : "";
};

/**
 * Return the path of a new item, without its ending and language; null if its title makes no address.
 * `pattern` is that of its folder: "content/news/{year}/{slug}".
 */
export const pathOfNew = (pattern, values, today) => {
  const slug = slugify(String(values.slug || shorten(slugify(String(values.title ?? "")))));
  if (pattern.includes("{slug}") && !slug) return null;
  const parts = { slug, year: /^\d{4}/.exec(values.date ?? "")?.[0] ?? today.slice(0, 4), newsletter: values.newsletter ?? "", number: String(values.number ?? "").padStart(2, "0") };
  return pattern.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
};
