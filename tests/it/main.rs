//! Everything that is tested through the command list, and the shape of the workspace itself.

mod bindings;
mod corrections;
mod layers;
mod policy;
mod printers;
mod report;
mod scenario;
