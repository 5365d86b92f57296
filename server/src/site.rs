//! The built site, and how all parts share the addresses.
//!
//! ```text
//! /v1/…     the API, which answers its own errors
//! /pkg/…    hashed files, or 404
//! /FILE     a file of the site as it is
//! /…        the shell, whose routes are the application's own; 404 if it looks like a file
//! ```

use std::path::{Path, PathBuf};

use api::Api;
use app::assets::Assets;
use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
};
use tower_http::services::ServeDir;

use crate::{
    StartError, headers,
    host::{Hosts, own_names_only},
    pages,
};

/// A built site: its folder and the names that the shell links.
#[derive(Clone, Debug)]
pub struct Site {
    folder: PathBuf,
    assets: Assets,
}

impl Site {
    /// Reads `assets.json`, which the build writes beside the files.
    pub fn open(folder: &Path) -> Result<Self, StartError> {
        let list = folder.join("assets.json");
        let Ok(text) = std::fs::read(&list) else { return Err(StartError::Site(folder.to_owned())) };
        let assets = read_assets(&text).map_err(|what| StartError::Assets(list, what))?;
        Ok(Self { folder: folder.to_owned(), assets })
    }

    /// Changes with every build of the program that devices load: its first script names all its other parts.
    pub fn build(&self) -> String {
        let hash = self.assets.start.rsplit('.').nth(1).unwrap_or_default();
        format!("{} {hash}", env!("CARGO_PKG_VERSION"))
    }
}

fn read_assets(text: &[u8]) -> Result<Assets, String> {
    let list: serde_json::Value = serde_json::from_slice(text).map_err(|error| error.to_string())?;
    let url = |name: &str| match list[name].as_str() {
        Some(url) => Ok(url.to_owned()),
        None => Err(format!("`{name}` is missing")),
    };
    Ok(Assets { js: url("js")?, wasm: url("wasm")?, css: url("css")?, start: url("start")?, policy: url("policy")? })
}

/// Everything that the server answers.
pub fn router(api: Api, site: &Site, hosts: Hosts) -> Router {
    let shell = pages::shell(site.assets.clone()).layer(from_fn(no_missing_files));
    let files = ServeDir::new(&site.folder).append_index_html_on_directories(false).precompressed_br();
    let hashed = ServeDir::new(site.folder.join("pkg")).append_index_html_on_directories(false).precompressed_br();
    Router::new()
        .nest_service("/pkg", hashed)
        .fallback_service(files.fallback(shell))
        .layer(from_fn(keep_what_is_hashed))
        .merge(api::router(api))
        .layer(from_fn_with_state(hosts, own_names_only))
        .layer(from_fn(headers::secure))
}

/// An address that names a file, and there is none, is not a page.
async fn no_missing_files(request: Request, next: Next) -> Response {
    let last = request.uri().path().rsplit('/').next().unwrap_or_default();
    if last.contains('.') {
        return (StatusCode::NOT_FOUND, "There is no such file.\n").into_response();
    }
    next.run(request).await
}

/// A file whose name holds its hash is kept for good; anything else is asked for again each time.
async fn keep_what_is_hashed(request: Request, next: Next) -> Response {
    let is_hashed = is_hashed(request.uri().path());
    let mut response = next.run(request).await;
    let is_there = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let keep = if is_hashed && is_there { "public, max-age=31536000, immutable" } else { "no-cache" };
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(keep));
    response
}

/// `/pkg/NAME.HASH.EXT`
fn is_hashed(path: &str) -> bool {
    let Some(file) = path.strip_prefix("/pkg/") else { return false };
    let mut parts = file.rsplit('/').next().unwrap_or_default().rsplit('.');
    let hash = parts.nth(1).unwrap_or_default();
    hash.len() >= 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) && parts.next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_with_a_hash_is_hashed() {
        assert!(is_hashed("/pkg/ampoule.0123456789abcdef.js"));
        assert!(is_hashed("/pkg/snippets/x-1/inline0.0123abcd.js"));
        for path in ["/pkg/ampoule.js", "/pkg/ampoule.min.js", "/pkg/0123abcd.js", "/sw.0123abcd.js", "/pkg/", "/"] {
            assert!(!is_hashed(path), "{path}");
        }
    }

    #[test]
    fn a_list_of_files_that_misses_one_says_which() {
        let list = br#"{"js": "/a", "wasm": "/b", "css": "/c", "start": "/d"}"#;
        assert_eq!(read_assets(list).unwrap_err(), "`policy` is missing");
        assert!(read_assets(b"not a list").is_err());
    }
}
