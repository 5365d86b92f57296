//! Where the built files are: the server reads the hashed names that the build wrote and provides them as context.

/// Addresses of the built files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    pub js: String,
    pub wasm: String,
    pub css: String,
    /// Module script that loads the front end.
    pub start: String,
    /// Script of the Trusted Types policy; runs before any other.
    pub policy: String,
}

impl Default for Assets {
    /// Names without a hash, as in development.
    fn default() -> Self {
        Self {
            js: "/pkg/ampoule.js".into(),
            wasm: "/pkg/ampoule.wasm".into(),
            css: "/pkg/ampoule.css".into(),
            start: "/pkg/start.js".into(),
            policy: "/pkg/policy.js".into(),
        }
    }
}
