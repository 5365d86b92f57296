//! What can be said on the command line or in the environment.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand};

/// Ampoule: sealed patient records for a practice, served from its own premises.
#[derive(Debug, Parser)]
#[command(name = "ampoule-server", version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the practice (what happens without a command).
    Serve(Settings),
}

#[derive(Clone, Debug, Args)]
pub struct Settings {
    /// Folder of the practice's data; made if it is missing.
    #[arg(long, env = "AMPOULE_DATA", default_value = "data", value_name = "DIR")]
    pub data: PathBuf,
    /// Address and port to listen on.
    #[arg(long, env = "AMPOULE_LISTEN", default_value = "127.0.0.1:4870", value_name = "ADDRESS:PORT")]
    pub listen: SocketAddr,
    /// Another database than the file in the data folder: postgres://…
    #[arg(long, env = "AMPOULE_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// Folder of the built site; without it `site` beside this program, else `target/site`.
    #[arg(long, env = "AMPOULE_SITE", value_name = "DIR")]
    pub site: Option<PathBuf>,
    /// A name that devices reach this server by, besides localhost and addresses; may be repeated.
    #[arg(long = "host", env = "AMPOULE_HOST", value_name = "NAME", value_delimiter = ',')]
    pub hosts: Vec<String>,
    /// Say nothing but where Ampoule is ready, and errors.
    #[arg(long, env = "AMPOULE_QUIET")]
    pub quiet: bool,
}

impl Cli {
    pub fn settings(self) -> Settings {
        match self.command {
            Some(Command::Serve(settings)) => settings,
            None => self.settings,
        }
    }
}

impl Settings {
    /// The folder of the built site, there or not.
    pub fn site_folder(&self) -> PathBuf {
        let beside = || Some(std::env::current_exe().ok()?.parent()?.join("site"));
        let found = self.site.clone().or_else(|| beside().filter(|folder| folder.is_dir()));
        found.unwrap_or_else(|| PathBuf::from("target/site"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(arguments: &[&str]) -> Settings {
        Cli::try_parse_from([&["ampoule-server"], arguments].concat()).unwrap().settings()
    }

    #[test]
    fn without_a_command_it_serves_on_this_machine_only() {
        let settings = settings(&[]);
        assert_eq!(settings.listen, "127.0.0.1:4870".parse().unwrap());
        assert_eq!(settings.data, PathBuf::from("data"));
    }

    #[test]
    fn serve_takes_the_same_settings() {
        let arguments = ["--data", "/d", "--listen", "0.0.0.0:80", "--host", "clinic.lan,tablet.lan", "--quiet"];
        let (plain, serve) = (settings(&arguments), settings(&[&["serve"], &arguments[..]].concat()));
        assert_eq!(format!("{plain:?}"), format!("{serve:?}"));
        assert_eq!(serve.hosts, ["clinic.lan", "tablet.lan"]);
    }

    #[test]
    fn a_site_that_was_named_is_taken() {
        assert_eq!(settings(&["--site", "/s"]).site_folder(), PathBuf::from("/s"));
    }
}
