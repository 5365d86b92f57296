//! Why the server cannot start, and what to do about it.

use std::{io, net::SocketAddr, path::PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(
        "{0} is in use, perhaps by another Ampoule. Stop that program, or choose another port, for example \
         --listen {1}"
    )]
    AddressInUse(SocketAddr, SocketAddr),
    #[error(
        "this machine does not let it listen on {0}: {1}. Choose an address of this machine and a port above 1023."
    )]
    Listen(SocketAddr, #[source] io::Error),
    #[error("the data folder {0} cannot be written: {1}. Give this user the right to, or name another with --data.")]
    Data(PathBuf, #[source] io::Error),
    #[error(
        "there is no built site in {0}. Run `cargo xtask build` in the project, or say with --site where the built \
         site is."
    )]
    Site(PathBuf),
    #[error("the list of the site's files, {0}, cannot be read: {1}. Build the site again with `cargo xtask build`.")]
    Assets(PathBuf, String),
    #[error(transparent)]
    Database(#[from] api::OpenError),
    #[error("the server stopped: {0}")]
    Serve(#[source] io::Error),
}
