#![recursion_limit = "512"]
use clap::Parser;
use server::cli::Cli;

#[tokio::main]
async fn main() -> std::process::ExitCode {
    let settings = Cli::parse().settings();
    match server::run(settings).await {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Ampoule cannot start: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}
