//! Under which names this server answers.
//!
//! A hostile page can point its own name at an address of the local network and then talk to what listens there as to
//! its own origin (DNS rebinding). Such a request carries the hostile name as its host, so only names that are known to
//! be this server's are served. An address cannot be pointed elsewhere.

use std::net::IpAddr;

use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// The names that a server answers to, besides `localhost` and addresses.
#[derive(Clone, Debug, Default)]
pub struct Hosts(Vec<String>);

impl Hosts {
    pub fn new(names: impl IntoIterator<Item = String>) -> Self {
        Self(names.into_iter().map(|name| name.trim().trim_end_matches('.').to_ascii_lowercase()).collect())
    }

    /// Whether a `Host` header, with or without a port, is this server's.
    pub fn knows(&self, host: &str) -> bool {
        let Some(name) = without_port(host) else { return false };
        if name.parse::<IpAddr>().is_ok() {
            return true;
        }
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        name == "localhost" || self.0.contains(&name)
    }
}

fn without_port(host: &str) -> Option<&str> {
    let (name, port) = match host.strip_prefix('[') {
        Some(v6) => v6.split_once(']')?,
        None => host.find(':').map_or((host, ""), |at| host.split_at(at)),
    };
    let has_good_port = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    (has_good_port && !name.is_empty()).then_some(name)
}

/// Refuses requests under other names.
pub async fn own_names_only(State(hosts): State<Hosts>, request: Request, next: Next) -> Response {
    let host = match request.headers().get(header::HOST) {
        Some(host) => host.to_str().ok(),
        None => request.uri().authority().map(|authority| authority.as_str()), // HTTP/2
    };
    if host.is_some_and(|host| hosts.knows(host)) {
        return next.run(request).await;
    }
    let text = "This server does not answer under this name. If the name is right, start it with --host NAME.\n";
    (StatusCode::MISDIRECTED_REQUEST, text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_names_and_addresses_are_known() {
        let hosts = Hosts::new(["Clinic.lan".to_owned()]);
        for host in [
            "localhost",
            "localhost:4870",
            "LOCALHOST.:1",
            "127.0.0.1:4870",
            "192.168.1.20",
            "[::1]:4870",
            "[fe80::1]",
            "clinic.lan",
            "CLINIC.LAN.:80",
        ] {
            assert!(hosts.knows(host), "{host}");
        }
    }

    #[test]
    fn other_names_are_not() {
        let hosts = Hosts::new(["clinic.lan".to_owned()]);
        for host in [
            "",
            ":80",
            "evil.example",
            "localhost.evil.example",
            "clinic.lan.evil.example",
            "xclinic.lan",
            "localhost:80:80",
            "localhost@evil.example",
            "127.0.0.1.evil.example",
            "[::1",
            "[evil.example]",
            "localhost:99999",
        ] {
            assert!(!hosts.knows(host), "{host}");
        }
    }
}
