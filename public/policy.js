// Trusted Types: the only ways from text to script, worker or markup in this page. Loaded before everything else.
//
// Workers: the two scripts of this build. Markup: only what stands word for word in the WebAssembly module as it was
// compiled (Leptos keeps static parts of pages there as HTML). The module's memory is shown once, by start.js, before any
// page code has run and so before any text of a person could be in it. Everything else is refused, by throwing.
"use strict";
(() => {
  const workers = ["/pkg/worker.js", "/sw.js"].map((path) => new URL(path, location.origin).href);
  const latin1 = new TextDecoder("latin1");
  const utf8 = new TextEncoder();
  let templates = null;

  // One-shot, and gone before page code runs.
  Object.defineProperty(globalThis, "ampouleTemplates", {
    configurable: true,
    value(memory) {
      delete globalThis.ampouleTemplates;
      templates = latin1.decode(new Uint8Array(memory));
    },
  });

  if (!globalThis.trustedTypes) return;
  const refuse = (kind) => {
    throw new TypeError(`refused by the page's policy: ${kind}`);
  };
  trustedTypes.createPolicy("default", {
    createHTML(text) {
      const known = text === "" || templates?.includes(latin1.decode(utf8.encode(text)));
      return known ? text : refuse("markup that the program does not contain");
    },
    createScriptURL(url) {
      return workers.includes(new URL(url, location.href).href) ? url : refuse("unknown worker script");
    },
    createScript() {
      return refuse("script from text");
    },
  });
})();
