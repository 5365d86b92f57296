//! The shell: one document for every address of the application.

use any_spawner::Executor;
use app::assets::Assets;
use axum::{
    http::{HeaderValue, header},
    routing::{MethodRouter, get},
};
use leptos::{
    config::LeptosOptions,
    nonce::use_nonce,
    prelude::{expect_context, provide_context},
};
use leptos_axum::{ResponseOptions, render_app_to_stream_with_context};

use crate::headers::content_security_policy;

/// Renders the shell, each time with a nonce of its own.
pub(crate) fn shell(assets: Assets) -> MethodRouter {
    // Fails only if it is set already.
    let _ = Executor::init_tokio();
    let options = LeptosOptions::builder().output_name("ampoule").build();
    get(render_app_to_stream_with_context(
        move || provide_context(assets.clone()),
        move || {
            let response = expect_context::<ResponseOptions>();
            let nonce = use_nonce();
            response.insert_header(header::CONTENT_SECURITY_POLICY, content_security_policy(nonce.as_deref()));
            response.insert_header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            app::shell(options.clone())
        },
    ))
}
