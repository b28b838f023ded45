// Events on the day of the reader: what is over moves to the past events, without a new build.
// Without this script, pages are right on the day of the build.
"use strict";
{
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const isOver = (element) => element.dataset.last < today;

  const upcoming = document.querySelector("[data-upcoming]");
  if (upcoming) {
    const past = document.querySelector("[data-past]");
    for (const event of [...upcoming.children].filter((one) => one.dataset.last && isOver(one))) {
      // The latest comes first among past events, and last among coming ones.
      if (past) past.prepend(event);
      else event.remove();
    }
    for (const spare of [...upcoming.children].slice(0, Number(upcoming.dataset.shown) || Infinity)) {
      spare.hidden = false;
    }
    const none = upcoming.parentElement.querySelector("[data-none]");
    if (none) none.hidden = upcoming.children.length > 0;
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
