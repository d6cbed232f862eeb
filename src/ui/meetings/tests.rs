//! Pictures of the screen of meetings that are no picture of a state.
