//! Pieces that pictures are made of.

pub mod editor;
pub mod empty;
pub mod follow;
pub mod form;
pub mod frame;
pub mod hints;
pub mod ink;
pub mod line;
pub mod list;
pub mod marked;
pub mod plot;
pub mod text;
