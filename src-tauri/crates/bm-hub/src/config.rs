//! Where the hub is and how long one waits for it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use native_tls::{Certificate, Identity, Protocol, TlsConnector};
use postgres_native_tls::MakeTlsConnector;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

/// How long one call may take at the counter.
pub const BUDGET: Duration = Duration::from_millis(900);

/// How long one call may take where nobody waits.
pub const BACKGROUND: Duration = Duration::from_secs(30);

/// Why an address of a hub can't be used.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum ConfigError {
    /// It is not `postgresql://user@host:port/database?…`.
    #[error("the address of the hub can't be read: {0}")]
    Address(String),
    /// An `sslmode` that would send data in the open without saying so, or one unknown.
    #[error("sslmode {0} can't be used: verify-full, verify-ca, require or disable")]
    Mode(String),
    /// A file named in it can't be read or holds something else.
    #[error("{file}: {problem}")]
    File {
        /// Its path.
        file: String,
        /// What is wrong with it.
        problem: String,
    },
}

/// How far a server's certificate is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mode {
    /// No TLS.
    Disable,
    /// TLS, with anybody.
    Require,
    /// TLS with a server whose certificate an authority signed.
    VerifyCa,
    /// The same, and the certificate names the host.
    VerifyFull,
}

/// Address, credentials and certificates of a hub, read and checked. Its `Debug` shows no password.
#[derive(Clone)]
pub struct HubConfig {
    pub(crate) postgres: Config,
    pub(crate) tls: MakeTlsConnector,
    url: String,
    mode: Mode,
    /// How long one call may take at the counter.
    pub budget: Duration,
    /// How long one call may take in the background.
    pub background: Duration,
}

impl HubConfig {
    /// Reads an address `postgresql://user:password@host:port/database?…`. Besides the parameters of
    /// the crate `tokio-postgres` it takes:
    ///
    /// - `sslmode`: `verify-full` (when absent), `verify-ca`, `require`, `disable`
    /// - `sslrootcert`: file with the certificates of authorities, PEM; the system's when absent or
    ///   `system`
    /// - `sslcert`, `sslkey`: files with this client's certificate and key (PKCS #8), PEM
    /// - `passfile`: file whose first line is the password
    ///
    /// Several hosts may stand there, divided by commas, with `target_session_attrs=read-write` for
    /// a cluster.
    ///
    /// # Errors
    /// [`ConfigError`], without the password.
    pub fn parse(url: &str) -> Result<Self, ConfigError> {
        let address = |what: &str| ConfigError::Address(what.to_owned());
        if !url.starts_with("postgresql://") && !url.starts_with("postgres://") {
            return Err(address("it does not begin with postgresql://"));
        }
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let mut own = Own::default();
        let mut rest = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = || decode(value).ok_or_else(|| address(key));
            match key {
                "sslmode" => own.mode = Some(value()?),
                "sslrootcert" => own.authorities = Some(value()?.into()),
                "sslcert" => own.certificate = Some(value()?.into()),
                "sslkey" => own.key = Some(value()?.into()),
                "passfile" => own.password = Some(value()?.into()),
                _ => rest.push(pair),
            }
        }
        let bare = format!("{base}?{}", rest.join("&"));
        // What the parser says names a parameter at most, never its value.
        let parsed = bare.parse::<Config>();
        let mut postgres = parsed.map_err(|error| address(&crate::error::text(&error)))?;
        if postgres.get_user().is_none() || postgres.get_hosts().is_empty() {
            return Err(address("it names no user or no host"));
        }
        if let Some(file) = &own.password {
            let text = read(file)?;
            let line = text.lines().next().unwrap_or_default();
            postgres.password(line);
        }
        let mode = own.mode()?;
        postgres.ssl_mode(match mode {
            Mode::Disable => SslMode::Disable,
            _ => SslMode::Require,
        });
        if postgres.get_application_name().is_none() {
            postgres.application_name("bienmau");
        }
        Ok(Self {
            tls: MakeTlsConnector::new(own.connector(mode)?),
            postgres,
            url: url.to_owned(),
            mode,
            budget: BUDGET,
            background: BACKGROUND,
        })
    }

    /// Takes the password from the first line of a file.
    ///
    /// # Errors
    /// [`ConfigError::File`].
    pub fn with_password_file(mut self, file: &Path) -> Result<Self, ConfigError> {
        let text = read(file)?;
        let line = text.lines().next().unwrap_or_default();
        self.postgres.password(line);
        Ok(self)
    }

    /// Host, port and database, to show; without user and password.
    #[must_use]
    pub fn place(&self) -> String {
        let hosts = self.postgres.get_hosts().iter().map(|host| match host {
            Host::Tcp(name) => name.clone(),
            #[cfg(unix)]
            Host::Unix(path) => path.display().to_string(),
        });
        let hosts = hosts.collect::<Vec<_>>().join(",");
        let port = self.postgres.get_ports().first().copied().unwrap_or(5432);
        let database = self.postgres.get_dbname().unwrap_or_default();
        format!("{hosts}:{port}/{database}")
    }

    /// The same address for another role.
    pub(crate) fn url_for(&self, role: &str, password: &str) -> String {
        let (scheme, rest) = self.url.split_once("://").unwrap_or(("postgresql", ""));
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let host = authority
            .rsplit_once('@')
            .map_or(authority, |(_, host)| host);
        format!("{scheme}://{role}:{password}@{host}{path}")
    }
}

