//! Files in and out: tables read from CSV, reports written as CSV and XLSX.

pub mod report;
pub mod sheet;
pub mod table;
pub mod text;
