//! The program itself: what it prints, how it fails, how it ends.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::support::Folder;

fn program(folder: &Folder) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ampoule-server"));
    command.arg("--data").arg(folder.0.join("data")).arg("--site").arg(folder.site());
    command.args(["--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Ends with the test.
struct Running(Child, u16);

impl Running {
    fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        stdout.read_line(&mut line).unwrap();
        let url = line.strip_prefix("Ampoule is ready: http://localhost:").unwrap_or_else(|| panic!("{line:?}"));
        let port = url.trim().parse().unwrap();
        child.stdout = Some(stdout.into_inner());
        Self(child, port)
    }

    fn request(&self, method: &str, path: &str, cookie: &str, body: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.1)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let host = format!("localhost:{}", self.1);
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n").unwrap();
        write!(stream, "Cookie: {cookie}\r\nContent-Length: {}\r\n\r\n", body.len()).unwrap();
        stream.write_all(body).unwrap();
        stream
    }

    fn end(mut self, signal: &str) -> std::process::ExitStatus {
        let told = Command::new("kill").args([signal, &self.0.id().to_string()]).status().unwrap();
        assert!(told.success());
        self.0.wait().unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Lets the program fail, and answers what it says.
fn failure(mut command: Command) -> String {
    let output = command.output().unwrap();
    assert!(!output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn it_says_one_line_and_serves_until_it_is_told_to_stop() {
    for signal in ["-TERM", "-INT"] {
        let folder = Folder::new();
        let mut command = program(&folder);
        command.arg("--quiet");
        let mut running = Running::start(command);
        let mut answer = [0; 15];
        running.request("GET", "/v1/state", "", &[]).read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"HTTP/1.1 200 OK");
        let (mut stdout, mut stderr) = (running.0.stdout.take().unwrap(), running.0.stderr.take().unwrap());
        assert!(running.end(signal).success(), "{signal}");
        let mut rest = String::new();
        stdout.read_to_string(&mut rest).unwrap();
        stderr.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "");
        assert!(folder.0.join("data/ampoule.db").exists());
    }
}

/// A public key that is a good one: the base point of the curve.
const KEY: [u8; 32] = {
    let mut key = [0x66; 32];
    key[0] = 0x58;
    key
};

#[test]
fn an_open_event_stream_does_not_keep_it_from_stopping() {
    let folder = Folder::new();
    let running = Running::start(program(&folder));
    let cookie = found(&running);
    let mut events = BufReader::new(running.request("GET", "/v1/events", &cookie, &[]));
    let mut line = String::new();
    while !line.starts_with("event: news") {
        line.clear();
        assert_ne!(events.read_line(&mut line).unwrap(), 0, "the stream goes on");
    }
    let told = Instant::now();
    assert!(running.end("-TERM").success());
    assert!(told.elapsed() < Duration::from_secs(8), "it did not wait for its patience to end");
}

/// Founds a practice; the session's cookie.
fn found(running: &Running) -> String {
    let entry = wire::LogEntry { hash: [1; 32], bytes: b"genesis".to_vec() };
    let kdf = wire::KdfParams { memory_kib: 65536, passes: 3, lanes: 1 };
    let body = wire::encode(&wire::Found {
        practice: entry.hash,
        entries: vec![entry],
        account: wire::AccountRegistration { account: [1; 16], login_public: KEY, kdf, account_wrap: vec![1] },
        device: wire::DeviceRegistration { account: [1; 16], device: [2; 16], access_public: KEY },
    });
    let answer = BufReader::new(running.request("POST", "/v1/practice", "", &body));
    let line = answer.lines().map(Result::unwrap).find(|line| line.starts_with("set-cookie: ")).expect("a cookie");
    line["set-cookie: ".len()..].split(';').next().unwrap().to_owned()
}

#[test]
fn a_port_in_use_is_named_with_what_to_do() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = Folder::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ampoule-server"));
    command.arg("--site").arg(folder.site()).env("AMPOULE_LISTEN", &address).current_dir(&folder.0);
    let said = failure(command);
    assert!(said.contains(&address) && said.contains("in use") && said.contains("--listen"), "{said}");
}

#[test]
fn a_missing_site_is_named_with_what_to_do() {
    let folder = Folder::new();
    std::fs::remove_file(folder.site().join("assets.json")).unwrap();
    let said = failure(program(&folder));
    assert!(said.contains(&*folder.site().to_string_lossy()) && said.contains("cargo xtask build"), "{said}");
}

#[test]
fn a_data_folder_that_cannot_be_written_is_named() {
    let folder = Folder::new();
    std::fs::write(folder.0.join("data"), "a file, not a folder").unwrap();
    let said = failure(program(&folder));
    assert!(said.contains(&*folder.0.join("data").to_string_lossy()) && said.contains("--data"), "{said}");
}

#[test]
fn a_database_out_of_reach_is_an_error_without_the_password() {
    let folder = Folder::new();
    let mut command = program(&folder);
    command.env("AMPOULE_DATABASE_URL", "postgres://user:hunter2@127.0.0.1:1/none");
    let said = failure(command);
    assert!(said.contains("database") && !said.contains("hunter2"), "{said}");
}

#[cfg(unix)]
#[test]
fn the_data_folder_is_for_its_user_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let running = Running::start(program(&folder));
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder.0.join("data")), 0o700);
    assert!(running.end("-TERM").success());
}
