//! Records on disk: journal, sealing, sled. Domain types in and out.

mod bytes;
mod disk;
mod error;
mod frame;
mod journal;
mod keyring;
mod keys;
mod lock;
mod recovery;
mod seal;

pub use disk::{Fsync, Watch};
pub use error::{Error, Result};
pub use keys::{Cost, Secret};
pub use lock::Holder;
pub use recovery::RecoveryCode;
pub use seal::Sealing;
