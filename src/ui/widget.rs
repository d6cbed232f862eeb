//! Pieces that pictures are made of.
