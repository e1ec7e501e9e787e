//! What the tests share; see `it/`.

pub mod testkit;
