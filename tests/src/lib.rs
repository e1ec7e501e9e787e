//! Test package: see `it/`.
