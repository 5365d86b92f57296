//! The page's side of the worker: start it, number the requests, hand on replies and events, end it to lock.

use std::{cell::RefCell, collections::HashMap};

use app::link::{Link, Worker as AppWorker};
use client::{
    failure::Failure,
    protocol::{FromWorker, Reply, Request, ToWorker},
};
use futures::channel::oneshot;
use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, prelude::*};
use web_sys::{Blob, File, HtmlAnchorElement, MessageEvent, Url, Worker, WorkerOptions, WorkerType};

type Waiting = HashMap<u32, oneshot::Sender<Result<Reply, Failure>>>;

/// What belongs to the running worker. JavaScript values stay here, outside of every signal.
#[derive(Default)]
struct Running {
    url: String,
    module: JsValue,
    worker: Option<Worker>,
    on_message: Option<Closure<dyn FnMut(MessageEvent)>>,
    ready: bool,
    /// Messages that wait for the worker's "ready".
    early: Vec<Array>,
    waiting: Waiting,
    last: u32,
}

thread_local! {
    static RUNNING: RefCell<Running> = RefCell::default();
}

/// Starts the worker and the page on top of it.
pub fn start(worker_url: String, module: JsValue, hydrate: bool) {
    console_error_panic_hook::set_once();
    RUNNING.with_borrow_mut(|running| {
        running.url = worker_url;
        running.module = module;
    });
    spawn();
    keep_data();
    watch_network();
    let root = || {
        provide_context(Link::new(PageWorker));
        view! { <app::App/> }
    };
    if hydrate {
        leptos::mount::hydrate_body(root);
    } else {
        leptos::mount::mount_to_body(root);
    }
}

/// What the browser says of the network is only a reason to look: "reachable" means that the server answers.
fn watch_network() {
    for event in ["offline", "online"] {
        let look = Closure::<dyn FnMut()>::new(|| drop(PageWorker.ask(Request::SyncNow, Vec::new())));
        let added = window().add_event_listener_with_callback(event, look.into_js_value().unchecked_ref());
        added.expect("a listener can be added");
    }
}

/// Asks the browser not to evict what is stored here; whether it agreed is shown on the page of this device.
fn keep_data() {
    wasm_bindgen_futures::spawn_local(async {
        if let Ok(asked) = window().navigator().storage().persist() {
            // A refusal is an answer, not a fault.
            let _ = wasm_bindgen_futures::JsFuture::from(asked).await;
        }
    });
}

fn spawn() {
    RUNNING.with_borrow_mut(|running| {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&running.url, &options).expect("the worker's address is our own");
        let on_message = Closure::new(|message: MessageEvent| received(&message.data()));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.post_message(&running.module).expect("a compiled module can be posted");
        running.worker = Some(worker);
        running.on_message = Some(on_message);
        running.ready = false;
    });
}

/// Bytes are a message of the engine; anything else is the worker's "ready".
fn received(data: &JsValue) {
    let Some(bytes) = data.dyn_ref::<Uint8Array>() else {
        RUNNING.with_borrow_mut(|running| {
            running.ready = true;
            for message in std::mem::take(&mut running.early) {
                post(running, &message);
            }
        });
        return;
    };
    match wire::decode::<FromWorker>(&bytes.to_vec()) {
        Ok(FromWorker::Reply { number, reply }) => {
            let sender = RUNNING.with_borrow_mut(|running| running.waiting.remove(&number));
            if let Some(sender) = sender {
                // A page that has moved on does not wait any more.
                let _ = sender.send(reply);
            }
        }
        Ok(FromWorker::Event(event)) => app::state::on_event(event),
        Err(_) => leptos::logging::error!("a message of the worker is not understood"),
    }
}

fn post(running: &Running, message: &Array) {
    if let Some(worker) = &running.worker {
        worker.post_message(message).expect("bytes and files can be posted");
    }
}

struct PageWorker;

impl AppWorker for PageWorker {
    fn ask(&self, request: Request, files: Vec<File>) -> oneshot::Receiver<Result<Reply, Failure>> {
        let (sender, receiver) = oneshot::channel();
        RUNNING.with_borrow_mut(|running| {
            running.last += 1;
            let number = running.last;
            let bytes = wire::encode(&ToWorker { number, request });
            let message = Array::of1(&Uint8Array::from(bytes.as_slice()));
            for file in &files {
                message.push(file);
            }
            running.waiting.insert(number, sender);
            if running.ready { post(running, &message) } else { running.early.push(message) }
        });
        receiver
    }

    fn lock(&self) {
        let waiting = RUNNING.with_borrow_mut(|running| {
            if let Some(worker) = running.worker.take() {
                worker.terminate();
            }
            running.early.clear();
            std::mem::take(&mut running.waiting)
        });
        // Dropping the senders tells everyone who waits.
        drop(waiting);
        spawn();
    }

    fn save_file(&self, name: &str, bytes: &[u8]) {
        let parts = Array::of1(&Uint8Array::from(bytes));
        let save = || -> Result<(), JsValue> {
            let blob = Blob::new_with_u8_array_sequence(&parts)?;
            let url = Url::create_object_url_with_blob(&blob)?;
            let anchor: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
            anchor.set_href(&url);
            anchor.set_download(name);
            anchor.click();
            Url::revoke_object_url(&url)
        };
        if save().is_err() {
            leptos::logging::error!("the browser refused the download");
        }
    }
}
