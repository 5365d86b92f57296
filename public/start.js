// Starts the program in the page: compiles the module once, hands it on for the worker, and keeps the program installed.
//
// Events on window:
//   ampoule-update         a new version is downloaded and waits; <html data-update="waiting"> stays as its mark
//   ampoule-update-accept  (sent by the page) the person wants it now: the page loads again with the new version
import init, { hydrate, mount } from "/pkg/ampoule.js";

const root = document.documentElement;

async function compile() {
  const answer = await fetch("/pkg/ampoule.wasm", { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`the program could not be loaded (${answer.status})`);
  return WebAssembly.compileStreaming(answer);
}

async function start() {
  const module = await compile();
  const { memory } = await init({ module_or_path: module });
  globalThis.ampouleTemplates?.(memory.buffer);
  const enter = root.dataset.shell === "offline" ? mount : hydrate;
  enter("/pkg/worker.js", module);
}

async function install() {
  if (!("serviceWorker" in navigator)) return;
  let controlled = navigator.serviceWorker.controller !== null;
  const registration = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });

  const announce = () => {
    root.dataset.update = "waiting";
    window.dispatchEvent(new CustomEvent("ampoule-update"));
  };
  const watch = (worker) => {
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed" && navigator.serviceWorker.controller) announce();
    });
  };
  watch(registration.installing);
  registration.addEventListener("updatefound", () => watch(registration.installing));
  if (registration.waiting && controlled) announce();

  // Another tab may have accepted: this one keeps running its version, and offers to load again.
  let accepted = false;
  window.addEventListener("ampoule-update-accept", () => {
    accepted = true;
    if (registration.waiting) registration.waiting.postMessage("SKIP_WAITING");
    else location.reload();
  });
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (accepted) location.reload();
    else if (controlled) announce();
    controlled = true;
  });

  // A tablet may keep the page open for weeks.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && navigator.onLine) registration.update().catch(() => {});
  });
}

await start();
await install();
