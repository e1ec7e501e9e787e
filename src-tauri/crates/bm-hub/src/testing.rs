//! A private PostgreSQL for tests: made by the test, gone with the test, however it ends.
//!
//! A shell beside the test starts the server and waits until the pipe from the test closes; then it
//! stops the server and removes its folder. So nothing is left even when the test is killed.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// What to do when PostgreSQL is not installed.
const MISSING: &str = "PostgreSQL is missing: run `make setup`, or name the folder of initdb and \
    pg_ctl in BIENMAU_PG_BIN";

/// Password of the superuser `postgres` of each cluster.
pub const PASSWORD: &str = "only-for-tests";

/// A server of its own with one superuser, `postgres`, on a port of 127.0.0.1.
pub struct Cluster {
    folder: PathBuf,
    port: u16,
    guard: Option<Child>,
}

impl Cluster {
    /// Starts a server that loses committed data when the machine fails, which is quicker.
    ///
    /// # Panics
    /// When PostgreSQL is not installed or does not start; as everything here.
    #[must_use]
    pub fn start() -> Self {
        Self::start_with("")
    }

    /// Starts such a server with more lines of `postgresql.conf`.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn start_with(settings: &str) -> Self {
        let settings = format!("fsync = off\nfull_page_writes = off\n{settings}");
        Self::start_in(fresh_folder(&memory(), "bienmau-pg"), &settings)
    }

    /// Starts a server on the disk that keeps what is committed.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn start_durable() -> Self {
        let folder = fresh_folder(&std::env::temp_dir(), "bienmau-pg");
        Self::start_in(folder, "fsync = on\n")
    }

    fn start_in(folder: PathBuf, settings: &str) -> Self {
        let data = folder.join("data");
        let mut cluster = Self {
            folder,
            port: 0,
            guard: None,
        };
        let mut copy = Command::new("cp");
        run(as_server(copy.arg("-a").args([&template(), &data])));
        let shared = "listen_addresses = '127.0.0.1'\nmax_connections = 60\nshared_buffers = 32MB\n\
            logging_collector = off\npassword_encryption = 'scram-sha-256'\n";
        let socket = format!("unix_socket_directories = '{}'\n", cluster.folder.display());
        let file = data.join("postgresql.auto.conf");
        cluster.write(&file, &format!("{shared}{socket}{settings}"));
        // Another program may take the port between our look and the server's.
        let started = (0..5).any(|_| {
            cluster.port = free_port();
            cluster.try_start()
        });
        assert!(started, "PostgreSQL does not start:\n{}", cluster.log());
        cluster
    }

    /// The port it listens on.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Its folder, which the server may read; `data` in it is the server's.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The address of a database for the superuser.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        format!(
            "postgresql://postgres:{PASSWORD}@127.0.0.1:{}/{database}?sslmode=disable",
            self.port
        )
    }

    /// Runs statements by `psql` as the superuser, each in a transaction of its own; gives the rows,
    /// fields divided by `|`, or what went wrong.
    ///
    /// # Errors
    /// What psql said.
    pub fn try_sql(&self, database: &str, sql: &str) -> Result<String, String> {
        self.try_sql_as(&self.url(database), sql)
    }

    /// As [`Self::try_sql`] for whoever the address names.
    ///
    /// # Errors
    /// What psql said.
    pub fn try_sql_as(&self, url: &str, sql: &str) -> Result<String, String> {
        let output = psql(url, sql);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if output.status.success() {
            Ok(text(&output.stdout))
        } else {
            Err(text(&output.stderr))
        }
    }

    /// As [`Self::try_sql`] where nothing may go wrong.
    ///
    /// # Panics
    /// When a statement fails.
    #[must_use]
    pub fn sql(&self, database: &str, sql: &str) -> String {
        self.try_sql(database, sql)
            .unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// Makes an empty database, gives its address for the superuser.
    ///
    /// # Panics
    /// When it can't be made.
    #[must_use]
    pub fn database(&self, name: &str) -> String {
        let _made = self.sql(
            "postgres",
            &format!("CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'"),
        );
        self.url(name)
    }

    /// Writes a file that the server owns and nobody else may read.
    ///
    /// # Panics
    /// When it can't be written.
    pub fn write(&self, file: &Path, text: &str) {
        std::fs::write(file, text).expect("a file of the server");
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).expect("its mode");
        if let Some((user, group)) = server_user() {
            chown(file, Some(user), Some(group)).expect("its owner");
        }
    }

    /// Kills the server and all its processes at once, as a power cut of the program would.
    ///
    /// # Panics
    /// When it does not run.
    pub fn kill(&mut self) {
        let postmaster = self.postmaster();
        let children = format!("/proc/{postmaster}/task/{postmaster}/children");
        let children = std::fs::read_to_string(children).expect("the server's processes");
        // The first one first: it would start the others again. One may have ended by itself.
        let mut kill = Command::new("kill");
        kill.args(["-9", &postmaster])
            .args(children.split_whitespace());
        let _some_gone = as_server(&mut kill)
            .stderr(Stdio::null())
            .status()
            .expect("kill runs");
    }

    /// Stops it in order, waiting for nobody.
    pub fn stop(&mut self) {
        self.control(&["stop", "-m", "fast"]);
    }

    /// Starts it again on the same port after [`Self::kill`] or [`Self::stop`].
    ///
    /// # Panics
    /// When it does not start.
    pub fn start_again(&mut self) {
        // Processes of the killed server may still be going, which keeps a new one from starting.
        let started = (0..50).any(|_| self.try_start());
        assert!(started, "PostgreSQL does not start again:\n{}", self.log());
    }

    /// Adds lines to `postgresql.conf` and starts the server again.
    ///
    /// # Panics
    /// When it does not start.
    pub fn configure(&mut self, settings: &str) {
        let file = self.folder.join("data/postgresql.auto.conf");
        let before = std::fs::read_to_string(&file).expect("its settings");
        self.write(&file, &format!("{before}{settings}"));
        self.stop();
        self.start_again();
    }

    /// Makes the server ask for TLS with a certificate for `localhost` by the authority in `ca.crt`
    /// of its folder; `rest` is the end of the line of `pg_hba.conf` for all clients.
    ///
    /// # Panics
    /// When it does not start.
    pub fn secure(&mut self, rest: &str) {
        let folder = self.folder.clone();
        certificate(&folder, "server", "localhost");
        let key = std::fs::read_to_string(folder.join("server.key")).expect("a key");
        self.write(&folder.join("server.key"), &key);
        let rules = format!("hostssl all all 127.0.0.1/32 {rest}\n");
        self.write(&folder.join("data/pg_hba.conf"), &rules);
        let shown = folder.display();
        self.configure(&format!(
            "ssl = on\nssl_cert_file = '{shown}/server.crt'\nssl_key_file = '{shown}/server.key'\n\
             ssl_ca_file = '{shown}/ca.crt'\n"
        ));
    }

    /// What the server wrote to its log.
    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    fn postmaster(&self) -> String {
        let file = self.folder.join("data/postmaster.pid");
        let text = std::fs::read_to_string(file).expect("a running server");
        text.lines().next().unwrap_or_default().to_owned()
    }

    fn control(&self, order: &[&str]) {
        let mut control = Command::new(program("pg_ctl"));
        control.arg("-D").arg(self.folder.join("data")).args(order);
        run(as_server(&mut control));
    }

    fn try_start(&mut self) -> bool {
        self.release(false);
        let script = r#"
            trap '' INT TERM HUP
            "$1" -D "$2/data" -l "$2/log" -o "-p $3" -w -t 30 start >/dev/null 2>&1 && echo up || echo down
            exec >/dev/null
            read -r order
            [ "$order" = leave ] && exit
            "$1" -D "$2/data" -m immediate -w stop >/dev/null 2>&1
            rm -rf "$2""#;
        let mut guard = Command::new("/bin/sh");
        guard.args(["-c", script, "guard"]).arg(program("pg_ctl"));
        guard.arg(&self.folder).arg(self.port.to_string());
        let mut guard = as_server(&mut guard)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
        let said = guard.stdout.take().expect("a pipe");
        let mut line = String::new();
        let _length = BufReader::new(said)
            .read_line(&mut line)
            .expect("its answer");
        self.guard = Some(guard);
        line.trim() == "up"
    }

    /// Lets the shell end; with the server and its folder, or without.
    fn release(&mut self, everything: bool) {
        let Some(mut guard) = self.guard.take() else {
            return;
        };
        if let (false, Some(pipe)) = (everything, guard.stdin.as_mut()) {
            let _told = pipe.write_all(b"leave\n");
        }
        drop(guard.stdin.take());
        let _status = guard.wait();
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.release(true);
        // What the test put there itself, the server's user could not remove.
        let _gone = std::fs::remove_dir_all(&self.folder);
    }
}

