//! Everything that is tested through the command list, and the shape of the workspace itself.

mod bindings;
mod layers;
mod policy;
mod printers;
mod report;
mod scenario;
