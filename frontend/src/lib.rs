//! What runs in the browser and nowhere else: the entries of the page and of the worker, and the adapters of the
//! engine's ports.
//!
//! One wasm module serves both: the page calls [`hydrate`] or [`mount`], the worker calls [`worker_main`]. Keys and
//! decrypted data exist in the worker's memory only; the page holds what it shows.
#![recursion_limit = "512"]
#![cfg(target_arch = "wasm32")]

mod clock;
mod events;
mod locks;
mod page;
mod ports;
mod store;
mod transport;
mod worker;

use wasm_bindgen::prelude::*;

/// Takes over a page that the server rendered.
#[wasm_bindgen]
pub fn hydrate(worker_url: String, module: JsValue) {
    page::start(worker_url, module, true);
}

/// Fills the empty shell that the service worker serves when the server is out of reach.
#[wasm_bindgen]
pub fn mount(worker_url: String, module: JsValue) {
    page::start(worker_url, module, false);
}

/// Runs the engine; called once in a dedicated worker.
#[wasm_bindgen]
pub fn worker_main() {
    worker::start();
}
