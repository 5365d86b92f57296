//! From settings to a running server, and to its end.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    path::Path,
    time::Duration,
};

use tokio::{net::TcpListener, sync::oneshot};
use tracing_subscriber::EnvFilter;

use crate::{Site, StartError, cli::Settings, host::Hosts, site};

/// How long requests may take to end after the server was told to stop.
const PATIENCE: Duration = Duration::from_secs(10);

/// Serves until SIGINT or SIGTERM. Prints one line when devices can connect.
pub async fn run(settings: Settings) -> Result<(), StartError> {
    log_to_stderr(settings.quiet);
    let site = Site::open(&settings.site_folder())?;
    prepare_data_folder(&settings.data)?;
    let listener = listen(settings.listen).await?;
    let address = listener.local_addr().map_err(|error| StartError::Listen(settings.listen, error))?;
    let database_url = match &settings.database_url {
        Some(url) => url.clone(),
        None => sqlite_url(&settings.data),
    };
    let api = api::open_with(&database_url, api::Settings { build: site.build(), ..Default::default() }).await?;
    let router = site::router(api.clone(), &site, Hosts::new(settings.hosts));

    let (stopping, stopped) = oneshot::channel();
    let signal = stop_signal().map_err(StartError::Serve)?;
    let stop = async move {
        signal.await;
        tracing::info!("stopping");
        api.close();
        let _ = stopping.send(());
    };
    println!("Ampoule is ready: {}", shown_url(address));
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let serve = axum::serve(listener, service).with_graceful_shutdown(stop);
    tokio::select! {
        ended = serve => ended.map_err(StartError::Serve),
        () = async {
            let _ = stopped.await;
            tokio::time::sleep(PATIENCE).await;
        } => {
            tracing::warn!("some requests did not end in time");
            Ok(())
        }
    }
}

/// `RUST_LOG` chooses otherwise.
fn log_to_stderr(quiet: bool) {
    let usual = if quiet { "error" } else { "info" };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    // Fails only if a log is set up already.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).try_init();
}

/// Makes the folder, readable by this user alone, and tries to write there.
fn prepare_data_folder(folder: &Path) -> Result<(), StartError> {
    let failed = |error| StartError::Data(folder.to_owned(), error);
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder).map_err(failed)?;
    let probe = folder.join(".writable");
    std::fs::write(&probe, []).and_then(|()| std::fs::remove_file(&probe)).map_err(failed)
}

fn sqlite_url(data: &Path) -> String {
    // A path in a URL: `?`, `#` and `%` would end it or mean something else.
    let path = data.join("ampoule.db").to_string_lossy().replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    format!("sqlite://{path}")
}

async fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => {
            let mut other = address;
            other.set_port(address.port().checked_add(1).unwrap_or(4870));
            StartError::AddressInUse(address, other)
        }
        _ => StartError::Listen(address, error),
    })
}

/// The address as a person on this machine opens it. Browsers trust `localhost` with a service worker.
fn shown_url(address: SocketAddr) -> String {
    let port = address.port();
    match address.ip() {
        ip if ip.is_loopback() || ip.is_unspecified() => format!("http://localhost:{port}"),
        IpAddr::V6(ip) => format!("http://[{ip}]:{port}"),
        IpAddr::V4(ip) => format!("http://{ip}:{port}"),
    }
}

/// Listens from the call on and resolves at the first signal to stop.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shown_address_opens_on_this_machine() {
        for (address, url) in [
            ("127.0.0.1:4870", "http://localhost:4870"),
            ("0.0.0.0:80", "http://localhost:80"),
            ("[::]:80", "http://localhost:80"),
            ("192.168.1.2:80", "http://192.168.1.2:80"),
            ("[fd00::2]:80", "http://[fd00::2]:80"),
        ] {
            assert_eq!(shown_url(address.parse().unwrap()), url);
        }
    }

    #[test]
    fn a_path_stays_one_path_in_the_url() {
        assert_eq!(sqlite_url(Path::new("/a?b#c%20/data")), "sqlite:///a%3Fb%23c%2520/data/ampoule.db");
        assert_eq!(sqlite_url(Path::new("data")), "sqlite://data/ampoule.db");
    }
}
