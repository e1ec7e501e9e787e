//! The project's own starting data and an invented world to try the program on.
//!
//! [`data`] holds the tables a new database starts from; [`world`] invents residents and their
//! trade from a seed, for demonstrations, tests and benchmarks. No person in it is real, and
//! the crate does no I/O and reads no clock.

pub mod data;
pub mod world;
