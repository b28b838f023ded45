// Pictures that wait for their item to be saved. They are kept in this browser, so that a closed window loses none.
const NAME = "clusterpress";
const STORE = "pictures";

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
const kept = new Map();
const store = async (mode) => {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await done(opening);
  return database.transaction(STORE, mode).objectStore(STORE);
};

/** Keep a picture; a browser that keeps nothing has it until the window is closed. */
export const keepPicture = async (key, file) => {
  kept.set(key, file);
  try {
    await done((await store("readwrite")).put(file, key));
  } catch { /* private windows may keep nothing */ }
};
export const waitingPicture = async (key) => {
  if (kept.has(key)) return kept.get(key);
  try {
    return await done((await store("readonly")).get(key));
  } catch {
    return undefined;
  }
};
export const forgetPicture = async (key) => {
  kept.delete(key);
  try {
    await done((await store("readwrite")).delete(key));
  } catch { /* nothing was kept */ }
};
/** Return the keys of all pictures that wait. */
export const waitingKeys = async () => {
  try {
    return [...new Set([...kept.keys(), ...(await done((await store("readonly")).getAllKeys()))])];
  } catch {
    return [...kept.keys()];
  }
};
