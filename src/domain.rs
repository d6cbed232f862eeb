//! What the program knows and may do: pure types and rules. No files, no clock, no terminal.

pub mod time;
