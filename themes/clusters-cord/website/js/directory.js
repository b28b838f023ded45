// Filters of a directory. Without this script the list is whole and the form stays hidden.
"use strict";
{
  const form = document.querySelector("form.filters");
  const records = [...document.querySelectorAll(".record")];
  const groups = document.querySelectorAll(".group");
  const count = form.querySelector("[data-words]");
  const choices = [...form.querySelectorAll("select")];
  const number = new Intl.NumberFormat(document.documentElement.lang);

  const fits = (record, { name, value }) =>
    !value || (record.dataset[name] ?? "").split("|").includes(value);

  const show = () => {
    let shown = 0;
    for (const record of records) {
      record.hidden = !choices.every((choice) => fits(record, choice));
      shown += !record.hidden;
    }
    for (const group of groups) group.hidden = !group.querySelector(".record:not([hidden])");
    count.textContent = count.dataset.words
      .replace("{shown}", number.format(shown))
      .replace("{total}", number.format(records.length));
    const address = new URL(location.href);
    for (const { name, value } of choices) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    history.replaceState(null, "", address);
  };

  // A filtered list has an address of its own, which may be sent to somebody: /clusters/?country=Lebanon
  for (const choice of choices) {
    const wanted = new URLSearchParams(location.search).get(choice.name);
    if ([...choice.options].some((option) => option.value === wanted)) choice.value = wanted;
  }
  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  form.addEventListener("reset", () => requestAnimationFrame(show));
  form.hidden = false;
  show();
}
