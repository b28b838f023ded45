// The arrow keys turn the pages of an issue, in the direction in which its language is written.
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
  if (event.target.closest("input, textarea, select, [contenteditable], [role=region]")) return;
  const toRight = document.documentElement.dir === "rtl" ? "prev" : "next";
  const toLeft = toRight === "next" ? "prev" : "next";
  const rel = { ArrowRight: toRight, ArrowLeft: toLeft }[event.key];
  const link = rel && document.querySelector(`link[rel=${rel}]`);
  if (link) location.assign(link.href);
});
