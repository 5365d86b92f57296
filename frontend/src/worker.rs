//! The worker: decodes requests, runs the engine, posts replies and events.

use std::rc::Rc;

use client::{
    engine::Engine,
    failure::Failure,
    ports::FileSource,
    protocol::{Event, FromWorker, Reply, Request, Start, ToWorker},
};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::*};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

use crate::{events, locks::TabLock, ports::BrowserPorts};

/// Opens the storage, then says "ready".
pub fn start() {
    console_error_panic_hook::set_once();
    spawn_local(async {
        let engine = Rc::new(Engine::new(BrowserPorts::open().await));
        let lock = TabLock::default();
        let handler = {
            let engine = engine.clone();
            Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
                spawn_local(answer(engine.clone(), lock.clone(), message.data()));
            })
        };
        let scope = scope();
        scope.set_onmessage(Some(handler.into_js_value().unchecked_ref()));
        scope.post_message(&"ready".into()).expect("a string can be posted");
        spawn_local(events::follow(engine.clone()));
        engine.run().await;
    });
}

async fn answer(engine: Rc<Engine<BrowserPorts>>, lock: TabLock, data: JsValue) {
    let message: Array = data.unchecked_into();
    let bytes = message.get(0).unchecked_into::<Uint8Array>();
    let Ok(ToWorker { number, request }) = wire::decode::<ToWorker>(&bytes.to_vec()) else {
        return;
    };
    // The copy in the message's buffer may hold a password.
    bytes.fill(0, 0, bytes.length());
    let files = (1..message.length()).map(|at| JsFile(message.get(at).unchecked_into())).collect();
    let reply = match tab(&engine, &lock, &request).await {
        Some(reply) => reply,
        None => engine.handle(request, files).await,
    };
    post(&FromWorker::Reply { number, reply });
}

/// What the tab lock decides before the engine is asked.
async fn tab(engine: &Rc<Engine<BrowserPorts>>, lock: &TabLock, request: &Request) -> Option<Result<Reply, Failure>> {
    if matches!(request, Request::Start) && lock.is_elsewhere().await {
        return Some(Ok(Reply::Start(Start::OtherTab)));
    }
    let opens = matches!(request, Request::CreatePractice { .. } | Request::SignIn { .. } | Request::Unlock { .. });
    let steal = matches!(request, Request::TakeOver);
    if !opens && !steal {
        return None;
    }
    let stopped = engine.clone();
    let got = lock
        .take(steal, move || {
            stopped.halt();
            post(&FromWorker::Event(Event::TakenOver));
        })
        .await;
    match (got, steal) {
        (false, _) => Some(Err(Failure::OtherTab)),
        (true, true) => Some(Ok(Reply::Done)),
        (true, false) => None,
    }
}

/// Posts one message to the page, as a transferred buffer.
pub fn post(message: &FromWorker) {
    let bytes = Uint8Array::from(wire::encode(message).as_slice());
    scope()
        .post_message_with_transfer(&bytes, &Array::of1(&bytes.buffer()))
        .expect("a fresh buffer can be transferred");
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// A file of the page, read here.
struct JsFile(File);

impl FileSource for JsFile {
    fn name(&self) -> String {
        self.0.name()
    }

    fn size(&self) -> u64 {
        self.0.size() as u64
    }

    async fn read(&self) -> Option<Vec<u8>> {
        let buffer = JsFuture::from(self.0.array_buffer()).await.ok()?;
        Some(Uint8Array::new(&buffer).to_vec())
    }
}
