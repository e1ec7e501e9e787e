//! The hub against a PostgreSQL of its own.

mod access;
mod administration;
mod durability;
mod exchange;
mod network;
mod order;
mod speed;
mod tls;
mod world;
