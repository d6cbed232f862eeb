//! Pictures of the model: read only.

pub mod draw;
pub mod theme;
pub mod widget;

pub use draw::draw;
pub use theme::Theme;
