//! The hub against a PostgreSQL of its own.

mod exchange;
mod world;
