//! Pictures of the model: read only.

#[cfg(test)]
mod decide_tests;
pub mod draw;
mod finish;
mod first_page;
#[cfg(test)]
mod frames_tests;
mod meetings;
mod memory;
pub mod pane;
pub mod popup;
#[cfg(test)]
pub mod testing;
pub mod theme;
#[cfg(test)]
mod theme_tests;
mod triage;
pub mod widget;

pub use draw::{draw, draw_again};
pub use memory::Memory;
pub use theme::Theme;
