//! Time in a worker.

use client::ports::Clock;
use wasm_bindgen::{JsCast, prelude::*};
use wasm_bindgen_futures::JsFuture;

pub struct WorkerClock;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, ms: u32);
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
    #[wasm_bindgen(js_namespace = performance, js_name = mark)]
    fn performance_mark(name: &str);
}

pub async fn sleep(ms: u32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| set_timeout(resolve.unchecked_ref(), ms));
    // The promise has no way to be rejected.
    let _ = JsFuture::from(promise).await;
}

impl Clock for WorkerClock {
    fn now_ms(&self) -> u64 {
        js_sys::Date::now() as u64
    }

    fn local_date_time(&self) -> String {
        let date = js_sys::Date::new_0();
        let offset = -date.get_timezone_offset() as i32;
        let sign = if offset < 0 { '-' } else { '+' };
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{sign}{:02}:{:02}",
            date.get_full_year(),
            date.get_month() + 1,
            date.get_date(),
            date.get_hours(),
            date.get_minutes(),
            date.get_seconds(),
            offset.abs() / 60,
            offset.abs() % 60,
        )
    }

    fn ticks_ms(&self) -> f64 {
        performance_now()
    }

    fn mark(&self, point: &'static str) {
        performance_mark(point);
    }

    async fn pause(&self) {
        sleep(0).await;
    }

    async fn sleep(&self, ms: u32) {
        sleep(ms).await;
    }
}
