// Dragging lines of lists to another place, with mouse, pen or finger: the events of browsers for dragging know no fingers.
import { h } from "./dom.js";

const FAR = 4; // pixels after which a press is no click
const EDGE = 70; // pixels from the edge of the window within which it scrolls
const STEP = 14; // pixels that it scrolls at a time

const distance = (box, y) => Math.max(box.top - y, y - box.bottom, 0);

class Drag {
  constructor(event, line, lists, drop) {
    Object.assign(this, { line, lists, drop, start: event.clientY, y: event.clientY, pointer: event.pointerId, target: null });
    this.mark = h("li", { className: "drop-mark", "aria-hidden": "true" });
    this.end = new AbortController();
    const on = (name, listener) => document.addEventListener(name, listener, { signal: this.end.signal, capture: true });
    on("pointermove", (one) => this.#move(one));
    on("pointerup", (one) => { if (one.pointerId === this.pointer) this.#finish(true); });
    on("pointercancel", () => this.#finish(false));
    on("keydown", (one) => { if (one.key === "Escape") { one.preventDefault(); one.stopPropagation(); this.#finish(false); } });
  }

  #move(event) {
    if (event.pointerId !== this.pointer) return;
    event.preventDefault();
    this.y = event.clientY;
    if (!this.target && Math.abs(this.y - this.start) < FAR) return;
    this.line.classList.add("dragged");
    this.#find();
    if (!this.scrolling) this.#scroll();
  }

  /** Find the list that is nearest to the pointer, and the line before which the dragged one would come. */
  #find() {
    const boxes = this.lists().map((list) => [distance(list.getBoundingClientRect(), this.y), list]);
    const [, list] = boxes.reduce((one, other) => (other[0] < one[0] ? other : one));
    const lines = [...list.children].filter((one) => one !== this.mark && one !== this.line);
    const next = lines.find((one) => { const { top, height } = one.getBoundingClientRect(); return this.y < top + height / 2; });
    this.target = { list, place: next ? lines.indexOf(next) : lines.length };
    list.insertBefore(this.mark, next ?? null);
  }

  #scroll() {
    const step = this.y < EDGE ? -STEP : this.y > innerHeight - EDGE ? STEP : 0;
    if (step) { scrollBy(0, step); this.#find(); }
    this.scrolling = requestAnimationFrame(() => this.#scroll());
  }

  #finish(isDropped) {
    this.end.abort();
    cancelAnimationFrame(this.scrolling);
    this.mark.remove();
    this.line.classList.remove("dragged");
    if (isDropped && this.target) this.drop(this.target.list, this.target.place);
  }
}

/**
 * Let a line be dragged: by its handle, with a mouse anywhere. `lists` returns the lists in which it may be dropped;
 * `drop` gets one of them and the place there, counted without the line itself.
 */
export const makeDraggable = (line, handle, lists, drop) => {
  line.addEventListener("pointerdown", (event) => {
    const isHandle = handle.contains(event.target);
    if (event.button || (!isHandle && (event.pointerType !== "mouse" || event.target.closest("button, a")))) return;
    event.preventDefault(); // no text is selected
    handle.focus();
    new Drag(event, line, lists, drop);
  });
};
