//! `bm-devhost`: the built page and its command list for a plain browser on this machine.
//!
//! For development and the browser tests; never part of a package. It listens on the loopback
//! address only and prints that address as its one line of output.

mod guard;

use std::convert::Infallible;
use std::error::Error;
use std::io::Write;
use std::net::Ipv4Addr;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use bm_host::Office;
use clap::Parser;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

/// The largest envelope taken: more than any scan or form, less than what would fill the memory.
const ENVELOPE_BYTES_MAX: usize = 16 << 20;

/// What the window allows its page (`src-tauri/tauri.conf.json`), with this host for the shell.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     font-src 'self' data:; img-src 'self' data:; connect-src 'self'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'";

#[derive(Parser)]
#[command(
    name = "bm-devhost",
    about = "Biên Mậu in a plain browser, on this machine only"
)]
struct Arguments {
    /// Folder of the database.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Fill a new database with the invented Quảng Ninh example.
    #[arg(long)]
    demo: bool,
    /// Port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Folder of the built page.
    #[arg(long, value_name = "DIR", default_value = "ui/dist")]
    page: PathBuf,
}

struct Host {
    office: Office,
    page: PathBuf,
}

type Answer = Response<Full<Bytes>>;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let Arguments {
        data,
        demo,
        port,
        page,
    } = Arguments::parse();
    let office = Office::open_or_make(&data, demo)
        .map_err(|error| bm_api::words::error(bm_api::Language::En, &error))?;
    let equipped = office.equip(Arc::new(bm_print::Typst));
    equipped.map_err(|error| bm_api::words::error(bm_api::Language::En, &error))?;
    let host = Arc::new(Host { office, page });
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    writeln!(std::io::stdout(), "http://{}", listener.local_addr()?)?;
    loop {
        let (stream, _) = listener.accept().await?;
        let host = Arc::clone(&host);
        tokio::spawn(async move {
            let service = service_fn(move |request| serve(Arc::clone(&host), request));
            // A browser that hangs up in the middle is no matter of ours.
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

async fn serve(host: Arc<Host>, request: Request<Incoming>) -> Result<Answer, Infallible> {
    if let Err(why) = guard::check(request.method(), request.headers()) {
        return Ok(plain(why.status(), why.text()));
    }
    Ok(match (request.method(), request.uri().path()) {
        (&Method::POST, "/rpc") => rpc(host, request).await,
        (&Method::GET, path) => file(&host.page, path),
        _ => plain(StatusCode::METHOD_NOT_ALLOWED, "GET, or POST /rpc"),
    })
}

async fn rpc(host: Arc<Host>, request: Request<Incoming>) -> Answer {
    let Ok(body) = Limited::new(request.into_body(), ENVELOPE_BYTES_MAX)
        .collect()
        .await
    else {
        return plain(
            StatusCode::PAYLOAD_TOO_LARGE,
            "the envelope is too large or broke off",
        );
    };
    let envelope = String::from_utf8_lossy(&body.to_bytes()).into_owned();
    let answered = tokio::task::spawn_blocking(move || host.office.api().answer(&envelope)).await;
    answered.map_or_else(
        |_| plain(StatusCode::INTERNAL_SERVER_ERROR, "the command broke"),
        |answer| content("application/json", answer.into_bytes()),
    )
}

/// A file of the built page; a path can't leave its folder.
fn file(page: &Path, path: &str) -> Answer {
    let wanted = if path == "/" {
        "index.html"
    } else {
        path.trim_start_matches('/')
    };
    let inside = Path::new(wanted)
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    match std::fs::read(page.join(wanted)) {
        Ok(bytes) if inside => content(kind(wanted), bytes),
        _ => plain(StatusCode::NOT_FOUND, "no such file"),
    }
}

fn kind(name: &str) -> &'static str {
    match Path::new(name).extension().and_then(|end| end.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("woff") => "font/woff",
        _ => "application/octet-stream",
    }
}

fn content(kind: &'static str, bytes: Vec<u8>) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::from(bytes)));
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    answer
}

fn plain(status: StatusCode, text: &'static str) -> Answer {
    let mut answer = content("text/plain; charset=utf-8", text.as_bytes().to_vec());
    *answer.status_mut() = status;
    answer
}
