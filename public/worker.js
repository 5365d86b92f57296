// The worker that holds the keys. Its first message is the compiled module; after that the program listens itself, and
// says "ready".
import init, { worker_main } from "/pkg/ampoule.js";

// What is told as saved must have reached the disk: every read-write transaction of this worker is strict. The Rust
// wrappers of IndexedDB cannot ask for it.
const transaction = IDBDatabase.prototype.transaction;
IDBDatabase.prototype.transaction = function (stores, mode, options) {
  return transaction.call(this, stores, mode, mode === "readwrite" ? { durability: "strict", ...options } : options);
};

self.onmessage = async (event) => {
  self.onmessage = null;
  await init({ module_or_path: event.data });
  worker_main();
};
