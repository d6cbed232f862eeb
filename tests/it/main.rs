//! The one integration test binary.
#![expect(
    clippy::unwrap_used,
    reason = "clippy knows tests by their attribute; their helpers may unwrap as well"
)]

mod layers;
