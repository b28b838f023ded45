// Pictures: chosen or dropped, stored beside the item at once, shown with their alt text.
import { fileAddress, resolvePath, upload } from "./api.js";
import { button, confirmDialog, h, newId, openDialog, t } from "./dom.js";

export const isPicture = (file) => file.type.startsWith("image/") || /\.(heic|heif)$/i.test(file.name);

/** Store a picture for the item of a context; return its name there. */
export const storePicture = async (file, context) => {
  const query = new URLSearchParams({ name: file.name || "picture.png", ...context.place() });
  const found = await upload(`picture/${context.folder ?? ""}?${query}`, file);
  context.stored(found.path);
  return found.src;
};

/** Show a picture that an item names in an <img>. */
export const loadPicture = async (img, src, context) => {
  img.classList.remove("missing");
  if (!src) return;
  if (/^(data|blob):/.test(src)) { img.src = src; return; }
  try {
    img.src = await fileAddress(resolvePath(context.home(), src));
  } catch {
    img.classList.add("missing");
  }
};

/** A box in which pictures are dropped, with a button for those who do not drag. */
const dropBox = (take, inside) => {
  const box = h("div", { className: "drop" }, inside);
  box.addEventListener("dragover", (event) => { event.preventDefault(); box.classList.add("over"); });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", (event) => {
    box.classList.remove("over");
    const file = [...event.dataTransfer.files].find(isPicture);
    if (!file) return;
    event.preventDefault();
    event.stopPropagation();
    take(file);
  });
  return box;
};

export const pictureField = (field, value, context, fieldSet) => {
  let src = value?.src ?? "";
  const others = fieldSet(field.fields.filter((one) => one.key !== "src"), value, context);
  const isDecorative = (found) => Boolean(found?.src) && found.alt === "";
  const decorates = h("input", { type: "checkbox", checked: isDecorative(value), onchange: context.changed });
  const img = h("img", { alt: "", hidden: true });
  const status = h("span", { className: "note", role: "status" });
  const input = h("input", { type: "file", accept: "image/*,.heic", className: "unseen", tabIndex: -1, "aria-hidden": "true", onchange: () => { if (input.files[0]) take(input.files[0]); input.value = ""; } });
  const choose = button("", () => input.click());
  const remove = button(t("picture_remove"), () => { src = ""; draw(); context.changed(); choose.focus(); });
  const draw = () => {
    choose.textContent = `${field.label}: ${t(src ? "picture_other" : "picture_choose")}`;
    img.hidden = remove.hidden = details.hidden = !src;
    if (src) loadPicture(img, src, context);
  };
  const take = async (file) => {
    status.textContent = t("picture_saving");
    try {
      src = await storePicture(file, context);
      status.textContent = src;
      draw();
      context.changed();
      details.querySelector("textarea, input[type=text]")?.focus();
    } catch (fault) {
      status.textContent = "";
      status.append(h("span", { className: "fault" }, fault.message));
    }
  };
  const details = h("div", { className: "details" }, h("p", { className: "field flag decorates" }, h("label", {}, decorates, " ", t("picture_decorates"))), others.elements);
  const element = h("fieldset", { className: "field picture", "data-key": field.key }, h("legend", {}, field.label),
    dropBox(take, [img, h("p", {}, choose, " ", h("span", { className: "note" }, t("picture_drop")), " ", remove), status, input]), details);
  draw();
  return {
    element,
    show: (found) => { src = found?.src ?? ""; decorates.checked = isDecorative(found); others.show(found); draw(); },
    read: () => (src ? { ...(decorates.checked && { alt: "" }), ...others.read(), src } : undefined),
  };
};

const BARE = /!\[\s*\]\(([^()]*)\)(?!\{[^{}]*role=)/g;

/** Before an item is published, ask about pictures without alt text; return whether to go on. */
export const describePictures = async (item) => {
  const image = item.values().image;
  const body = item.text.read();
  const isBare = Boolean(image?.src) && !image.alt && image.alt !== "";
  if (!isBare && body.search(BARE) < 0) return true;
  if (!(await confirmDialog(t("picture_bare"), t("picture_bare_yes"), t("picture_bare_no")))) {
    (isBare ? item.element.querySelector(".picture textarea, .picture input[type=text]") : item.element.querySelector(".rich .ProseMirror"))?.focus();
    return false;
  }
  if (isBare) item.element.querySelector(".decorates input").checked = true;
  if (body.search(BARE) >= 0) await item.text.show(body.replace(BARE, (whole) => `${whole}{role=presentation}`));
  return true;
};

/** Change the alt text and the caption of a picture in the text; `set` gets both. */
export const editPicture = ({ alt, title }, set, back) => {
  const words = h("textarea", { id: newId("alt"), rows: 2, value: alt });
  const caption = h("input", { type: "text", id: newId("caption"), value: title ?? "" });
  openDialog(t("picture_title"), (close) => {
    const form = h("form", { method: "dialog" },
      h("p", { className: "field" }, h("label", { htmlFor: words.id }, t("picture_alt")), words),
      h("p", { className: "field" }, h("label", { htmlFor: caption.id }, t("picture_caption")), caption),
      h("p", { className: "actions" }, h("button", { className: "main" }, t("picture_set")), button(t("cancel"), close)));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      close();
      const line = (one) => one.value.trim().replace(/\s+/g, " ");
      set({ alt: line(words), title: line(caption) || null });
    });
    return form;
  }, { back });
};

/** Ask for the alt text of a picture that was dropped into the text; `insert` gets its name and the text. */
export const insertPicture = (file, context, insert, back) => {
  const alt = h("textarea", { id: newId("alt"), rows: 2, required: true });
  const status = h("p", { className: "fault", role: "alert" });
  openDialog(t("picture_title"), (close) => {
    const choose = h("input", { type: "file", accept: "image/*,.heic", id: newId("file") });
    const form = h("form", { method: "dialog" },
      file ? h("p", {}, file.name) : h("p", { className: "field" }, h("label", { htmlFor: choose.id }, t("picture_choose")), choose),
      h("p", { className: "field" }, h("label", { htmlFor: alt.id }, t("picture_alt")), alt),
      status, h("p", { className: "actions" }, h("button", { className: "main" }, t("picture_insert")), button(t("cancel"), close)));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const chosen = file ?? choose.files[0];
      if (!chosen) { status.textContent = t("picture_choose"); return; }
      if (!alt.value.trim()) { status.textContent = t("picture_alt_missing"); alt.focus(); return; }
      try {
        const src = await storePicture(chosen, context);
        close();
        insert(src, alt.value.trim().replace(/\s+/g, " "));
      } catch (fault) {
        status.textContent = fault.message;
      }
    });
    return form;
  }, { back });
  (file ? alt : null)?.focus();
};