/// Makes a certificate authority and a certificate it signed for `name`, both PEM, in `folder`:
/// `ca.crt`, `{file}.crt`, `{file}.key`. An authority that is there is used again.
///
/// # Panics
/// When the command `openssl` is missing or fails.
pub fn certificate(folder: &Path, file: &str, name: &str) {
    let openssl = |arguments: &str| {
        let mut command = Command::new("openssl");
        let words = arguments.split_whitespace();
        let output = command.args(words).current_dir(folder).output();
        let output = output.expect("openssl is missing: run `make setup`");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "openssl {arguments}: {said}");
    };
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
    if !folder.join("ca.crt").exists() {
        openssl(&format!(
            "req -x509 {key} -days 2 -subj /CN=ca -keyout ca.key -out ca.crt"
        ));
    }
    let names = format!("subjectAltName=DNS:{name}\n");
    std::fs::write(folder.join(format!("{file}.ext")), names).expect("names");
    openssl(&format!(
        "req -new {key} -subj /CN={name} -keyout {file}.key -out {file}.csr"
    ));
    openssl(&format!(
        "x509 -req -in {file}.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 \
         -extfile {file}.ext -out {file}.crt"
    ));
}

/// Where nothing waits for the disk, if there is room: other work on a machine can make copying a
/// cluster take seconds.
fn memory() -> PathBuf {
    let free = Command::new("df").args(["-Pm", "/dev/shm"]).output();
    let said = free.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let said = said.unwrap_or_default();
    let row = said.lines().nth(1).unwrap_or_default();
    let megabytes = row.split_whitespace().nth(3).and_then(|n| n.parse().ok());
    if megabytes.is_some_and(|free: u64| free > 2_000) {
        PathBuf::from("/dev/shm")
    } else {
        std::env::temp_dir()
    }
}

