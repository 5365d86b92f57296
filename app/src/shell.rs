//! The HTML document around the pages. It holds no inline script and no inline style, so a strict policy can forbid both.
//! `public/offline.html` is the same document with an empty body, for the service worker: keep the two alike.

use leptos::{config::LeptosOptions, prelude::*};
use leptos_meta::MetaTags;

use crate::{App, assets::Assets};

/// The document that the server renders for every page: always the first state of [`App`], then hydrated.
pub fn shell(_options: LeptosOptions) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html>
            <Head/>
            <body>
                <App/>
            </body>
        </html>
    }
}

#[component]
fn Head() -> impl IntoView {
    let Assets { js, wasm, css, start, policy } = use_context::<Assets>().unwrap_or_default();
    view! {
        <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
            <meta name="color-scheme" content="light dark"/>
            <meta name="theme-color" content="#F5F4F0" media="(prefers-color-scheme: light)"/>
            <meta name="theme-color" content="#11141B" media="(prefers-color-scheme: dark)"/>
            <meta name="referrer" content="no-referrer"/>
            <meta name="robots" content="noindex, nofollow"/>
            <meta name="format-detection" content="telephone=no, date=no, address=no"/>
            <link rel="stylesheet" href=css/>
            <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
            <link rel="icon" href="/icons/icon-192.png" type="image/png" sizes="192x192"/>
            <link rel="apple-touch-icon" href="/icons/apple-touch-icon.png"/>
            <link rel="manifest" href="/manifest.webmanifest"/>
            <script src=policy></script>
            <link rel="modulepreload" href=js/>
            <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
            <script type="module" src=start></script>
            <MetaTags/>
        </head>
    }
}

#[cfg(test)]
mod tests {
    use leptos_router::location::RequestUrl;

    use super::*;

    fn rendered(path: &str) -> String {
        // Fails only if another test was first.
        let _ = any_spawner::Executor::init_futures_executor();
        Owner::new().with(|| {
            provide_context(RequestUrl::new(path));
            let options = LeptosOptions::builder().output_name("ampoule").build();
            shell(options).to_html()
        })
    }

    #[test]
    fn the_document_holds_no_inline_script_and_no_inline_style() {
        let page = rendered("/");
        assert!(!page.contains("style="), "{page}");
        assert!(!page.contains("<style"), "{page}");
        for script in page.split("<script").skip(1) {
            assert!(script.starts_with(" src=") || script.contains("src=\"/pkg/"), "{script}");
            assert!(script.split_once('>').expect("a tag").1.starts_with("</script>"), "{script}");
        }
    }

    #[test]
    fn every_address_gives_the_same_first_state() {
        assert_eq!(rendered("/"), rendered("/patients/0123456789abcdef0123456789abcdef"));
    }
}
