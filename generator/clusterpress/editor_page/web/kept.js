// Text that is not saved is kept in this browser until it is: each form keeps its own, so that two windows never overwrite
// one another. A window holds a lock with the name of what it keeps (Web Locks API); what nobody holds is offered.

let release = () => {};
/** Let other windows offer what the form of this one has kept: it is not shown any more. */
export const leaveKept = () => release();

const hold = (key) => {
  leaveKept();
  if (!navigator.locks) return;
  const left = new Promise((done) => { release = done; });
  navigator.locks.request(key, { ifAvailable: true }, () => left);
};

/** The keys of this browser's storage that begin with some words. */
const keysOf = (start) => Object.keys(localStorage).filter((key) => key === start || key.startsWith(`${start}#`));

const parse = (text) => { try { return JSON.parse(text); } catch { return null; } };

/** Keeps the form of an item, `name`, of a site. */
export class Keeper {
  constructor(site, name) {
    this.start = `clusterpress:${site}:${name}`;
    this.key = `${this.start}#${crypto.getRandomValues(new Uint32Array(2)).join("-")}`;
    hold(this.key);
  }

  keep(value) { try { localStorage.setItem(this.key, JSON.stringify({ ...value, time: new Date().toISOString() })); } catch { /* the browser keeps nothing */ } }
  forget() { localStorage.removeItem(this.key); }

  /** Return what forms of this item have kept that no window shows any more: (key, value), newest first. */
  async left() {
    const { held = [] } = (await navigator.locks?.query()) ?? {};
    const shown = new Set(held.map((one) => one.name));
    return keysOf(this.start).filter((key) => !shown.has(key)).map((key) => ({ key, value: parse(localStorage.getItem(key)) }))
      .filter(({ value }) => value?.values).sort((one, other) => (one.value.time < other.value.time ? 1 : -1));
  }

  /** Go on with what another form has kept. */
  take(key) {
    this.forget();
    this.key = key;
    hold(key);
  }
}

export const dropKept = (key) => localStorage.removeItem(key);
