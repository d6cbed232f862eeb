//! Pictures of the model: read only.