impl fmt::Debug for HubConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HubConfig")
            .field("place", &self.place())
            .field("user", &self.postgres.get_user())
            .field("mode", &self.mode)
            .field("budget", &self.budget)
            .field("background", &self.background)
            .finish_non_exhaustive()
    }
}

/// The parameters that are ours to read.
#[derive(Default)]
struct Own {
    mode: Option<String>,
    authorities: Option<PathBuf>,
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
    password: Option<PathBuf>,
}

impl Own {
    fn mode(&self) -> Result<Mode, ConfigError> {
        match self.mode.as_deref() {
            None | Some("verify-full") => Ok(Mode::VerifyFull),
            Some("verify-ca") => Ok(Mode::VerifyCa),
            Some("require") => Ok(Mode::Require),
            Some("disable") => Ok(Mode::Disable),
            Some(other) => Err(ConfigError::Mode(other.to_owned())),
        }
    }

    fn connector(&self, mode: Mode) -> Result<TlsConnector, ConfigError> {
        let mut builder = TlsConnector::builder();
        builder.min_protocol_version(Some(Protocol::Tlsv12));
        builder.danger_accept_invalid_certs(mode == Mode::Require);
        builder.danger_accept_invalid_hostnames(mode < Mode::VerifyFull);
        let named = self.authorities.as_deref();
        if let Some(file) = named.filter(|file| *file != Path::new("system")) {
            let found = Certificate::stack_from_pem(read(file)?.as_bytes());
            let found = found.map_err(|error| wrong(file, &error))?;
            if found.is_empty() {
                return Err(wrong(file, &"no certificate in it"));
            }
            builder.disable_built_in_roots(true);
            for certificate in found {
                builder.add_root_certificate(certificate);
            }
        }
        match (&self.certificate, &self.key) {
            (Some(certificate), Some(key)) => {
                let (chain, secret) = (read(certificate)?, read(key)?);
                let identity = Identity::from_pkcs8(chain.as_bytes(), secret.as_bytes());
                builder.identity(identity.map_err(|error| wrong(certificate, &error))?);
            }
            (None, None) => {}
            _ => {
                let problem = "sslcert and sslkey go together";
                return Err(ConfigError::Address(problem.to_owned()));
            }
        }
        let built = builder.build();
        built.map_err(|error| ConfigError::Address(error.to_string()))
    }
}

fn wrong(file: &Path, problem: &dyn fmt::Display) -> ConfigError {
    ConfigError::File {
        file: file.display().to_string(),
        problem: problem.to_string(),
    }
}

fn read(file: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(file).map_err(|error| wrong(file, &error))
}

/// `%2F` as `/`; `None` when it is not UTF-8 or cut short.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let (digits, after) = rest.split_at_checked(2)?;
        let digits = std::str::from_utf8(digits).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = after;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(url: &str) -> Result<HubConfig, ConfigError> {
        HubConfig::parse(url)
    }

    #[test]
    fn without_a_mode_the_server_must_prove_itself() {
        let config = parse("postgresql://ws:secret@hub.example:6432/bm").expect("read");
        assert_eq!(config.mode, Mode::VerifyFull);
        assert_eq!(config.postgres.get_ssl_mode(), SslMode::Require);
        assert_eq!(config.place(), "hub.example:6432/bm");
    }

    #[test]
    fn a_mode_that_may_fall_back_to_no_tls_is_refused() {
        for mode in ["prefer", "allow", "anything"] {
            let url = format!("postgresql://ws@hub.example/bm?sslmode={mode}");
            assert_eq!(parse(&url).err(), Some(ConfigError::Mode(mode.to_owned())));
        }
    }

    #[test]
    fn nothing_shows_the_password() {
        let url = "postgresql://ws:s3cret@hub.example/bm?passwort=s3cret&sslmode=disable";
        let error = parse(url).expect_err("a parameter nobody knows");
        assert!(error.to_string().contains("passwort"), "{error}");
        assert!(!error.to_string().contains("s3cret"), "{error}");
        let config = parse("postgresql://ws:s3cret@hub.example/bm").expect("read");
        assert!(!format!("{config:?}").contains("s3cret"));
    }

    #[test]
    fn an_address_says_who_and_where() {
        for url in [
            "http://ws@hub/bm",
            "postgresql://hub.example/bm",
            "postgresql:///bm?user=x",
            "postgresql://ws@hub:port/bm",
            "postgresql://ws@hub/bm?sslcert=/tmp/a",
        ] {
            let error = parse(url).expect_err(url);
            assert!(matches!(error, ConfigError::Address(_)), "{url}: {error}");
        }
    }

    #[test]
    fn a_file_that_is_missing_is_named() {
        let error =
            parse("postgresql://ws@hub/bm?sslrootcert=%2Fno%20such%2Fca").expect_err("none");
        let ConfigError::File { file, .. } = error else {
            panic!("{error}");
        };
        assert_eq!(file, "/no such/ca");
    }

    #[test]
    fn an_address_for_another_role_keeps_the_rest() {
        let url = "postgresql://admin:pw@a.example:1,b.example:2/bm?sslmode=verify-full";
        let config = parse(url).expect("read");
        let other = config.url_for("ws", "x");
        assert_eq!(
            other,
            "postgresql://ws:x@a.example:1,b.example:2/bm?sslmode=verify-full"
        );
    }
}
