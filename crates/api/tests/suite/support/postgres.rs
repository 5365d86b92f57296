//! A PostgreSQL cluster that lives as long as the test process.

use std::{
    net::TcpListener,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use sea_orm::{ConnectionTrait, Database};

/// The URL of an empty database.
pub async fn fresh_database() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    static PORT: OnceLock<u16> = OnceLock::new();
    let port = tokio::task::spawn_blocking(|| *PORT.get_or_init(start)).await.expect("PostgreSQL starts");
    let server = format!("postgres://postgres@127.0.0.1:{port}");
    let name = format!("t{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let db = Database::connect(format!("{server}/postgres")).await.expect("PostgreSQL answers");
    db.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database is made");
    db.close().await.unwrap();
    format!("{server}/{name}")
}

fn start() -> u16 {
    let programs = programs();
    let folder = std::env::temp_dir().join(format!("ampoule-postgres-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let data = folder.join("data");
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    if is_root() {
        run(Command::new("chown").arg("postgres").arg(&folder));
    }
    run(as_user(&programs.join("initdb")).args(["-A", "trust", "-U", "postgres", "--no-sync", "-D"]).arg(&data));
    let options =
        format!("-p {port} -k {} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=300", folder.display());
    let log = folder.join("log");
    let mut control = as_user(&programs.join("pg_ctl"));
    run(control.arg("-D").arg(&data).arg("-l").arg(log).args(["-o", &options, "-w", "start"]));
    stop_after_this_process(&programs, &folder, &data);
    port
}

/// Statics are not dropped, and a test process may be killed: a shell waits for its end and cleans up.
fn stop_after_this_process(programs: &Path, folder: &Path, data: &Path) {
    let stop = if is_root() { "runuser -u postgres -- " } else { "" };
    let script = format!(
        "(while kill -0 {} 2>/dev/null; do sleep 1; done; {stop}{}/pg_ctl -D {} -m immediate stop; rm -rf {}) &",
        std::process::id(),
        programs.display(),
        data.display(),
        folder.display(),
    );
    run(Command::new("sh").args(["-c", &script]).process_group(0).stderr(Stdio::null()));
}

/// The folder of `initdb` and `pg_ctl`.
fn programs() -> PathBuf {
    let told = Command::new("pg_config").arg("--bindir").output().ok();
    let told = told.map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    let packaged = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let candidates = told.into_iter().chain(packaged.map(|version| version.path().join("bin")));
    let mut complete: Vec<_> = candidates.filter(|folder| folder.join("initdb").exists()).collect();
    complete.sort();
    complete.pop().expect(
        "these tests need PostgreSQL's initdb and pg_ctl: install the package `postgresql` \
         (Debian, Ubuntu, Fedora: postgresql-server) or put pg_config on the PATH",
    )
}

/// PostgreSQL refuses to run as root.
fn as_user(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--"]).arg(program).current_dir("/");
    command
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output().expect("`id` runs");
    output.stdout.trim_ascii() == b"0"
}

fn run(command: &mut Command) {
    // pg_ctl's child would keep a pipe open, so its output goes nowhere.
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status();
    let status = status.unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
    assert!(status.success(), "{command:?} failed");
}
