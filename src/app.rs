//! State, update and commands: the only place where state changes. No I/O, no clock, no drawing.
