//! Keeps other web sites out. A page open in the same browser can reach a loopback port: by a name
//! that it points at 127.0.0.1 (DNS rebinding), or by a form it sends across.

use hyper::header::{CONTENT_TYPE, HOST, HeaderMap, HeaderName, ORIGIN};
use hyper::{Method, StatusCode};

/// Why a request is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    ForeignHost,
    ForeignOrigin,
    NotJson,
}

impl Refusal {
    pub const fn status(self) -> StatusCode {
        match self {
            Self::ForeignHost => StatusCode::MISDIRECTED_REQUEST,
            Self::ForeignOrigin => StatusCode::FORBIDDEN,
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        }
    }

    pub const fn text(self) -> &'static str {
        match self {
            Self::ForeignHost => "this host answers to 127.0.0.1 and localhost only",
            Self::ForeignOrigin => "this host serves its own page only",
            Self::NotJson => "an envelope is application/json",
        }
    }
}

fn is_loopback(authority: &str) -> bool {
    let name = authority
        .rsplit_once(':')
        .map_or(authority, |(name, _)| name);
    matches!(name, "127.0.0.1" | "localhost")
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers
        .get(name)
        .map(|value| value.to_str().unwrap_or_default())
}

/// Whether a request comes from this machine's own page or from a program.
pub fn check(method: &Method, headers: &HeaderMap) -> Result<(), Refusal> {
    if !text(headers, HOST).is_some_and(is_loopback) {
        return Err(Refusal::ForeignHost);
    }
    let origin = text(headers, ORIGIN).map(|origin| origin.strip_prefix("http://"));
    if origin.is_some_and(|origin| !origin.is_some_and(is_loopback)) {
        return Err(Refusal::ForeignOrigin);
    }
    // A browser sends a form or plain text across without asking; JSON it asks about first.
    let kind = text(headers, CONTENT_TYPE).unwrap_or_default();
    if *method == Method::POST && !kind.starts_with("application/json") {
        return Err(Refusal::NotJson);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use hyper::header::HeaderValue;

    use super::*;

    fn ask(
        host: &'static str,
        origin: Option<&'static str>,
        kind: &'static str,
    ) -> Result<(), Refusal> {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, HeaderValue::from_static(host));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        if let Some(origin) = origin {
            headers.insert(ORIGIN, HeaderValue::from_static(origin));
        }
        check(&Method::POST, &headers)
    }

    #[test]
    fn only_the_page_of_this_machine_is_answered() {
        let json = "application/json";
        assert_eq!(
            ask("127.0.0.1:1421", Some("http://127.0.0.1:1421"), json),
            Ok(())
        );
        assert_eq!(
            ask("localhost", None, "application/json; charset=utf-8"),
            Ok(())
        );
        assert_eq!(
            ask("evil.example:1421", None, json),
            Err(Refusal::ForeignHost)
        );
        assert_eq!(
            ask("127.0.0.1.evil.example", None, json),
            Err(Refusal::ForeignHost)
        );
        let foreign = Err(Refusal::ForeignOrigin);
        assert_eq!(
            ask("127.0.0.1:1421", Some("https://evil.example"), json),
            foreign
        );
        assert_eq!(ask("127.0.0.1:1421", Some("null"), json), foreign);
        assert_eq!(
            ask("127.0.0.1:1421", None, "text/plain"),
            Err(Refusal::NotJson)
        );
        assert_eq!(
            check(&Method::GET, &HeaderMap::new()),
            Err(Refusal::ForeignHost)
        );
    }
}
