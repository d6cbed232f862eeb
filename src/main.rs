//! The `tutelage` program: arguments, hooks, exit code.

fn main() {}
