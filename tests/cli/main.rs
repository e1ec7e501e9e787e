//! The command line from outside: the real program is started, fed, killed and lied to.

mod books;
mod bulk;
mod contract;
mod copies;
mod faults;
mod help;
mod input;
mod killed;
mod office;
mod paper;
mod report;
mod rights;
mod tamper;
