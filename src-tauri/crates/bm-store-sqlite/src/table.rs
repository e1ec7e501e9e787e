//! One file a table: its SQL and nothing else.

pub mod book;
pub mod day_total;
pub mod declaration;
pub mod hub;
pub mod listing;
pub mod log;
pub mod log_block;
pub mod person;
pub mod price_point;
pub mod quota_use;
pub mod record;
pub mod statistic;
pub mod trail;
pub mod twin;
