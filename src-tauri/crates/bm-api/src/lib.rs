//! The one command list: what every host (window, command line, tests) may ask, with the
//! permission each command needs, the wire form of requests and answers, and their words.

pub mod answer;
pub mod command;
pub mod input;
pub mod reading;
pub mod router;
pub mod session;
pub mod view;
pub mod words;

pub use router::Api;
pub use words::Language;
