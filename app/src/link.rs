//! The page's way to the worker that holds the keys, injected by the platform.
//!
//! In the browser `frontend` provides a [`Link`] over a dedicated worker; on the server [`Link::absent`] never answers,
//! so a page rendered there shows its first state and nothing else. No JavaScript value is kept in a signal.

use std::sync::Arc;

use client::{
    failure::Failure,
    protocol::{Reply, Request},
};
use futures::channel::oneshot;
use leptos::web_sys;

/// What the platform implements. The handle is `Send`; the worker behind it is not and lives with the platform.
pub trait Worker: Send + Sync {
    /// Sends a request (and files beside it); the receiver is cancelled if the worker ends first (lock).
    fn ask(&self, request: Request, files: Vec<web_sys::File>) -> oneshot::Receiver<Result<Reply, Failure>>;
    /// Ends the worker, and with it every key and every decrypted byte, and starts an empty one.
    fn lock(&self);
    /// Gives bytes to the person as a file (a download).
    fn save_file(&self, name: &str, bytes: &[u8]);
}

/// Context handle: `use_context::<Link>()`.
#[derive(Clone)]
pub struct Link(Arc<dyn Worker>);

impl Link {
    pub fn new(worker: impl Worker + 'static) -> Self {
        Self(Arc::new(worker))
    }

    /// A link without a worker, for rendering on the server.
    pub fn absent() -> Self {
        Self::new(Absent)
    }

    /// Asks the worker. [`Failure::Locked`] if the worker ended before it answered.
    pub async fn ask(&self, request: Request) -> Result<Reply, Failure> {
        self.0.ask(request, Vec::new()).await.unwrap_or(Err(Failure::Locked))
    }

    /// Asks the worker about files that the person chose or dropped.
    pub async fn ask_about(&self, request: Request, files: Vec<web_sys::File>) -> Result<Reply, Failure> {
        self.0.ask(request, files).await.unwrap_or(Err(Failure::Locked))
    }

    pub fn lock(&self) {
        self.0.lock();
    }

    pub fn save_file(&self, name: &str, bytes: &[u8]) {
        self.0.save_file(name, bytes);
    }
}

struct Absent;

impl Worker for Absent {
    fn ask(&self, _: Request, _: Vec<web_sys::File>) -> oneshot::Receiver<Result<Reply, Failure>> {
        let (sender, receiver) = oneshot::channel();
        // Nothing runs on the server that could wait for it; keep the receiver pending.
        std::mem::forget(sender);
        receiver
    }
    fn lock(&self) {}
    fn save_file(&self, _: &str, _: &[u8]) {}
}
