//! Terminal, threads, clock, paths and settings: the world outside.
