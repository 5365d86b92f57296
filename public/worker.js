// The worker that holds the keys. Its first message is the compiled module; after that the program listens itself, and
// says "ready".
import init, { worker_main } from "/pkg/ampoule.js";

self.onmessage = async (event) => {
  self.onmessage = null;
  await init({ module_or_path: event.data });
  worker_main();
};
