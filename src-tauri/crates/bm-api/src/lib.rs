//! The one command list: what every host (window, command line, tests) may ask, with the
//! permission each command needs, the wire form of requests and answers, and their words.

pub mod answer;
pub mod audit;
#[cfg(feature = "bindings")]
pub mod bindings;
pub mod catalog;
pub mod command;
pub mod input;
pub mod law;
pub mod reading;
pub mod request;
pub mod router;
pub mod session;
pub mod view;
pub mod words;

pub use catalog::COMMANDS;
pub use router::{Api, ErrorCode};
pub use words::Language;
