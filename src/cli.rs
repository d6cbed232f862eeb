//! Subcommands: each works without a screen.
