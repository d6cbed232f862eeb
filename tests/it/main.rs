//! The one integration test binary.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy knows tests by their attribute; their helpers may fail in the same way"
)]

mod cli;
mod demo;
mod endings;
mod flows;
mod fuzz;
mod import;
mod layers;
mod naughty;
mod packs;
mod pictures;
mod privacy;
mod pty;
mod pty_forms;
mod signals;
mod store;
mod svg;