/// A new folder of the server's own in another.
fn fresh_folder(place: &Path, name: &str) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let process = std::process::id();
    let folder = place.join(format!("{name}-{process}-{number}"));
    // Left by a process of the same number that was killed together with its shell.
    let _none = std::fs::remove_dir_all(&folder);
    std::fs::create_dir(&folder).expect("a folder for the server");
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).expect("its mode");
    if let Some((user, group)) = server_user() {
        chown(&folder, Some(user), Some(group)).expect("its owner");
    }
    folder
}

/// An empty cluster to copy: `initdb` takes longer than a copy. Kept from one run to the next.
fn template() -> PathBuf {
    let version = Command::new(program("initdb")).arg("--version").output();
    let version = String::from_utf8_lossy(&version.expect(MISSING).stdout).into_owned();
    let version: String = version
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let user = server_user().map_or_else(|| "own".to_owned(), |(user, _)| user.to_string());
    let kept = std::env::temp_dir().join(format!("bienmau-pg-template-{version}-{user}"));
    if kept.join("data/PG_VERSION").exists() {
        return kept.join("data");
    }
    let folder = fresh_folder(&std::env::temp_dir(), "bienmau-pg-new");
    let password = folder.join("password");
    std::fs::write(&password, PASSWORD).expect("a password");
    let mut initdb = Command::new(program("initdb"));
    initdb.args([
        "-U",
        "postgres",
        "-A",
        "scram-sha-256",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]);
    initdb
        .args([
            "--no-sync",
            "--wal-segsize=1",
            "--no-instructions",
            "--pwfile",
        ])
        .arg(&password);
    run(as_server(initdb.arg("-D").arg(folder.join("data"))));
    // Whoever comes first keeps theirs.
    if std::fs::rename(&folder, &kept).is_err() {
        let _ours = std::fs::remove_dir_all(&folder);
    }
    kept.join("data")
}

/// Where a program of PostgreSQL is: Debian keeps the server's out of the search path.
fn program(name: &str) -> PathBuf {
    if let Some(folder) = std::env::var_os("BIENMAU_PG_BIN") {
        return Path::new(&folder).join(name);
    }
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let numbered = versions.flatten().filter_map(|entry| {
        let number: u32 = entry.file_name().to_str()?.parse().ok()?;
        Some((number, entry.path().join("bin").join(name)))
    });
    let newest = numbered.filter(|(_, path)| path.exists()).max();
    newest.map_or_else(|| PathBuf::from(name), |(_, path)| path)
}

/// Who the server runs as: PostgreSQL refuses to run as root. `None`: as whoever runs the test.
fn server_user() -> Option<(u32, u32)> {
    let own = std::fs::metadata("/proc/self").map_or(1, |own| own.uid());
    (own == 0).then(|| user("postgres").or_else(|| user("nobody")))?
}

/// Numbers of a user and its group.
fn user(name: &str) -> Option<(u32, u32)> {
    let users = std::fs::read_to_string("/etc/passwd").ok()?;
    let line = users
        .lines()
        .find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2).map(str::parse);
    Some((fields.next()?.ok()?, fields.next()?.ok()?))
}

fn psql(url: &str, sql: &str) -> Output {
    let mut psql = Command::new(program("psql"));
    psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]);
    psql.args(["-v", "VERBOSITY=verbose", "-d", url]);
    let child = psql
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = child.expect(MISSING);
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(sql.as_bytes()).expect("psql reads");
    drop(input);
    child.wait_with_output().expect("psql ends")
}

fn as_server(command: &mut Command) -> &mut Command {
    if let Some((user, group)) = server_user() {
        command.uid(user).gid(group);
    }
    command.current_dir("/")
}

fn run(command: &mut Command) {
    let output = command.stdin(Stdio::null()).output().expect(MISSING);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    listener.local_addr().expect("its number").port()
}
