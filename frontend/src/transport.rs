//! Requests by `fetch`, with a time limit, to the page's own origin only.

use client::ports::{Answer, Method, Transport, Unreachable};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestCredentials, RequestInit, RequestRedirect, Response, WorkerGlobalScope};

/// A probe that takes longer means that the server is out of reach.
const PROBE_MS: u32 = 1500;
const REQUEST_MS: u32 = 30_000;

pub struct Fetch {
    scope: WorkerGlobalScope,
}

impl Fetch {
    pub fn new() -> Self {
        Self { scope: js_sys::global().unchecked_into() }
    }

    async fn fetch(&self, method: Method, path: &str, body: Vec<u8>) -> Result<Answer, JsValue> {
        let init = RequestInit::new();
        init.set_credentials(RequestCredentials::SameOrigin);
        init.set_redirect(RequestRedirect::Error);
        init.set_signal(Some(&AbortSignal::timeout_with_u32(if matches!(path, "/v1/state" | "/v1/login/challenge") {
            PROBE_MS
        } else {
            REQUEST_MS
        })));
        match method {
            Method::Get => init.set_method("GET"),
            Method::Post => {
                init.set_method("POST");
                let headers = Headers::new()?;
                headers.set("content-type", wire::CONTENT_TYPE)?;
                init.set_headers(&headers);
                init.set_body(&Uint8Array::from(body.as_slice()));
            }
        }
        let response: Response = JsFuture::from(self.scope.fetch_with_str_and_init(path, &init)).await?.dyn_into()?;
        let body = JsFuture::from(response.array_buffer()?).await?;
        Ok(Answer {
            status: response.status(),
            content_type: response.headers().get("content-type")?.unwrap_or_default(),
            body: Uint8Array::new(&body).to_vec(),
        })
    }
}

impl Transport for Fetch {
    async fn send(&self, method: Method, path: &str, body: Vec<u8>) -> Result<Answer, Unreachable> {
        self.fetch(method, path, body).await.map_err(|_| Unreachable)
    }

    fn origin(&self) -> String {
        self.scope.location().origin()
    }
}
