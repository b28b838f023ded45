// Addresses of the web as people type them.
const HOST = /^[\p{L}\d-]+(\.[\p{L}\d-]+)*\.\p{L}{2,}(:\d+)?([/?#]|$)/u;
/** Names of files look like hosts: items link to files beside them. */
const FILE = /^[^/]+\.(md|html?|pdf|docx?|xlsx?|pptx?|csv|txt|png|jpe?g|gif|svg|webp|heic|ics|zip|mp[34])$/i;

/** Return an address in full: www.example.org with https://, ann@example.org with mailto: where that is wanted. */
export const completeAddress = (typed, { mail = false } = {}) => {
  const words = typed.trim().replace(/^<(.*)>$/, "$1").trim();
  if (/^(https?|mailto|tel):\/?\/?\S/i.test(words)) return words.replace(/^(https?):\/*(?=\S)/i, (_, way) => `${way.toLowerCase()}://`);
  if (mail && /^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/.test(words)) return `mailto:${words}`;
  if (/^www\.\S+$/i.test(words) || (HOST.test(words) && !FILE.test(words) && !/\s/.test(words))) return `https://${words}`;
  return words;
};
