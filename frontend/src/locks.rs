//! One tab of a browser profile holds the keys and writes: a Web Lock that the others ask for.

use std::{cell::Cell, rc::Rc};

use futures::channel::oneshot;
use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::*};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::WorkerGlobalScope;

use crate::clock::sleep;

const NAME: &str = "ampoule";
/// How often, and how many milliseconds apart, a held lock is looked at before another tab is believed in.
const LOOKS: u32 = 4;
const LOOK_MS: u32 = 150;

#[wasm_bindgen]
extern "C" {
    /// `navigator.locks`; web-sys counts it as unstable.
    type LockManager;
    #[wasm_bindgen(method)]
    fn request(this: &LockManager, name: &str, options: &Object, callback: &JsValue) -> Promise;
    #[wasm_bindgen(method)]
    fn query(this: &LockManager) -> Promise;
}

fn manager() -> LockManager {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    Reflect::get(&scope.navigator(), &"locks".into()).expect("navigator is an object").unchecked_into()
}

/// The lock is held by anybody in this browser profile.
async fn is_held() -> bool {
    let held = async {
        let state = JsFuture::from(manager().query()).await?;
        let held = Reflect::get(&state, &"held".into())?;
        let named = |lock: JsValue| Reflect::get(&lock, &"name".into()).is_ok_and(|name| name == NAME);
        Ok::<bool, JsValue>(js_sys::Array::from(&held).iter().any(named))
    };
    held.await.unwrap_or(false)
}

/// Holds the lock until the worker ends or another tab takes over.
#[derive(Clone, Default)]
pub struct TabLock {
    held: Rc<Cell<bool>>,
}

impl TabLock {
    /// Another tab is open and unlocked. A tab that was just locked or loaded again may take a moment to let go.
    pub async fn is_elsewhere(&self) -> bool {
        for _ in 0..LOOKS {
            if self.held.get() || !is_held().await {
                return false;
            }
            sleep(LOOK_MS).await;
        }
        true
    }

    /// Takes the lock if no other tab has it, or with `steal` from the tab that has it. `lost` runs when another tab
    /// steals it later. False: another tab has it.
    pub async fn take(&self, steal: bool, lost: impl FnOnce() + 'static) -> bool {
        if self.held.get() {
            return true;
        }
        let options = Object::new();
        let how = if steal { "steal" } else { "ifAvailable" };
        Reflect::set(&options, &how.into(), &true.into()).expect("a plain object takes a property");
        let (sender, granted) = oneshot::channel();
        let callback = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            let got = !lock.is_null();
            // The receiver is gone only if the worker is ending.
            let _ = sender.send(got);
            if got { Promise::new(&mut |_, _| {}).into() } else { JsValue::NULL }
        });
        let request = manager().request(NAME, &options, &callback);
        let held = self.held.clone();
        spawn_local(async move {
            // Held: settles only when the lock is stolen.
            if JsFuture::from(request).await.is_err() && held.replace(false) {
                lost();
            }
        });
        let got = granted.await.unwrap_or(false);
        self.held.set(got);
        got
    }
}
