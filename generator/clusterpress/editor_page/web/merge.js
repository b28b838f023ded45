// Two people changed one item: what each of them changed, compared with the version that both opened.

const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const parts = ({ values, body }) => ({ ...values, body });

/**
 * Return a version with the changes of both, and the keys that both changed differently ("body" is the text); there,
 * it has mine. `base` is the version that I opened: as its file has it, and as the form read it before any change.
 */
export const mergeVersions = (base, mine, theirs) => {
  const [file, form, own, other] = [base.file, base.form, mine, theirs].map(parts);
  const merged = { ...other };
  const conflicts = [];
  for (const key of new Set([...Object.keys(own), ...Object.keys(form)])) {
    if (isSame(own[key], form[key]) || isSame(own[key], other[key])) continue;
    if (!isSame(other[key], file[key])) conflicts.push(key);
    if (own[key] === undefined) delete merged[key];
    else merged[key] = own[key];
  }
  const { body, ...values } = merged;
  return { values, body: body ?? "", conflicts };
};
