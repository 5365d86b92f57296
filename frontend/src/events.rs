//! Server-sent events: news wakes the engine, and a missing beat tells that the server is out of reach.

use std::{cell::Cell, rc::Rc};

use client::{engine::Engine, ports::Clock};
use wasm_bindgen::{JsCast, prelude::*};
use web_sys::EventSource;

use crate::{
    clock::{WorkerClock, sleep},
    ports::BrowserPorts,
};

/// Milliseconds between two looks at the watch.
const LOOK_MS: u32 = 250;
/// Without a beat for so long, the server is taken to be out of reach (a beat comes every [`wire::BEAT_MS`]).
const SILENCE_MS: f64 = 1500.0;

/// Follows the server's events while a session is open and the server is in reach.
pub async fn follow(engine: Rc<Engine<BrowserPorts>>) {
    loop {
        sleep(LOOK_MS).await;
        if engine.in_reach() {
            listen(&engine).await;
        }
    }
}

/// One connection, until it breaks or falls silent.
async fn listen(engine: &Rc<Engine<BrowserPorts>>) {
    let Ok(source) = EventSource::new("/v1/events") else { return };
    let last = Rc::new(Cell::new(WorkerClock.ticks_ms()));
    let broken = Rc::new(Cell::new(false));
    let on_beat = {
        let last = last.clone();
        Closure::<dyn FnMut()>::new(move || last.set(WorkerClock.ticks_ms()))
    };
    let on_news = {
        let (engine, last) = (engine.clone(), last.clone());
        Closure::<dyn FnMut()>::new(move || {
            last.set(WorkerClock.ticks_ms());
            engine.wake();
        })
    };
    let on_error = {
        let broken = broken.clone();
        Closure::<dyn FnMut()>::new(move || broken.set(true))
    };
    let listeners = [(wire::EVENT_BEAT, &on_beat), (wire::EVENT_NEWS, &on_news), ("error", &on_error)];
    for (name, listener) in listeners {
        source
            .add_event_listener_with_callback(name, listener.as_ref().unchecked_ref())
            .expect("a listener can be added");
    }
    let mut looked = WorkerClock.ticks_ms();
    while !broken.get() {
        sleep(LOOK_MS).await;
        let now = WorkerClock.ticks_ms();
        // A late look means that this thread was busy, not that the server was silent.
        if now - looked > f64::from(LOOK_MS) * 3.0 {
            last.set(now);
        }
        looked = now;
        if now - last.get() > SILENCE_MS || !engine.in_reach() {
            break;
        }
    }
    source.close();
    engine.check_reach();
}
