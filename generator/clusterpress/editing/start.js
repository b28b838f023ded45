"use strict";
window.clusterpress.config().then(
  ({ preview, ...config }) => {
    window.CMS.init({ config: { load_config_file: false, ...config } });
    window.clusterpress.preview({ preview, ...config });
  },
  (fault) => {
    const words = document.createElement("p");
    words.setAttribute("role", "alert");
    words.textContent = fault.message;
    document.body.append(words);
  },
);
