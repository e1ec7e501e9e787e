//! The command line from outside: the real program is started, fed, killed and lied to.

mod anchor;
mod audit;
mod books;
mod bulk;
mod contract;
mod copies;
mod edits;
mod faults;
mod help;
mod hub;
mod input;
mod killed;
mod office;
mod paper;
mod report;
mod rights;
mod tamper;
