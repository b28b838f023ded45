// Events on the day of the reader: what is over moves to the past events, without a new build.
// Without this script, pages are right on the day of the build.
"use strict";
{
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const isOver = (element) => element.dataset.last < today;

  // Past events stand below their year.
  const shelve = (event, past) => {
    const year = event.dataset.last.slice(0, 4);
    let shelf = past.querySelector(`[data-year="${year}"]`);
    if (!shelf) {
      shelf = past.firstElementChild.cloneNode(true);
      shelf.dataset.year = year;
      shelf.querySelector("h3").textContent = event.querySelector(".event__block span:last-child").textContent;
      shelf.querySelector(".events").replaceChildren();
      past.prepend(shelf);
    }
    for (const title of event.querySelectorAll("h3")) {
      const lower = document.createElement("h4");
      lower.className = title.className;
      lower.append(...title.childNodes);
      title.replaceWith(lower);
    }
    shelf.querySelector(".events").prepend(event);
  };

  const upcoming = document.querySelector("[data-upcoming]");
  if (upcoming) {
    const past = document.querySelector("[data-past]");
    for (const event of [...upcoming.children].filter((one) => one.dataset.last && isOver(one))) {
      // The latest comes first among past events, and last among coming ones.
      if (past) shelve(event, past);
      else event.remove();
    }
    for (const spare of [...upcoming.children].slice(0, Number(upcoming.dataset.shown) || Infinity)) {
      spare.hidden = false;
    }
    const none = upcoming.parentElement.querySelector("[data-none]");
    if (none) none.hidden = upcoming.children.length > 0;
    const section = document.querySelector("[data-past]") && upcoming.closest("section");
    // Without events to come, one line says so, without a heading.
    if (section && !upcoming.children.length) section.querySelector(".section-head").hidden = upcoming.hidden = true;
  }

  const show = (name) => {
    for (const one of document.querySelectorAll(name)) one.hidden = false;
  };
  const days = document.querySelector(".facts--event [data-last]");
  if (days && isOver(days)) {
    show("[data-over]");
    for (const one of document.querySelectorAll("[data-coming]")) one.remove();
  }
  for (const one of document.querySelectorAll("[data-until]")) {
    if (one.dataset.until < today) {
      one.remove();
      show("[data-closed]");
    }
  }

  const day = document.querySelector(`[data-day="${today}"]`);
  if (day) day.setAttribute("aria-current", "date");
}
